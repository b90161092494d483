import type { Answer, Request } from "../../src/http/transport.ts";
import { NetworkError } from "../../src/http/errors.ts";
import { main } from "../../src/main.ts";
import type { World } from "../../src/world.ts";
import { createRecordingRunner } from "../model/recording-runner.ts";
import { type Asked, ORIGINS } from "./search-scenario.ts";

/** What an API answers the question after the offer; a number is a status. */
export type Word =
  | "vm"
  | "app"
  | "stranger"
  | "alike"
  | "mixed"
  | "empty"
  | "garbage"
  | "reset"
  | 400
  | 401
  | 403
  | 404
  | 410
  | 429
  | 503;
/** What Entra answers the wish for a token. */
export type SignInWord = "granted" | "unknownResource" | "notPermitted" | "refused" | "down";
/** What an API answers a start. */
export type StartWord = "accepted" | "lost" | "refused";

/** All that the services say; of each list the last is said for ever. */
export interface WorldScript {
  readonly offers: Readonly<Record<"ingestion" | "center", readonly Word[]>>;
  readonly signIns: Readonly<Record<Asked, readonly SignInWord[]>>;
  readonly start: StartWord;
  readonly inputs: Readonly<Record<string, string>>;
  /** The run is cancelled when so many requests have been sent. */
  readonly cancelledAt: number | undefined;
}

/** One request, and what the step had said by then. */
export interface Sent {
  readonly to: Asked;
  readonly method: string;
  /** The API whose token it carries. */
  readonly token: string | undefined;
  /** The output `api` when it was sent. */
  readonly api: string | undefined;
  /** What the question after the offer was answered. */
  readonly word: Word | undefined;
}

export interface Told {
  readonly sent: readonly Sent[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  /** The last word of each API, or of Entra in its place, before an API was found. */
  readonly last: Readonly<Partial<Record<Asked, Word | SignInWord>>>;
  readonly exitCode: number;
}

export const [GUID, OTHER_GUID] = [
  "3f0c7a11-2185-49fe-80d2-00000000000a",
  "3f0c7a11-2185-49fe-80d2-00000000000b",
] as const;
const NUMBER = "1152921505690000222";
const AUTHORITY = "https://login.microsoftonline.com";
const METADATA = {
  token_endpoint: `${AUTHORITY}/contoso/oauth2/v2.0/token`,
  authorization_endpoint: `${AUTHORITY}/contoso/oauth2/v2.0/authorize`,
  issuer: `${AUTHORITY}/contoso/v2.0`,
  jwks_uri: `${AUTHORITY}/contoso/discovery/v2.0/keys`,
};
/** The time limit of a sign-in, which is never over here: what answers, answers at once. */
const SIGN_IN_LIMIT_MS = 30_000;

/** Runs the whole action in this process, against services that say what is written. */
export async function tell(script: WorldScript): Promise<Told> {
  const sent: Sent[] = [];
  const last: Partial<Record<Asked, Word | SignInWord>> = {};
  const cancelled = new AbortController();
  const inputs = {
    ...{ publisherId: "contoso", offerId: "contoso-vm", tenantId: "contoso.example" },
    ...{ clientId: GUID, clientSecret: "a-client-secret-of-some-length", ...script.inputs },
  };
  const runner = createRecordingRunner(inputs, false, () => {});
  const counts = new Map<string, number>();
  const nth = <T>(list: readonly T[], name: string): T | undefined => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return list[Math.min(count, list.length - 1)];
  };
  const note = (name: Asked, word: Word | SignInWord | undefined): void => {
    if (runner.outputs["api"] === undefined && word !== undefined) last[name] = word;
  };
  const signIn = (request: Request): Answer => {
    if (request.url.pathname.endsWith("/openid-configuration")) return answerTo(request, 200, METADATA);
    const scope = new URLSearchParams(request.body ?? "").get("scope") ?? "";
    const name = nameAt(new URL(scope).origin);
    const word = nth(script.signIns[name], `sign-in ${name}`) ?? "granted";
    if (word !== "granted") note(name, word);
    const [status, body] = SIGN_INS[word](name);
    return answerTo(request, status, body);
  };
  const serve = (request: Request): Answer => {
    const { method, url, headers } = request;
    const name = nameAt(url.origin);
    const isSearch = name !== "portal" && isSearchPath(url.pathname);
    // Once it is known who serves the offer, it is there.
    const isOpen = runner.outputs["api"] === undefined;
    const word = isSearch && isOpen ? nth(script.offers[name], name) : undefined;
    note(name, word);
    const token = headers["authorization"]?.replace("Bearer token-for-", "");
    sent.push({ to: name, method, token, api: runner.outputs["api"], word });
    if (sent.length === script.cancelledAt) cancelled.abort();
    if (sent.length > 200) throw new Error("asked too often");
    if (method === "POST") return answerStart(request, name, script.start);
    if (!isSearch) return answerTo(request, 200, STANDINGS[name](url));
    return answerSearch(request, name, word ?? (name === "center" ? "app" : "vm"));
  };
  let nowMs = Date.now();
  const world: World = {
    runner,
    environment: {},
    clock: {
      now: () => nowMs,
      async sleep(durationMs, signal) {
        // Pauses end with the run's own signal.
        if (durationMs === SIGN_IN_LIMIT_MS && signal !== cancelled.signal) return aborted(signal);
        if (signal?.aborted !== true) nowMs += Math.max(0, durationMs);
      },
    },
    random: () => 0.5,
    signal: cancelled.signal,
    openTransport: () => ({
      send: async (request) => (request.url.origin === AUTHORITY ? signIn(request) : serve(request)),
      close: async () => undefined,
    }),
  };
  const exitCode = await main(world);
  return { sent, outputs: runner.outputs, texts: runner.texts, last, exitCode };
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Whether a path is that of the question after the offer. */
function isSearchPath(pathname: string): boolean {
  return /\/products?$/.test(pathname) || /\/products\/[^/]+$/.test(pathname);
}

function nameAt(origin: string): Asked {
  const name = (["ingestion", "center", "portal"] as const).find((each) => ORIGINS[each] === origin);
  if (name === undefined) throw new Error(`nobody is at ${origin}`);
  return name;
}

function answerTo({ method, url }: Request, status: number, json: unknown): Answer {
  const request = { method, url: url.origin + url.pathname };
  return { request, status, headers: {}, body: () => (typeof json === "string" ? json : JSON.stringify(json)) };
}

function problem(code: number, status: number) {
  return [status, { error: "invalid", error_description: `AADSTS${code}: No.`, error_codes: [code] }] as const;
}

const SIGN_INS = {
  granted: (name) => [200, { token_type: "Bearer", expires_in: 3_600, access_token: `token-for-${name}` }],
  unknownResource: () => problem(500011, 400),
  notPermitted: () => problem(650057, 400),
  refused: () => problem(7000215, 401),
  down: () => [503, {}],
} as const satisfies Record<SignInWord, (name: Asked) => readonly [status: number, json: unknown]>;

function answerSearch(request: Request, name: "ingestion" | "center" | "portal", word: Word): Answer {
  if (word === "reset") throw new NetworkError({ method: "GET", url: request.url.href }, "reset", true);
  if (typeof word === "number") return answerTo(request, word, { error: { code: "no", message: "no" } });
  if (word === "garbage") return answerTo(request, 200, "<html>");
  const [, guid] = /\/products\/([^/]+)$/.exec(request.url.pathname) ?? [];
  const products = PRODUCTS[word].map(([id, type]) => productBody(name, id, type));
  return answerTo(request, 200, guid === undefined ? { value: products } : (products[0] ?? {}));
}

type Kind = "vm" | "app" | "stranger";

const PRODUCTS = {
  vm: [[GUID, "vm"]],
  app: [[GUID, "app"]],
  stranger: [[GUID, "stranger"]],
  alike: [
    [GUID, "vm"],
    [OTHER_GUID, "vm"],
  ],
  mixed: [
    [GUID, "vm"],
    [OTHER_GUID, "app"],
  ],
  empty: [],
} as const satisfies Record<Exclude<Word, number | "garbage" | "reset">, readonly (readonly [string, Kind])[]>;

const TYPES = {
  ingestion: { vm: "azureVirtualMachine", app: "azureApplication", stranger: "somethingElse" },
  center: { vm: "AzureThirdPartyVirtualMachine", app: "AzureApplication", stranger: "SomethingElse" },
  portal: { vm: "", app: "", stranger: "" },
} as const satisfies Record<Asked, Record<Kind, string>>;

function productBody(name: Asked, id: string, kind: Kind): object {
  const type = TYPES[name][kind];
  return name === "ingestion"
    ? { id: `product/${id}`, identity: { externalId: "contoso-vm" }, type }
    : { id, resourceType: type, externalIDs: [{ type: "AzureOfferId", value: "contoso-vm" }] };
}

/** The offer is ready, wherever it is. */
const STANDINGS = {
  ingestion: ({ pathname }) => {
    const [, guid] = /\/submission\/([^/]+)$/.exec(pathname) ?? [];
    const id = `submission/${guid}/${NUMBER}`;
    const target = { targetType: "preview" };
    return { value: [{ id, product: `product/${guid}`, target, status: "completed", result: "succeeded" }] };
  },
  center: () => ({
    value: [{ resourceType: "Submission", state: "Published", substate: "ReadyToPublish", id: NUMBER }],
  }),
  portal: ({ pathname }) => (pathname.endsWith("/status") ? { status: "waitingForPublisherReview" } : []),
} as const satisfies Record<Asked, (url: URL) => unknown>;

function answerStart(request: Request, name: Asked, word: StartWord): Answer {
  if (word === "lost") throw new NetworkError({ method: "POST", url: request.url.href }, "reset", true);
  if (word === "refused") return answerTo(request, 400, { error: { code: "no", message: "no" } });
  const jobId = "6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";
  if (name === "ingestion") return answerTo(request, 202, { jobId, jobStatus: "notStarted", jobResult: "pending" });
  const path = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-c4ddf77bb2e8";
  const answer = answerTo(request, name === "portal" ? 202 : 200, {});
  return name === "portal" ? { ...answer, headers: { location: [path] } } : answer;
}
