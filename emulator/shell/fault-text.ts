import { type Fault, FaultSchedule } from "../wire/fault.ts";
import { parseJson } from "./behaviour-option.ts";
import { parseDuration } from "./duration.ts";
import { readFault } from "./fault-reader.ts";
import { UsageError, toUsageError } from "./usage-error.ts";

const shortForm =
  /^(?<on>[a-z]+)(?::(?<nth>\d+(?:,\d+)*))?=(?<kind>[a-z]+)(?::(?<value>.*?))?(?<carriedOut>\+carriedOut)?$/is;

/** The field that the value of a short form fills, how it is read, and what it is when left out. */
const shortValues: Readonly<Record<string, { field: string; read: (text: string) => unknown; fallback?: string }>> = {
  status: { field: "status", read: Number },
  reset: { field: "at", read: String, fallback: "request" },
  close: { field: "at", read: String, fallback: "request" },
  stall: { field: "at", read: String, fallback: "headers" },
  delay: { field: "durationMs", read: (text) => parseDuration(text, "The delay of a fault") },
  garbage: { field: "body", read: String },
  truncate: { field: "keepBytes", read: Number },
  huge: { field: "bytes", read: Number },
  raw: { field: "bytes", read: unescape },
  interim: { field: "statuses", read: (text) => text.split(",").map(Number), fallback: "100" },
  packed: { field: "encoding", read: String, fallback: "gzip" },
  redirect: { field: "to", read: String },
};

/** What a shell can hardly write: `\\r`, `\\n` and `\\xHH`. */
function unescape(text: string): string {
  return text.replaceAll(/\\(r|n|x[0-9a-f]{2})/gi, (_escape, name: string) => {
    if (name === "r") return "\r";
    return name === "n" ? "\n" : String.fromCharCode(Number.parseInt(name.slice(1), 16));
  });
}

/**
 * The faults of the texts of an option: JSON, or the short form `ROUTE[:NTH[,NTH]]=KIND[:VALUE][+carriedOut]`, with one
 * of the API's `routes` or `any`.
 * @throws UsageError when one is neither, or would have Node send what it does not send.
 */
export function parseFaults<Route extends string>(
  texts: readonly string[],
  routes: readonly Route[],
  option: string,
): readonly Fault<Route>[] {
  const faults = texts.map((text) => parseFault(text, routes, option));
  try {
    void new FaultSchedule(faults);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : toUsageError(error, "ERR_INVALID_");
  }
  return faults;
}

function parseFault<Route extends string>(text: string, routes: readonly Route[], option: string): Fault<Route> {
  const isJson = text.trimStart().startsWith("{");
  return readFault(isJson ? parseJson(text, option) : expandShortForm(text, option, routes[0] ?? "any"), routes);
}

function expandShortForm(text: string, option: string, route: string): unknown {
  const { on, nth, kind = "", value, carriedOut } = shortForm.exec(text)?.groups ?? {};
  if (on === undefined) throw new UsageError(`${option} is JSON or such as "${route}:1=reset", not "${text}".`);
  return {
    on,
    ...(nth === undefined ? {} : { nth: nth.split(",").map(Number) }),
    ...(carriedOut === undefined ? {} : { carriedOut: true }),
    act: { kind, ...expandValue(kind, value) },
  };
}

function expandValue(kind: string, value: string | undefined): Readonly<Record<string, unknown>> {
  const short = Object.hasOwn(shortValues, kind) ? shortValues[kind] : undefined;
  const text = value ?? short?.fallback;
  if (short === undefined || text === undefined) return {};
  return { [short.field]: short.read(text) };
}
