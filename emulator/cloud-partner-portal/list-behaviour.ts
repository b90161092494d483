import type { Slot } from "./vocabulary.ts";

/** The parameters by which a list is filtered: the reference names one, clients that ran also sent the other. */
export const listFilters = ["status", "submissionState"] as const;

/** A parameter by which a list is filtered. */
export type ListFilter = (typeof listFilters)[number];

/** How the list of an offer's submissions is answered, where the reference leaves it open. */
export interface ListBehaviour {
  /** How long after its acceptance a new operation is missing from the list, in milliseconds. Default 0. */
  readonly listLagMs: number;
  /** How long an entry still has the state it had before, in milliseconds, such as `running` after the end. Default 0. */
  readonly listStateLagMs: number;
  /** How long after its acceptance the entry of a new operation names no slot, in milliseconds. Default 0. */
  readonly slotLagMs: number;
  /** Which filters of its query the list obeys. Default `none`: clients are not to rely on them. */
  readonly listFilters: "none" | ListFilter | "both";
  readonly listOrder: "newestFirst" | "oldestFirst";
  /**
   * Where a page of the list says that there is another: a member of an object that holds the entries as `value`, the
   * header `Link` with `rel="next"`, or a token in the header `x-ms-continuation`, which no documented request takes.
   * Default `none`: all entries at once.
   */
  readonly listPaging: "none" | "nextLink" | "@nextLink" | "@odata.nextLink" | "link" | "continuation";
  /** The entries on a page of a list that is paged. Default 1. */
  readonly listPageSize: number;
  readonly listLinks: "absolute" | "relative";
  /** The origin of absolute links, such as `https://pages.example`. Default: the one that was asked. */
  readonly listLinkOrigin?: string;
  /** Where a link leads: to the next page, to its own page for ever, or to new pages for ever, empty in the end. */
  readonly listLinksTo: "nextPage" | "samePage" | "endlessPages";
  /** Whether the list is answered with 206 instead of 200. Default false. */
  readonly listPartial: boolean;
  /** The `submissionType` of a go-live in the list. The reference's sample says `publish`, its table GoLive. */
  readonly goLiveSubmissionType: string;
  /**
   * The members of entries that are other than true, by the slot they truly have; undefined leaves a member out, such
   * as in `{ production: { slot: undefined } }`. Default none.
   */
  readonly listEntries: Readonly<Partial<Record<Slot, Readonly<Record<string, unknown>>>>>;
  /** `full`: with a GUID as `offerId`, an 18-digit `version` and a `definition`. Default `plain`. */
  readonly listEntryForm: "plain" | "full";
  /** The case of the ids; `alternating`: upper case in every second answer of an offer's list. Default `lower`. */
  readonly listIdCase: "lower" | "upper" | "alternating";
  /** `unzoned`: with microseconds and no zone. Default `zoned`: milliseconds and `Z`. */
  readonly listChangedTime: "zoned" | "unzoned" | "none";
}

/** A list in one piece, newest first, with tame entries. */
export const defaultListBehaviour: ListBehaviour = {
  listLagMs: 0,
  listStateLagMs: 0,
  slotLagMs: 0,
  listFilters: "none",
  listOrder: "newestFirst",
  listPaging: "none",
  listPageSize: 1,
  listLinks: "absolute",
  listLinksTo: "nextPage",
  listPartial: false,
  goLiveSubmissionType: "goLive",
  listEntries: {},
  listEntryForm: "plain",
  listIdCase: "lower",
  listChangedTime: "zoned",
};
