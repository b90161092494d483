import {
  type BehaviourOption,
  type OptionGroup,
  choice,
  count,
  duration,
  otherWords,
  printable,
  readGiven,
  status,
} from "../shell/behaviour-option.ts";
import type { Behaviour } from "./behaviour.ts";
import { errorShapes } from "./error.ts";

type Options = Record<`center-${string}`, BehaviourOption<Partial<Behaviour>>>;

const productOptions = {
  "center-refused-filters": choice(
    "the filters that are refused with ICH50400",
    ["unfiltered", "none", "withoutType", "withType", "all"],
    (refusedFilters) => ({ refusedFilters }),
  ),
  "center-filter": choice("a filter is", ["obeyed", "ignored"], (word) => ({ ignoresFilter: word === "ignored" })),
  "center-external-id": printable(
    "the type of an offer's id",
    (externalIdType) => ({ externalIdType }),
    "AzureOfferId",
  ),
  "center-product": choice("a product asked for by its id", ["up", "down"], (productRoute) => ({ productRoute })),
} as const satisfies Options;

const listOptions = {
  "center-paged": choice("the lists that have pages", ["products", "submissions", "both"], (pagedLists) => ({
    pagedLists,
  })),
  "center-paging": choice("where a page names the next", ["none", "nextLink", "@odata.nextLink"], (paging) => ({
    paging,
  })),
  "center-page-size": count("entries on a page", "1", (pageSize) => ({ pageSize })),
  "center-empty-pages": count("pages without an entry that come first", "none", (emptyPages) => ({ emptyPages })),
  "center-links": choice("links between pages are", ["hostRelative", "relative", "absolute"], (links) => ({ links })),
  "center-link-origin": printable("another origin for absolute links, such as https://pages.example", (linkOrigin) => ({
    linkOrigin,
  })),
  "center-links-to": choice(
    "where they lead (deadEnd: the last to a 404)",
    ["nextPage", "deadEnd", "samePage", "endlessPages"],
    (linksTo) => ({ linksTo }),
  ),
  "center-order": choice("the order of submissions", ["oldestFirst", "newestFirst", "scattered"], (listOrder) => ({
    listOrder,
  })),
  "center-list-lag": duration("the list of submissions is so much older", "0s", (listLagMs) => ({ listLagMs })),
} as const satisfies Options;

const submissionOptions = {
  "center-lag": duration("what is shown of submissions is so old", "0s", (submissionsLagMs) => ({ submissionsLagMs })),
  "center-publishing-words": otherWords(
    "other words for a go-live that runs",
    ["state", "substate", "pending"],
    (publishing) => ({ words: { publishing } }),
  ),
  "center-pending-update": choice("pendingUpdateInfo is", ["told", "absent"], (pendingUpdate) => ({ pendingUpdate })),
  "center-never": choice(
    "the time that means never",
    ["1601-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    (neverTime) => ({ neverTime }),
  ),
  "center-promoted-entries": choice("entries of one that goes live", ["one", "previewBeside"], (promotedEntries) => ({
    promotedEntries,
  })),
  "center-former-live": choice("what was live before, after a success", ["stays", "goes"], (formerLive) => ({
    formerLive,
  })),
  "center-workflow": choice(
    "the details of the workflow",
    ["halves", "empty", "notFound", "notFoundOnceReady", "odd"],
    (workflowDetails) => ({ workflowDetails }),
  ),
  "center-sign-off-step": choice(
    "which half has the sign-off as a step",
    ["none", "preview", "live"],
    (signOffStep) => ({
      signOffStep,
    }),
  ),
} as const satisfies Options;

const promoteOptions = {
  "center-accepted-status": status("an accepted promote answers", [200, 202, 204], (acceptedStatus) => ({
    acceptedStatus,
  })),
  "center-accepted-body": choice("and with this body", ["workflow", "empty", "text"], (acceptedBody) => ({
    acceptedBody,
  })),
  "center-accepted-location": choice("and with this location", ["none", "submission"], (acceptedLocation) => ({
    acceptedLocation,
  })),
  "center-second-promote": choice(
    "a promote of one that is not ready, or while a go-live runs",
    ["conflict", "badRequest", "accepted"],
    (secondPromote) => ({ secondPromote }),
  ),
} as const satisfies Options;

const commonOptions = {
  "center-error-shape": choice("the shape of an error", errorShapes, (errorShape) => ({ errorShape })),
  "center-foreign-token": status("a token for another resource is answered", [401, 404], (foreignToken) => ({
    foreignToken,
  })),
  "center-request-ids": choice("which headers name a request", ["both", "requestIdOnly", "none"], (requestIds) => ({
    requestIds,
  })),
  "center-clock-offset": duration(
    "how far the service's clock is ahead; behind with a sign",
    "0s",
    (clockOffsetMs) => ({ clockOffsetMs }),
    { isSigned: true },
  ),
} as const satisfies Options;

/** The options by what they are about, in the order of the help. */
export const centerOptionGroups: readonly OptionGroup[] = [
  ["Partner Center: how a promote is answered", promoteOptions],
  ["Partner Center: how the submissions are answered", submissionOptions],
  ["Partner Center: how lists are answered", listOptions],
  ["Partner Center: how a product is found", productOptions],
  ["Partner Center: how everything is answered", commonOptions],
];

/** All options that change how the Partner Center submission API behaves, by their names on the command line. */
export const centerOptions = {
  ...promoteOptions,
  ...submissionOptions,
  ...listOptions,
  ...productOptions,
  ...commonOptions,
} as const satisfies Options;

/**
 * The behaviour that the given values ask for.
 * @throws UsageError when one of them cannot be used.
 */
export function readCenterBehaviour(values: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  return readGiven<Partial<Behaviour>>(values, centerOptions);
}
