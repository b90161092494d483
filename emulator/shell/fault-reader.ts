import type { Fault, FaultAct } from "../wire/fault.ts";
import { type Fields, readCount, readFlag, readObject, readOneOf, readText, readTexts, whenGiven } from "./fields.ts";
import { UsageError } from "./usage-error.ts";

const breakingPoints = ["request", "headers", "body"] as const;
const faultFields = ["on", "nth", "carriedOut", "carriedOutAfterMs", "act"];

type ActReaders = { readonly [Kind in FaultAct["kind"]]: ActReader<Kind> };

interface ActReader<Kind extends FaultAct["kind"]> {
  readonly fields: readonly string[];
  readonly read: (fields: Fields) => Extract<FaultAct, { readonly kind: Kind }>;
}

const actReaders: ActReaders = {
  status: {
    fields: ["status", "headers", "body"],
    read: ({ status, headers, body }) => ({
      kind: "status",
      status: readCount(status, "status"),
      ...whenGiven(headers, (given) => ({ headers: readTexts(given, "headers") })),
      ...whenGiven(body, (given) => ({ body: readText(given, "body") })),
    }),
  },
  reset: { fields: ["at"], read: ({ at }) => ({ kind: "reset", at: readOneOf(at, breakingPoints, "at") }) },
  close: { fields: ["at"], read: ({ at }) => ({ kind: "close", at: readOneOf(at, breakingPoints, "at") }) },
  stall: { fields: ["at"], read: ({ at }) => ({ kind: "stall", at: readOneOf(at, ["headers", "body"], "at") }) },
  delay: {
    fields: ["durationMs"],
    read: ({ durationMs }) => ({ kind: "delay", durationMs: readCount(durationMs, "durationMs") }),
  },
  garbage: {
    fields: ["body", "status", "contentType"],
    read: ({ body, status, contentType }) => ({
      kind: "garbage",
      body: readText(body, "body"),
      ...whenGiven(status, (given) => ({ status: readCount(given, "status") })),
      ...whenGiven(contentType, (given) => ({ contentType: readText(given, "contentType") })),
    }),
  },
  truncate: {
    fields: ["keepBytes"],
    read: ({ keepBytes }) => ({ kind: "truncate", keepBytes: readCount(keepBytes, "keepBytes") }),
  },
  huge: { fields: ["bytes"], read: ({ bytes }) => ({ kind: "huge", bytes: readCount(bytes, "bytes") }) },
  redirect: {
    fields: ["to", "status"],
    read: ({ to, status }) => ({
      kind: "redirect",
      to: readText(to, "to"),
      ...whenGiven(status, (given) => ({ status: readCount(given, "status") })),
    }),
  },
  raw: { fields: ["bytes"], read: ({ bytes }) => ({ kind: "raw", bytes: readText(bytes, "bytes") }) },
  interim: {
    fields: ["statuses"],
    read: ({ statuses }) => ({ kind: "interim", statuses: readList(statuses, readCount, "statuses") }),
  },
  packed: {
    fields: ["encoding", "bytes"],
    read: ({ encoding, bytes }) => ({
      kind: "packed",
      encoding: readText(encoding, "encoding"),
      ...whenGiven(bytes, (given) => ({ bytes: readCount(given, "bytes") })),
    }),
  },
  headers: {
    fields: ["set", "remove"],
    read: ({ set, remove }) => ({
      kind: "headers",
      ...whenGiven(set, (given) => ({ set: readTexts(given, "set") })),
      ...whenGiven(remove, (given) => ({ remove: readList(given, readText, "remove") })),
    }),
  },
};

const kinds = [
  "status",
  "reset",
  "close",
  "stall",
  "delay",
  "garbage",
  "truncate",
  "huge",
  "redirect",
  "raw",
  "interim",
  "packed",
  "headers",
] as const;

/**
 * A fault on one of those routes, or on any, from a value of unknown shape.
 * @throws UsageError when it is not one; a field that a fault does not have is a mistake too.
 */
export function readFault<Route extends string>(value: unknown, routes: readonly Route[]): Fault<Route> {
  const fields = readObject(value, "A fault");
  refuseOthers(fields, faultFields, "A fault");
  const { on, nth, carriedOut, carriedOutAfterMs, act } = fields;
  return {
    on: readOneOf(on, [...routes, "any"], "The route of a fault"),
    ...whenGiven(nth, (given) => ({ nth: readList(given, readCount, "nth") })),
    ...whenGiven(carriedOut, (given) => ({ carriedOut: readFlag(given, "carriedOut") })),
    ...whenGiven(carriedOutAfterMs, (given) => ({ carriedOutAfterMs: readCount(given, "carriedOutAfterMs") })),
    act: readAct(readObject(act, "The act of a fault")),
  };
}

function readAct({ kind: word, ...fields }: Fields): FaultAct {
  const kind = readOneOf(word, kinds, "The kind of a fault");
  refuseOthers(fields, actReaders[kind].fields, `A ${kind} fault`);
  return actReaders[kind].read(fields);
}

/** A list, or one value that stands for a list of one. */
function readList<Item>(value: unknown, read: (value: unknown, what: string) => Item, what: string): readonly Item[] {
  return Array.isArray(value) ? value.map((each: unknown) => read(each, what)) : [read(value, what)];
}

function refuseOthers(fields: Fields, known: readonly string[], what: string): void {
  const other = Object.keys(fields).find((name) => !known.includes(name));
  if (other !== undefined) throw new UsageError(`${what} has no "${other}"; it has ${known.join(", ")}.`);
}
