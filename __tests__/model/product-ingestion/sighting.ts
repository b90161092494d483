import type { Answer, Request } from "../../../src/http/transport.ts";
import { isObject, parseJson, readText } from "../../../src/text/json.ts";

/** What the submissions have shown, by their ids in lower case. */
export interface Sighting {
  /** What waited in preview to go live; where they come in pages, in the look before, too. */
  readonly ready: ReadonlySet<string>;
  /** What was going live, where they come in one answer. */
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
  readonly target: string;
  readonly status: string;
  readonly result: string;
}

const LIST = /\/rp\/product-ingestion\/submission\/[^/]+$/;

/** Nothing seen yet. */
export function createSightings(): Sightings {
  let [before, now]: [readonly Entry[], readonly Entry[]] = [[], []];
  let isPaged = false;
  return {
    see(request, answer) {
      if (!LIST.test(request.url.pathname) || answer.status !== 200) return;
      const entries = readEntries(answer);
      if (entries === undefined) return;
      const isFirst = !request.url.searchParams.has("continuationToken");
      isPaged ||= !isFirst;
      if (isFirst) [before, now] = [now, entries];
      else now = [...now, ...entries];
    },
    last: () => ({
      isPaged,
      ready: readyOf([...(isPaged ? before : []), ...now]),
      running: idsOf(isPaged ? [] : now, ({ target, status }) => target === "live" && !/^completed$/i.test(status)),
    }),
  };
}

/** Completed, succeeded, and not live already. */
function readyOf(entries: readonly Entry[]): ReadonlySet<string> {
  const lives = idsOf(entries, ({ target }) => target === "live");
  return idsOf(
    entries,
    ({ id, target, status, result }) =>
      target === "preview" && /^completed$/i.test(status) && /^succeeded$/i.test(result) && !lives.has(id),
  );
}

function idsOf(entries: readonly Entry[], isOne: (entry: Entry) => boolean): ReadonlySet<string> {
  return new Set(entries.filter(isOne).map(({ id }) => id));
}

function readEntries(answer: Answer): readonly Entry[] | undefined {
  const body = readBody(answer);
  const value = isObject(body) ? body["value"] : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.filter(isObject).map((entry) => ({
    id: (readText(entry["id"]) ?? "").toLowerCase(),
    target: isObject(entry["target"]) ? (readText(entry["target"]["targetType"]) ?? "") : "",
    status: readText(entry["status"]) ?? "",
    result: readText(entry["result"]) ?? "",
  }));
}

/** Undefined where it was cut off on the way. */
function readBody(answer: Answer): unknown {
  try {
    return parseJson(answer.body(), (text) => text);
  } catch {
    return undefined;
  }
}
