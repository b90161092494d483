import type { FaultAct } from "../../emulator/emulator.ts";

/** What a fault may point at, which is only known when it is run. */
export interface Surroundings {
  /** The URL of a server on another origin, which must never be asked. */
  readonly elsewhere: string;
  /** The HTTP date that is so many milliseconds ahead of the one that the answer bears. */
  readonly dateIn: (durationMs: number) => string;
}

/** One thing that can go wrong with a request. */
export interface FaultKind {
  /** What it is called on the page. */
  readonly title: string;
  readonly act: (surroundings: Surroundings) => FaultAct;
  /** How the log names it. */
  readonly reason: string;
}

/** The pause that `Retry-After` asks for, longer than any that the action would make by itself. */
export const ASKED_PAUSE_MS = 10_000;

/** Refusals that a gateway may give once, while the service would have answered. */
export const STRAY_STATUSES = [400, 403, 404, 409, 410, 423, 425, 499] as const;

const HTML = "<!doctype html><html><head><title>Bad Gateway</title></head><body>nginx</body></html>";

/** The faults, in the order of the page. */
export const FAULTS = {
  resetBefore: {
    title: "Connection reset before the request is carried out",
    act: () => ({ kind: "reset", at: "request" }),
    reason: "the connection broke",
  },
  resetAfter: {
    title: "Connection reset after the request was carried out",
    act: () => ({ kind: "reset", at: "request" }),
    reason: "the connection broke",
  },
  headerStall: {
    title: "The answer never begins",
    act: () => ({ kind: "stall", at: "headers" }),
    reason: "no complete answer came in time",
  },
  bodyStall: {
    title: "The answer begins and never ends",
    act: () => ({ kind: "stall", at: "body" }),
    reason: "no complete answer came in time",
  },
  http408: status(408, "HTTP 408 (request time-out)"),
  http409: status(409, "HTTP 409 (conflict)"),
  http429: status(429, "HTTP 429 (too many requests)"),
  http500: status(500, "HTTP 500 (internal error)"),
  http502: {
    title: "HTTP 502 with a page of HTML",
    act: () => ({ kind: "status", status: 502, headers: { "content-type": "text/html" }, body: HTML }),
    reason: "“Bad Gateway”",
  },
  http503Seconds: unavailable("a number of seconds", () => String(ASKED_PAUSE_MS / 1_000)),
  http503Date: unavailable("a date", ({ dateIn }) => dateIn(ASKED_PAUSE_MS)),
  http503Garbage: unavailable("garbage", () => "-5 parsecs"),
  http503Huge: unavailable("31 years", () => "999999999"),
  http504: status(504, "HTTP 504 (gateway time-out)"),
  truncated: {
    title: "JSON that is cut off",
    act: () => ({ kind: "truncate", keepBytes: 20 }),
    reason: "the answer was not JSON",
  },
  null: {
    title: "`null` as the answer",
    act: () => ({ kind: "garbage", body: "null" }),
    reason: "the answer had an unexpected form",
  },
  wrongType: {
    title: "JSON of another type as the answer",
    act: () => ({ kind: "garbage", body: "42" }),
    reason: "the answer had an unexpected form",
  },
  empty: {
    title: "An empty answer",
    act: () => ({ kind: "garbage", body: "" }),
    reason: "the answer was not JSON",
  },
  huge: {
    title: "An answer of 100 MB",
    act: () => ({ kind: "huge", bytes: 100_000_000 }),
    reason: "the answer was larger than 4 MiB",
  },
  redirect: {
    title: "A redirect to another origin",
    act: ({ elsewhere }) => ({ kind: "redirect", to: `${elsewhere}/api/operations/1` }),
    reason: "HTTP 302 (redirect, not followed)",
  },
  otherOrigin: {
    title: "A location on another origin",
    act: ({ elsewhere }) => ({
      kind: "headers",
      set: {
        location: `${elsewhere}/api/operations/1`,
        "operation-location": `${elsewhere}/api/operations/1`,
      },
    }),
    reason: "the answer named no usable location of the operation",
  },
  noLocation: {
    title: "No location",
    act: () => ({ kind: "headers", remove: ["location", "operation-location"] }),
    reason: "the answer named no usable location of the operation",
  },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

function status(code: number, reason: string): FaultKind {
  return { title: reason, act: () => ({ kind: "status", status: code }), reason };
}

function unavailable(what: string, retryAfter: (surroundings: Surroundings) => string): FaultKind {
  return {
    title: `HTTP 503 with ${what} in \`Retry-After\``,
    act: (surroundings) => ({
      kind: "status",
      status: 503,
      headers: {
        // Read anew for every answer: a date is so far ahead of the moment it is sent.
        get "retry-after"() {
          return retryAfter(surroundings);
        },
      },
    }),
    reason: "HTTP 503 (unavailable)",
  };
}
