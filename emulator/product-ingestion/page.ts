import { type ArrivedRequest, queryOf } from "../wire/request.ts";
import type { EntryBehaviour } from "./entry-behaviour.ts";

/** One page of a list, and the member that names the next; an empty object when this is the last. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly next: Readonly<Record<string, string>>;
}

const tokenParameter = "continuationToken";

/** The page of the entries that is asked for: all of them, when lists are not paged. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  request: ArrivedRequest,
  behaviour: EntryBehaviour,
): Page<Entry> {
  const { paging, linksTo } = behaviour;
  if (paging === "none") return { entries, next: {} };
  const query = queryOf(request.target);
  const start = wholeNumber(query.get(tokenParameter)) ?? 0;
  const size = Math.min(behaviour.pageSize, wholeNumber(query.get("$maxpagesize")) ?? Infinity);
  const end = start + size;
  const hasNext = end < entries.length || linksTo !== "nextPage";
  const following = linksTo === "samePage" ? start : end;
  return { entries: entries.slice(start, end), next: hasNext ? nextOf(following, request, behaviour) : {} };
}

function nextOf(skipped: number, { target, origin }: ArrivedRequest, behaviour: EntryBehaviour): Page<never>["next"] {
  const { paging, linkOrigin = origin } = behaviour;
  if (paging === "continuationToken") return { [paging]: String(skipped) };
  const query = queryOf(target);
  query.set(tokenParameter, String(skipped));
  return { [paging]: `${linkOrigin}${target.replace(/\?.*$/, "")}?${query}` };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : undefined;
}
