import type { ArrivedRequest } from "../wire/request.ts";
import type { ListBehaviour } from "./list-behaviour.ts";

/** One page of a list, and the member that names the next if there is one. */
export interface Page<Entry> {
  readonly value: readonly Entry[];
  readonly nextLink?: string;
  readonly "@odata.nextLink"?: string;
}

/** What a link carries to the page it leads to. */
export interface PageMark {
  /** The number of the page, from 0. */
  readonly page: number;
  /** The filter of the first page. */
  readonly filter: string;
}

/** The parameter that carries it, in the case in which it was seen. */
export const skipParameter = "$skipToken";

/** What a link's token carries; undefined when the service never gave it out. */
export function readMark(token: string): PageMark | undefined {
  const [, page, filter = ""] = /^(\d+):(.*)$/s.exec(Buffer.from(token, "base64url").toString()) ?? [];
  return page === undefined ? undefined : { page: Number(page), filter };
}

/** That page of the entries; undefined when a link led to a page that is not there. */
export function pageOf<Entry>(
  entries: readonly Entry[],
  mark: PageMark,
  request: Pick<ArrivedRequest, "origin" | "target">,
  behaviour: ListBehaviour,
): Page<Entry> | undefined {
  const { paging, linksTo } = behaviour;
  if (paging === "none") return mark.page === 0 ? { value: entries } : undefined;
  const pages = cut(entries, behaviour);
  const value = pages[mark.page] ?? (linksTo === "endlessPages" ? [] : undefined);
  if (value === undefined) return undefined;
  const hasLink = mark.page + 1 < pages.length || linksTo !== "nextPage";
  return { value, ...(hasLink ? { [paging]: linkTo(mark, request, behaviour) } : {}) };
}

/** At least one page. */
function cut<Entry>(entries: readonly Entry[], behaviour: ListBehaviour): readonly (readonly Entry[])[] {
  const { pageSize, emptyPages } = behaviour;
  const count = Math.max(1, Math.ceil(entries.length / pageSize));
  const pages = Array.from({ length: count }, (_, index) => entries.slice(index * pageSize, (index + 1) * pageSize));
  return [...Array.from({ length: emptyPages }, () => []), ...pages];
}

function linkTo(mark: PageMark, request: Pick<ArrivedRequest, "origin" | "target">, behaviour: ListBehaviour): string {
  const page = behaviour.linksTo === "samePage" ? mark.page : mark.page + 1;
  const token = Buffer.from(`${page}:${mark.filter}`).toString("base64url");
  const link = `${request.target.replace(/\?.*$/s, "")}?${skipParameter}=${token}`;
  switch (behaviour.links) {
    case "hostRelative":
      return link.slice(1);
    case "relative":
      return link;
    case "absolute":
      return `${behaviour.linkOrigin ?? request.origin}${link}`;
  }
}
