import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { systemClock } from "../../src/clock.ts";
import type { World } from "../../src/world.ts";
import { createTransport } from "../../src/http/transport.ts";
import { main } from "../../src/main.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";
import { createPageRunner, type Page } from "./page-runner.ts";

/** Six in the evening, UTC, minus the wait. */
export const START_MS = Date.UTC(2026, 10, 23, 14, 0, 0);

/** One run of the action on release day: what the service does, what the workflow asks for. */
export interface Story {
  readonly name: string;
  readonly options?: EmulatorOptions;
  /** `https://service.example` stands for where the service is. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What GitHub answers about the reviews of the run; given, the run asks for an approval. */
  readonly reviews?: readonly unknown[];
  /** The run is cancelled so long after its start. */
  readonly cancelledAfterMs?: number;
  /** A bug: the transport cannot be opened, or the first pause not be reckoned. */
  readonly isBroken?: "transport" | "pause";
}

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const AUDIENCES = {
  cloudPartnerPortal: "https://cloudpartner.azure.com",
  productIngestion: "https://graph.microsoft.com",
} as const;

/** A token for that API as Entra makes them, in form. */
function tokenFor(api: keyof typeof AUDIENCES): string {
  const claims = { aud: AUDIENCES[api], appid: "release-app", exp: START_MS / 1_000 + 86_400 };
  const parts = [{ alg: "RS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, "signature-that-nobody-checks"].join(".");
}
const RUN = {
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "contoso/release",
  GITHUB_RUN_ID: "4711",
  GITHUB_RUN_ATTEMPT: "1",
  GITHUB_ACTION_REPOSITORY: "contoso/azure-marketplace-go-live",
  GITHUB_ACTION_REF: "v1",
} as const;

/** Runs the action in this process, on a clock of its own, against an emulator over HTTP. */
export async function tell(story: Story): Promise<Page & { readonly exitCode: number }> {
  const clock = createVirtualClock(START_MS);
  const cancelled = new AbortController();
  if (story.cancelledAfterMs !== undefined) clock.at(START_MS + story.cancelledAfterMs, () => cancelled.abort());
  const api = story.inputs?.["api"] === "productIngestion" ? "productIngestion" : "cloudPartnerPortal";
  const token = tokenFor(api);
  const emulator = await startEmulator({
    tokens: { [token]: {} },
    clock: { now: () => clock.now(), sleep: (durationMs) => systemClock.sleep(durationMs) },
    ...story.options,
  });
  if (story.cancelledAfterMs === 0) cancelled.abort();
  const { url } = api === "productIngestion" ? emulator.productIngestion : emulator;
  const github = await startReviews(story.reviews ?? []);
  const { runner, page } = createPageRunner({
    ...OFFER,
    token,
    endpoint: url,
    githubToken: "github-token",
    ...(story.reviews === undefined ? {} : { requireApproval: "true", environment: "production" }),
    ...Object.fromEntries(
      Object.entries(story.inputs ?? {}).map(([name, value]) => [name, value.replace("https://service.example", url)]),
    ),
  });
  const world: World = {
    runner,
    environment: { ...RUN, GITHUB_API_URL: github.url },
    // A limit on the answer of GitHub, or of a service that a cancelled run asks, is not to be over before that has come.
    clock: {
      now: () => clock.now(),
      sleep: (durationMs, signal) =>
        !cancelled.signal.aborted && (story.reviews === undefined || github.hasAnswered())
          ? clock.sleep(durationMs, signal)
          : systemClock.sleep(durationMs, signal),
    },
    // Without jitter, so that the log does not depend on how much of it there may be.
    random: () => {
      if (story.isBroken === "pause") throw new TypeError("cannot read properties of nothing");
      return 0;
    },
    signal: cancelled.signal,
    openTransport(proxy) {
      if (story.isBroken === "transport") throw new TypeError("cannot read properties of nothing");
      return createTransport({ clock: systemClock, proxy });
    },
  };
  try {
    const exitCode = await main(world);
    return { exitCode, ...withoutPorts(page, url) };
  } finally {
    await emulator.close();
    await github.close();
  }
}

/** The same page, whatever the free port was and wherever the files are. */
function withoutPorts(page: Page, url: string): Page {
  const stable = (text: string): string =>
    text
      .replaceAll(url, "https://service.example")
      .replaceAll(new URL(url).host, "service.example")
      .replaceAll(`127&#46;0&#46;0&#46;1&#58;${new URL(url).port}`, "service&#46;example")
      .replaceAll("http&#58;", "https&#58;")
      .replaceAll(/^\s*at \S.*:\d+:\d+\)?$/gm, "    at …");
  return {
    ...page,
    log: page.log.map(stable).filter((line, at, all) => line !== all[at - 1]),
    outputs: Object.fromEntries(Object.entries(page.outputs).map(([name, value]) => [name, stable(value)])),
    summaries: page.summaries.map(stable),
    annotations: page.annotations.map((each) => ({ ...each, text: stable(each.text) })),
  };
}

interface Reviews {
  readonly url: string;
  readonly hasAnswered: () => boolean;
  readonly close: () => Promise<void>;
}

/** GitHub, as far as it answers about the reviews of a run. */
async function startReviews(reviews: readonly unknown[]): Promise<Reviews> {
  let isAnswered = false;
  const server = createServer((_request, response) => {
    isAnswered = true;
    response.setHeader("content-type", "application/json").end(JSON.stringify(reviews));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, hasAnswered: () => isAnswered, close };
}
