import type { Word } from "./vocabulary.ts";

/** How the submissions of a product are answered, and what a job does to them. All times are in milliseconds. */
export interface EntryBehaviour {
  /** How long the submissions do not show what has happened since the start. Default 0; `Infinity`: for ever. */
  readonly submissionsLagMs: number;
  /** From a push's acceptance to its submission being listed with target live. Default 0; `Infinity`: not before its end. */
  readonly acceptanceShowsMs: number;
  /** From a push's end to its submission showing it; less than 0: before the job does. Default 0; `Infinity`: never. */
  readonly endShowsMs: number;
  /** Whether the preview is listed beside its live entry while it is pushed. Default `goes`. */
  readonly previewDuringPush: "goes" | "stays";
  /** The same once the push has succeeded. Default `goes`. */
  readonly previewAfterSuccess: "goes" | "stays";
  /** The same once the push has failed or was cancelled. Default `back`. */
  readonly previewAfterFailure: "back" | "gone";
  /** What a push that failed or was cancelled leaves of its live entry. Default `failed`. */
  readonly liveAfterFailure: "failed" | "cancelled" | "gone";
  /** Whether what was live before is listed while another is pushed. Default `stays`. */
  readonly formerDuringPush: "stays" | "goes";
  /** Which time `created` of a live entry is. Default `preview`. */
  readonly createdIs: "preview" | "push" | "none";
  /** The service's words for the status and result of an entry. */
  readonly entryWords: Partial<Readonly<Record<Word, string>>>;
  /** What else is listed, as it is, such as an entry whose target is `retail`. Default nothing. */
  readonly extraEntries: readonly unknown[];
  /** Which submission comes first, after the draft. Default `oldestFirst`. */
  readonly listOrder: "oldestFirst" | "newestFirst";
  /** Where a page says that there is another. Default `none`: all entries at once. */
  readonly paging: "none" | "@nextLink" | "@odata.nextLink" | "continuationToken";
  /** The entries on a page of a list that is paged; `$maxpagesize` may ask for fewer. Default 1. */
  readonly pageSize: number;
  /** The origin of links, such as `https://pages.example`. Default: the one that was asked. */
  readonly linkOrigin?: string;
  /** Where a link leads: to the next page, to its own page for ever, or to new pages for ever, empty in the end. */
  readonly linksTo: "nextPage" | "samePage" | "endlessPages";
}

/** A list in one piece that shows everything at once. */
export const defaultEntryBehaviour: EntryBehaviour = {
  submissionsLagMs: 0,
  acceptanceShowsMs: 0,
  endShowsMs: 0,
  previewDuringPush: "goes",
  previewAfterSuccess: "goes",
  previewAfterFailure: "back",
  liveAfterFailure: "failed",
  formerDuringPush: "stays",
  createdIs: "preview",
  entryWords: {},
  extraEntries: [],
  listOrder: "oldestFirst",
  paging: "none",
  pageSize: 1,
  linksTo: "nextPage",
};
