import type { Answer, Request } from "../../../src/http/transport.ts";
import { isObject, parseJson, readText } from "../../../src/text/json.ts";

/** What the submissions have shown, by their ids in lower case. */
export interface Sighting {
  /** What stood in preview; where they come in pages, what the look before has shown, too. */
  readonly previews: ReadonlySet<string>;
  /** What was going live, where they come in one answer. */
  readonly running: ReadonlySet<string>;
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
      previews: idsOf([...(isPaged ? before : []), ...now], ({ target }) => target === "preview"),
      running: idsOf(isPaged ? [] : now, ({ target, status }) => target === "live" && !/^completed$/i.test(status)),
    }),
  };
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
