import type { ListBehaviour } from "./list-behaviour.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";

/** One page of a list. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** The next page, as a link and as a token; undefined when this is the last. */
  readonly next: { readonly link: string; readonly token: string } | undefined;
}

/** The parameter of the page after the first: https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part2-url-conventions.html */
const skipParameter = "$skiptoken";

/** How many entries come before the page that is asked for. */
export function skippedBy({ target }: ArrivedRequest): number {
  const skipped = Number(queryOf(target).get(skipParameter));
  return Number.isSafeInteger(skipped) && skipped > 0 ? skipped : 0;
}

/** The page of the entries that is asked for: all of them, when the list is not paged. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  request: ArrivedRequest,
  behaviour: ListBehaviour,
): Page<Entry> {
  if (behaviour.listPaging === "none") return { entries, next: undefined };
  const start = skippedBy(request);
  const end = start + behaviour.listPageSize;
  const page = entries.slice(start, end);
  const hasNext = end < entries.length || behaviour.listLinksTo !== "nextPage";
  return {
    entries: page,
    next: hasNext ? { link: linkTo(end, request, behaviour), token: `after-${end}` } : undefined,
  };
}

function linkTo(skipped: number, { target, origin }: ArrivedRequest, behaviour: ListBehaviour): string {
  const root = behaviour.listLinks === "absolute" ? (behaviour.listLinkOrigin ?? origin) : "";
  if (behaviour.listLinksTo === "samePage") return `${root}${target}`;
  const query = queryOf(target);
  query.set(skipParameter, String(skipped));
  return `${root}${target.replace(/\?.*$/, "")}?${query}`;
}
