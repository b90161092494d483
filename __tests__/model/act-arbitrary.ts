import * as fc from "fast-check";
import type { FaultAct } from "../../emulator/emulator.ts";

/** What differs between the APIs in what can happen to an answer. */
export interface ActScope {
  /** How long the client waits for the answer to a start, in milliseconds. */
  readonly limitMs: number;
  /** How late an answer may come, in milliseconds. */
  readonly durationsMs: readonly number[];
  /** What may stand in an answer beside what says nothing. */
  readonly bodies?: readonly string[];
  /** What is sent and must not be shown. */
  readonly token: string;
}

const HTML = "<!doctype html><html><head><title>Bad Gateway</title></head><body><h1>502</h1></body></html>";
const BODIES = ["", "null", "{}", '"text"', "5", '{"value":null}', "[5]", HTML, '{"status":', "\u0000"];
/** What a connection may bring that is no HTTP: text, half a head, a bad length or chunk, lines that end in LF, TLS. */
const NO_HTTP = [
  "",
  "220 smtp.example ESMTP\r\n",
  "HTTP/1.1 202 Acc",
  "HTTP/1.1 202 Accepted\r\ncontent-length: 5, 6\r\n\r\n{}",
  "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}",
  "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
  "HTTP/1.1 200 OK\r\nbad header\r\n\r\n{}",
  "HTTP/1.1 200 OK\ncontent-length: 2\n\n{}",
  "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  "\x15\x03\x03\x00\x02\x02\x0a",
];
const PAUSES = ["0", "7", "600", "86400", "99999999999", "-5", "soon", "Thu, 01 Jan 2026 00:02:00 GMT"];
const STATUSES = [
  ...[200, 202, 204, 301, 303, 307, 308, 400, 401, 403, 404, 408, 408, 409, 410, 423, 425, 429, 429, 499],
  ...[500, 500, 502, 503, 503, 504],
];
/** Each may come back in a header or a text: the service is free to echo what it was sent. */
function echoesOf(token: string): readonly string[] {
  return [token, `Bearer ${token}`, token.split(".")[1] ?? "", token.toLowerCase()];
}

const TOO_LITTLE = { kind: "huge", bytes: 64 } as const;

/** No answer, or one that says nothing. */
export function silenceArbitrary({ limitMs }: ActScope): fc.Arbitrary<FaultAct> {
  return fc.oneof(
    fc.record({ kind: fc.constant("status"), status: fc.constantFrom(200, 202, 303, 408, 500, 503, 504) }),
    fc.constantFrom({ kind: "reset", at: "request" }, { kind: "close", at: "request" }),
    fc.constantFrom({ kind: "stall", at: "headers" }, { kind: "delay", durationMs: limitMs + 1_000 }),
  );
}

/** Anything that can happen to an answer. */
export function actArbitrary({ durationsMs, bodies = [], token }: ActScope): fc.Arbitrary<FaultAct> {
  const point = fc.constantFrom("request", "headers", "body");
  const echo = fc.constantFrom(...echoesOf(token));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record(
        {
          kind: fc.constant("status"),
          status: fc.constantFrom(...STATUSES),
          headers: fc.constantFrom(...PAUSES).map((pause) => ({ "retry-after": pause })),
          body: fc.oneof(
            fc.constantFrom(...BODIES),
            echo,
            echo.map((text) => JSON.stringify({ message: text })),
          ),
        },
        { requiredKeys: ["kind", "status"] },
      ),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("reset"), at: point }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("close"), at: point }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("stall"), at: fc.constantFrom("headers", "body") }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("delay"),
        durationMs: fc.constantFrom(...durationsMs),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("garbage"), body: fc.constantFrom(...BODIES, ...bodies) }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("truncate"), keepBytes: fc.constantFrom(0, 1, 2, 40, 300) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("redirect"), to: fc.constantFrom("/api/x", "http://[::1]:1/") }),
    },
    { weight: 2, arbitrary: headersArbitrary(echo) },
    { weight: 2, arbitrary: fc.constantFrom(...NO_HTTP).map((bytes) => ({ kind: "raw", bytes }) as const) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom([100], [103], [100, 103, 100])
        .map((statuses) => ({ kind: "interim", statuses }) as const),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("gzip", "deflate", "br", "zip")
        .map((encoding) => ({ kind: "packed", encoding }) as const),
    },
    ...hugeArbitrary(),
  );
}

function headersArbitrary(echo: fc.Arbitrary<string>): fc.Arbitrary<FaultAct> {
  return fc.oneof(
    fc.constant({ kind: "headers", remove: ["location", "operation-location"] } as const),
    fc.constant({ kind: "headers", remove: ["content-type", "x-ms-request-id"] } as const),
    fc.constant({ kind: "headers", set: { location: "https://elsewhere.example/api/operations/1" } } as const),
    echo.map((text) => ({ kind: "headers", set: { "x-ms-request-id": text, "retry-after": text } }) as const),
    echo.map(
      (text) =>
        ({ kind: "headers", set: { "operation-location": `/api/operations/${encodeURIComponent(text)}` } }) as const,
    ),
  );
}

/** A body over the limit takes real time to send, so it is rare. */
function hugeArbitrary(): readonly fc.WeightedArbitrary<FaultAct>[] {
  const huge = { kind: "huge", bytes: 5 * 1024 * 1024 } as const;
  return [{ weight: 1, arbitrary: fc.integer({ min: 0, max: 9 }).map((rare) => (rare === 0 ? huge : TOO_LITTLE)) }];
}

/** Whether the client has given up by the time of an answer. */
export function timesOut(act: FaultAct, limitMs: number): boolean {
  return (act.kind === "stall" && act.at === "headers") || (act.kind === "delay" && act.durationMs > limitMs);
}

/** Every 4xx but 408, and every redirect but the one to what came of a request. */
export function isRefusal(act: FaultAct): boolean {
  if (act.kind === "redirect") return act.status !== 303;
  if (act.kind === "status" && act.status >= 300 && act.status < 400) return act.status !== 303;
  return act.kind === "status" && act.status >= 400 && act.status < 500 && act.status !== 408;
}

/** Whether the service's true word may reach the client. */
export function mayPassTruthOn(act: FaultAct, limitMs: number): boolean {
  switch (act.kind) {
    case "status":
    case "redirect":
    case "raw":
      return false;
    case "reset":
    case "close":
      return act.at !== "request";
    case "stall":
      return act.at === "body";
    case "delay":
      return !timesOut(act, limitMs);
    case "garbage":
    case "truncate":
    case "huge":
    case "interim":
    case "packed":
    case "headers":
      return true;
  }
}
