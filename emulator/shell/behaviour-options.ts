import type { Behaviour } from "../cloud-partner-portal/behaviour.ts";
import {
  type BehaviourOption,
  type OptionGroup,
  choice,
  count,
  duration,
  members,
  printable,
  readGiven,
  status,
} from "./behaviour-option.ts";

const goLiveOptions = {
  "accepted-status": status("an accepted go-live answers", [202, 200, 201, 204, 303], (acceptedStatus) => ({
    acceptedStatus,
  })),
  location: choice(
    "where an acceptance says that the operation lives (the last three are wrong)",
    ["migrated", "absolute", "notMigrated", "none", "otherOffer", "otherPublisher", "noOperation"],
    (location) => ({ location }),
  ),
  "second-go-live": choice("a go-live while one runs", ["conflict", "badRequest", "accepted"], (secondGoLive) => ({
    secondGoLive,
  })),
  "cancel-body": choice("the body of a cancel is", ["optional", "required"], (cancelBody) => ({ cancelBody })),
  "cancel-status": status("a cancel answers", [202, 200], (cancelStatus) => ({ cancelStatus })),
  "cancel-lag": duration("from a cancel until the operation is canceled", "60s", (cancelMs) => ({ cancelMs })),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

const publishOptions = {
  "publish-body": choice("the addresses of a publish are", ["optional", "required"], (publishBody) => ({
    publishBody,
  })),
  "second-publish": choice(
    "a publish while something runs",
    ["conflict", "badRequest", "accepted"],
    (secondPublish) => ({ secondPublish }),
  ),
  "publish-at-end": choice(
    "what shows that a publish waits for the sign-off (all but the first: it goes on running)",
    ["completed", "stepWaits", "statusWaits", "offerWaits"],
    (publishAtEnd) => ({ publishAtEnd }),
  ),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

const operationOptions = {
  body: choice("an operation is answered as", ["object", "array"], (body) => ({ body })),
  "done-word": printable("its status once it has succeeded", (succeeded) => ({ words: { succeeded } }), "completed"),
  "operation-id": choice(
    "the id that it names (other: the operation before is answered)",
    ["none", "own", "other"],
    (id) => ({
      operationId: id,
    }),
  ),
  "live-step-at-end": choice(
    "the last step of a go-live that has succeeded",
    ["complete", "failed", "notStarted"],
    (liveStepAtEnd) => ({ liveStepAtEnd }),
  ),
  "operation-lag": duration("a new operation answers 404 for so long", "0s", (operationLagMs) => ({ operationLagMs })),
  "shared-shows-preview": duration(
    "the address of an offer that was not migrated shows the preview for so long after a go-live",
    "0s",
    (sharedShowsPreviewMs) => ({ sharedShowsPreviewMs }),
  ),
  "not-started": duration("a new operation waits for so long before it runs", "0s", (notStartedMs) => ({
    notStartedMs,
  })),
  "retry-after": printable("the Retry-After header while an operation has not ended", (pollRetryAfter) => ({
    pollRetryAfter,
  })),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

const offerStatusOptions = {
  "status-lag": duration("a new operation leaves it as it was for so long", "0s", (statusLagMs) => ({ statusLagMs })),
  "offer-status": choice(
    "before the sign-off (migrated: only the step waits, the offer is running)",
    ["plain", "migrated"],
    (offerStatus) => ({ offerStatus }),
  ),
  "status-after-success": choice(
    "what it says after a success",
    ["succeeded", "waiting", "running"],
    (statusAfterSuccess) => ({ statusAfterSuccess }),
  ),
  "status-after-success-for": duration("and for how long it says so", "never", (statusAfterSuccessMs) => ({
    statusAfterSuccessMs,
  })),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

const listOptions = {
  "list-lag": duration("a new operation is missing from the list for so long", "0s", (listLagMs) => ({ listLagMs })),
  "list-state-lag": duration("an entry still has the state it had before for so long", "0s", (listStateLagMs) => ({
    listStateLagMs,
  })),
  "slot-lag": duration("a new entry names no slot for so long", "0s", (slotLagMs) => ({ slotLagMs })),
  "list-filters": choice(
    "which filters of its query it obeys",
    ["none", "status", "submissionState", "both"],
    (listFilters) => ({ listFilters }),
  ),
  "list-order": choice("what comes first", ["newestFirst", "oldestFirst"], (listOrder) => ({ listOrder })),
  "list-paging": choice(
    "where a page names the next",
    ["none", "nextLink", "@nextLink", "@odata.nextLink", "link", "continuation"],
    (listPaging) => ({ listPaging }),
  ),
  "list-page-size": count("entries on a page", "1", (listPageSize) => ({ listPageSize })),
  "list-links": choice("links between pages are", ["absolute", "relative"], (listLinks) => ({ listLinks })),
  "list-link-origin": printable(
    "another origin for absolute links, such as https://pages.example",
    (listLinkOrigin) => ({
      listLinkOrigin,
    }),
  ),
  "list-links-to": choice("where they lead", ["nextPage", "samePage", "endlessPages"], (listLinksTo) => ({
    listLinksTo,
  })),
  "list-status": status("the list answers", [200, 206], (code) => ({ listPartial: code === 206 })),
  "list-go-live": members(
    "members of a go-live's entry that are other than true; null leaves one out",
    (production) => ({
      listEntries: { production },
    }),
  ),
  "list-entry-form": choice(
    "what an entry has (full: a GUID as offer id, a long version and a definition)",
    ["plain", "full"],
    (listEntryForm) => ({ listEntryForm }),
  ),
  "list-id-case": choice("ids are in the case", ["lower", "upper", "alternating"], (listIdCase) => ({ listIdCase })),
  "list-changed-time": choice("changedTime is", ["zoned", "unzoned", "none"], (listChangedTime) => ({
    listChangedTime,
  })),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

const commonOptions = {
  "request-ids": choice("which headers name a request", ["both", "correlationOnly", "none"], (requestIds) => ({
    requestIds,
  })),
  "clock-offset": duration(
    "how far the service's clock is ahead; behind with a sign, such as --clock-offset=-20m",
    "0s",
    (clockOffsetMs) => ({ clockOffsetMs }),
    { isSigned: true },
  ),
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

/** The options by what they are about, in the order of the help. */
export const behaviourOptionGroups: readonly OptionGroup[] = [
  ["How a go-live and a cancel are answered", goLiveOptions],
  ["How a publish to preview is answered", publishOptions],
  ["How an operation is answered", operationOptions],
  ["How the offer's status is answered", offerStatusOptions],
  ["How the list of operations is answered", listOptions],
  ["How everything is answered", commonOptions],
];

/** All options that change how the service behaves, by their names on the command line. */
export const behaviourOptions = {
  ...goLiveOptions,
  ...publishOptions,
  ...operationOptions,
  ...offerStatusOptions,
  ...listOptions,
  ...commonOptions,
} as const satisfies Record<string, BehaviourOption<Partial<Behaviour>>>;

/**
 * The behaviour that the given values ask for.
 * @throws UsageError when one of them cannot be used.
 */
export function readBehaviour(values: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  return readGiven<Partial<Behaviour>>(values, behaviourOptions);
}
