import type { Answer, Request } from "../../../src/http/transport.ts";
import { isObject, parseJson, readText } from "../../../src/text/json.ts";

/** What the submissions have shown, by their numbers. */
export interface Sighting {
  /** What waited for the publisher and is not in the store; where they come in pages, in the look before, too. */
  readonly ready: ReadonlySet<string>;
  /** What was to be the next preview, where they come in one answer. */
  readonly inTheWay: ReadonlySet<string>;
  /** What was going live, or was not settled. */
  readonly running: ReadonlySet<string>;
  /** Whether they come in pages. */
  readonly isPaged: boolean;
}

/** Reads along what a run is answered. */
export interface Sightings {
  readonly see: (request: Request, answer: Answer) => void;
  readonly last: () => Sighting;
}

interface Entry {
  readonly id: string;
  /** State, substate and pending update, in small letters. */
  readonly words: readonly [string, string, string];
}

const LIST = /\/products\/[^/]+\/submissions$/;

/** Nothing seen yet. */
export function createSightings(): Sightings {
  let [before, now]: [readonly Entry[], readonly Entry[]] = [[], []];
  let isPaged = false;
  return {
    see(request, answer) {
      if (!LIST.test(request.url.pathname) || answer.status !== 200) return;
      const entries = readEntries(answer);
      if (entries === undefined) return;
      const isFirst = !/skiptoken/i.test(request.url.search);
      isPaged ||= !isFirst;
      if (isFirst) [before, now] = [now, entries];
      else now = [...now, ...entries];
    },
    last: () => ({
      isPaged,
      ready: readyOf(isPaged ? [...before, ...now] : now),
      inTheWay: idsOf(isPaged ? [] : now, ({ words: [state] }) => state === "inprogress"),
      running: idsOf(isPaged ? [] : now, isUnderWay),
    }),
  };
}

function isReady({ words: [, substate, update] }: Entry): boolean {
  return substate === "readytopublish" && !["running", "failed"].includes(update);
}

function isUnderWay({ words: [, substate, update] }: Entry): boolean {
  const isUnsettled = ["readytopublish", "instore"].includes(substate) && update === "running";
  return isUnsettled || ["publishing", "published"].includes(substate);
}

/** One that is in the store has been left behind where it still waits. */
function readyOf(entries: readonly Entry[]): ReadonlySet<string> {
  const live = idsOf(entries, ({ words: [, substate, update] }) => substate === "instore" && update !== "failed");
  return new Set([...idsOf(entries, isReady)].filter((id) => !live.has(id)));
}

function idsOf(entries: readonly Entry[], isOne: (entry: Entry) => boolean): ReadonlySet<string> {
  return new Set(entries.filter(isOne).map(({ id }) => id));
}

function readEntries(answer: Answer): readonly Entry[] | undefined {
  const body = readBody(answer);
  const value = isObject(body) ? body["value"] : undefined;
  if (!Array.isArray(value)) return undefined;
  const entries = value.filter(isObject);
  // Of one without any words nobody knows how it stands.
  if (!entries.every((entry) => isWord(entry["state"]) || isWord(entry["substate"]))) return undefined;
  return entries.map((entry) => {
    const update = isObject(entry["pendingUpdateInfo"]) ? entry["pendingUpdateInfo"] : {};
    const words = [entry["state"], entry["substate"], update["status"]].map((word) => readText(word) ?? "");
    const [state = "", substate = "", pending = ""] = words.map((word) => word.toLowerCase());
    return { id: readText(entry["id"]) ?? "", words: [state, substate, pending] };
  });
}

function isWord(value: unknown): boolean {
  return (readText(value) ?? "") !== "";
}

/** Undefined where it was cut off on the way. */
function readBody(answer: Answer): unknown {
  try {
    return parseJson(answer.body(), (text) => text);
  } catch {
    return undefined;
  }
}
