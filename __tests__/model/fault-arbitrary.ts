import * as fc from "fast-check";
import type { Behaviour, Fault, FaultAct } from "../../emulator/emulator.ts";
import { TOKEN } from "./token.ts";
import { LONGEST_LAG_MS } from "./behaviour-arbitrary.ts";

const REQUEST_LIMIT_MS = 30_000;
/** The last look after a time-out is a minute after it. */
const LONGEST_LAG_AFTER_TIMEOUT_MS = 59_900;

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
const STATUSES = [200, 202, 204, 303, 400, 401, 404, 408, 408, 409, 429, 429, 500, 500, 502, 503, 503, 504];

/** Each may come back in a header or a text: the service is free to echo what it was sent. */
const ECHOES = [TOKEN, `Bearer ${TOKEN}`, TOKEN.split(".")[1] ?? "", TOKEN.toLowerCase()];

const TOO_LITTLE = { kind: "huge", bytes: 64 } as const;

const EFFECT = { carriedOut: fc.boolean(), carriedOutAfterMs: fc.constantFrom(100, 4_000, 14_900, 50_000, 80_000) };

/** Several things that go wrong in one run: anywhere, or where it hurts most, and then anywhere. */
export function faultsArbitrary(): fc.Arbitrary<readonly Fault[]> {
  const anywhere = fc.array(faultArbitrary(), { maxLength: 6 });
  return fc.oneof(
    { weight: 2, arbitrary: anywhere },
    { weight: 1, arbitrary: fc.tuple(doubtArbitrary(), anywhere).map((parts) => parts.flat()) },
  );
}

/** Sendings without a clear answer, and looks after them that are not answered either. */
function doubtArbitrary(): fc.Arbitrary<readonly Fault[]> {
  const sendings = fc
    .record({ from: fc.constantFrom(1, 1, 2), length: fc.integer({ min: 1, max: 2 }) })
    .map(countsFrom);
  const looks = fc.record({ from: fc.integer({ min: 2, max: 7 }), length: fc.constantFrom(0, 0, 0, 1, 2, 4, 8, 12) });
  return fc.tuple(
    fc.record(
      { on: fc.constant("goLive"), nth: sendings, ...EFFECT, act: silenceArbitrary() },
      { requiredKeys: ["on", "nth", "act", "carriedOut"] },
    ),
    fc.record({ on: fc.constant("list"), nth: looks.map(countsFrom), act: actArbitrary() }),
  );
}

function faultArbitrary(): fc.Arbitrary<Fault> {
  const on = fc.oneof(
    { weight: 4, arbitrary: fc.constant("goLive") },
    { weight: 3, arbitrary: fc.constantFrom("list", "operation") },
    { weight: 1, arbitrary: fc.constant("any") },
  );
  const act = actArbitrary();
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ on, nth: nthArbitrary(), ...EFFECT, act }, { requiredKeys: ["on", "nth", "act"] }),
    },
    { weight: 1, arbitrary: fc.record({ on, ...EFFECT, act }, { requiredKeys: ["on", "act"] }) },
  );
}

function nthArbitrary(): fc.Arbitrary<number | readonly number[]> {
  const outage = fc.record({ from: fc.integer({ min: 1, max: 8 }), length: fc.integer({ min: 2, max: 12 }) });
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 2, arbitrary: outage.map(countsFrom) },
  );
}

function countsFrom({ from, length }: { readonly from: number; readonly length: number }): readonly number[] {
  return Array.from({ length }, (_, index) => from + index);
}

/** No answer, or one that says nothing. */
function silenceArbitrary(): fc.Arbitrary<FaultAct> {
  return fc.oneof(
    fc.record({ kind: fc.constant("status"), status: fc.constantFrom(200, 202, 303, 408, 500, 503, 504) }),
    fc.constantFrom({ kind: "reset", at: "request" }, { kind: "close", at: "request" }),
    fc.constantFrom({ kind: "stall", at: "headers" }, { kind: "delay", durationMs: 31_000 }),
  );
}

function actArbitrary(): fc.Arbitrary<FaultAct> {
  const point = fc.constantFrom("request", "headers", "body");
  const echo = fc.constantFrom(...ECHOES);
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
        durationMs: fc.constantFrom(200, 2_000, 6_000, 14_000, 29_000, 31_000, 90_000),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("garbage"), body: fc.constantFrom(...BODIES) }) },
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

/** The fault as far as it stays within what is assumed of the service (see the schedule). */
export function honest(fault: Fault, { listLagMs = 0 }: Partial<Behaviour>): Fault {
  if (fault.on !== "goLive" && fault.on !== "any") return fault;
  const { act, carriedOutAfterMs, carriedOut: _, ...rest } = fault;
  if (isRefusal(act)) return { ...rest, act, carriedOut: false };
  if (mayPassTruthOn(act)) return { ...rest, act, carriedOut: true };
  if (carriedOutAfterMs === undefined) return fault;
  const shownMs = timesOut(act) ? REQUEST_LIMIT_MS + LONGEST_LAG_AFTER_TIMEOUT_MS : LONGEST_LAG_MS;
  return { ...fault, carriedOutAfterMs: Math.min(carriedOutAfterMs, Math.max(0, shownMs - listLagMs)) };
}

function timesOut(act: FaultAct): boolean {
  return (act.kind === "stall" && act.at === "headers") || (act.kind === "delay" && act.durationMs > REQUEST_LIMIT_MS);
}

/** Every 4xx but 408, and every redirect but the one to what came of a request. */
function isRefusal(act: FaultAct): boolean {
  if (act.kind === "redirect") return act.status !== 303;
  return act.kind === "status" && act.status >= 400 && act.status < 500 && act.status !== 408;
}

/** Whether the service's true word may reach the client. */
function mayPassTruthOn(act: FaultAct): boolean {
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
      return !timesOut(act);
    case "garbage":
    case "truncate":
    case "huge":
    case "interim":
    case "packed":
    case "headers":
      return true;
  }
}
