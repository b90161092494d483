import { getEventListeners, once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { createModelClock, type ModelClock } from "../__tests__/model/model-clock.ts";
import { goLive } from "../src/go-live/go-live.ts";
import { createBearerClient } from "../src/bearer/bearer-client.ts";
import { createTransport, type OpenTransport } from "../src/http/transport.ts";
import { type Credential, renewingCredential } from "../src/identity/credential.ts";
import { createCloudPartnerPortal } from "../src/marketplace/cloud-partner-portal/cloud-partner-portal.ts";
import { createHtmlToText } from "../src/text/html-text.ts";
import { createSecrets } from "../src/text/secrets.ts";
import { median, randomFrom, round } from "./statistics.ts";

const DAY_MS = 86_400_000;
const DAYS = 5;
const SAMPLED_MS = 2 * 3_600_000;
const START_MS = Date.UTC(2026, 0, 1);
/** A token of Entra is good for 60 to 90 minutes. */
const TOKEN_LIFETIME_MS = 75 * 60_000;
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

export interface LongWaitResult {
  readonly days: number;
  readonly questions: number;
  /** Questions that were not answered, or not usably. */
  readonly faults: number;
  readonly renewals: number;
  /** Requests with a token that had expired. */
  readonly expiredTokensSent: number;
  /** How much the heap has grown from the end of the first day to the end of the last, after garbage collection. */
  readonly heapGrowthMb: number;
  readonly timersLeft: number;
  readonly listenersLeft: number;
}

/** Five days of waiting, the real code over real HTTP on a clock of its own, for a go-live that does not end. */
export async function measureLongWait(): Promise<LongWaitResult> {
  const worker = new Worker(new URL("long-wait-service.ts", import.meta.url));
  const [port] = (await once(worker, "message")) as [number];
  try {
    return await waitFor(new URL(`http://127.0.0.1:${port}`));
  } finally {
    await worker.terminate();
  }
}

async function waitFor(endpoint: URL): Promise<LongWaitResult> {
  const clock = createModelClock(START_MS, 2 * DAYS * DAY_MS);
  const timersBefore = timers();
  const cancel = new AbortController();
  const tally = { questions: 0, faults: 0, renewals: 0, expired: 0 };
  const secrets = createSecrets();
  const { credential, isGood } = createCredential(clock, (text) => {
    tally.renewals += 1;
    secrets.add(text);
  });
  const transport = openTransport(clock, (token) => {
    tally.expired += isGood(token) ? 0 : 1;
  });
  const client = createBearerClient({
    origin: endpoint.origin,
    audiences: { own: [endpoint.origin], others: [] },
    send: transport.send,
    credential,
    secrets,
    clock: clock.action,
    onExchange: ({ url }) => {
      tally.questions += url.includes("/operations/") ? 1 : 0;
    },
  });
  // What happens to be on its way at one moment is more than what may grow: the middle of a day's samples counts.
  const samples: number[][] = Array.from({ length: DAYS }, () => []);
  for (let atMs = SAMPLED_MS; atMs < DAYS * DAY_MS; atMs += SAMPLED_MS) {
    clock.at(START_MS + atMs, () => samples[Math.floor(atMs / DAY_MS)]?.push(heapBytes()));
  }
  const outcome = await goLive({
    marketplace: createCloudPartnerPortal({
      endpoint,
      apiVersion: "2017-10-31",
      offer: OFFER,
      goal: "live",
      notificationEmails: [],
      submissionId: undefined,
      client,
      toText: createHtmlToText(),
    }),
    goal: "live",
    offer: OFFER,
    clock: clock.action,
    signal: cancel.signal,
    schedule: { longestPauseMs: 60_000, random: randomFrom(5) },
    timeoutMs: DAYS * DAY_MS,
    ifRunning: "attach",
    wait: true,
    watchOnly: undefined,
    observe: ({ kind }) => {
      tally.faults += kind === "unanswered" ? 1 : 0;
    },
  });
  const warmBytes = median(samples[0] ?? []);
  const endBytes = median(samples.at(-1) ?? []);
  if (outcome.kind !== "deadline") throw new Error(`the wait ended by ${outcome.kind}`);
  await transport.close();
  return {
    days: DAYS,
    questions: tally.questions,
    faults: tally.faults,
    renewals: tally.renewals,
    expiredTokensSent: tally.expired,
    heapGrowthMb: round((endBytes - warmBytes) / 2 ** 20, 2),
    timersLeft: clock.sleepers + timers() - timersBefore,
    listenersLeft: getEventListeners(cancel.signal, "abort").length,
  };
}

interface CheckedCredential {
  readonly credential: Credential;
  /** Whether a token may still be sent. */
  readonly isGood: (token: string) => boolean;
}

function createCredential(clock: ModelClock, onToken: (text: string) => void): CheckedCredential {
  const expiry = new Map<string, number>();
  const credential = renewingCredential({
    clock: clock.action,
    obtain: async () => {
      const text = `long-wait-token-${expiry.size + 1}`;
      expiry.set(text, clock.now() + TOKEN_LIFETIME_MS);
      return { text, lifetimeMs: TOKEN_LIFETIME_MS };
    },
    onToken: ({ text }) => onToken(text),
  });
  return { credential, isGood: (token) => clock.now() < (expiry.get(token) ?? 0) };
}

/** The action's own transport; the clock stands still while a request is on its way. */
function openTransport(clock: ModelClock, onSend: (token: string) => void): OpenTransport {
  const { send, close } = createTransport({ clock: clock.action, proxy: { http: "", https: "", none: "" } });
  return {
    close,
    async send(request) {
      onSend(request.headers["authorization"]?.replace("Bearer ", "") ?? "");
      clock.requestBegins();
      try {
        return await send(request);
      } finally {
        clock.requestEnds();
      }
    },
  };
}

/** What is in use on the heap once everything that can go has gone. */
function heapBytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
}
