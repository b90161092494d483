/** How the lists of products and submissions are answered, where nobody has written it down. */
export interface ListBehaviour {
  /** Which lists come in pages. Default `products`. */
  readonly pagedLists: "products" | "submissions" | "both";
  /** The member in which a page names the next: one was documented, the other was seen. Default `none`: one page. */
  readonly paging: "none" | "nextLink" | "@odata.nextLink";
  /** The entries on a page. Default 1. */
  readonly pageSize: number;
  /** How many pages without an entry come first, each with a link. Default 0. */
  readonly emptyPages: number;
  /** Links are relative to the host without a slash before them, as was seen, or to it with one, or absolute. */
  readonly links: "hostRelative" | "relative" | "absolute";
  /** The origin of absolute links, such as `https://pages.example`. Default: the one that was asked. */
  readonly linkOrigin?: string;
  /** Where a link leads: `deadEnd`: that of the last page to a 404; the others to a page for ever. */
  readonly linksTo: "nextPage" | "deadEnd" | "samePage" | "endlessPages";
  /** The order of the submissions, which means nothing; `scattered`: neither the oldest nor the newest is at an end. */
  readonly listOrder: "oldestFirst" | "newestFirst" | "scattered";
  /** How old what the list of submissions shows is, in milliseconds, beside `submissionsLagMs`. Default 0. */
  readonly listLagMs: number;
}

/** Lists in one piece. */
export const defaultListBehaviour: ListBehaviour = {
  pagedLists: "products",
  paging: "none",
  pageSize: 1,
  emptyPages: 0,
  links: "hostRelative",
  linksTo: "nextPage",
  listOrder: "oldestFirst",
  listLagMs: 0,
};
