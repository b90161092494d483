import type { Behaviour } from "../product-ingestion/behaviour.ts";
import type { Word } from "../product-ingestion/vocabulary.ts";
import {
  type BehaviourOption,
  type OptionGroup,
  choice,
  count,
  duration,
  list,
  otherWords,
  printable,
  readGiven,
  status,
} from "./behaviour-option.ts";

type Options = Record<`ingestion-${string}`, BehaviourOption<Partial<Behaviour>>>;

const words: readonly Word[] = ["notStarted", "running", "completed", "pending", "succeeded", "failed", "cancelled"];

const configureOptions = {
  "ingestion-body": choice("a body with other members than the documented", ["liberal", "strict"], (bodyCheck) => ({
    bodyCheck,
  })),
  "ingestion-accepted-status": status("an accepted push or publish answers", [202, 200, 201], (acceptedStatus) => ({
    acceptedStatus,
  })),
  "ingestion-accepted-body": choice("and with this body", ["job", "noJobId", "empty"], (acceptedBody) => ({
    acceptedBody,
  })),
  "ingestion-job-id": choice("its id is spelt", ["jobId", "jobID"], (jobIdName) => ({ jobIdName })),
  "ingestion-refused-by": choice("what cannot be is refused by", ["answer", "job"], (refusedBy) => ({ refusedBy })),
  "ingestion-busy-status": status("a push while something runs answers", [409, 400, 423], (busyStatus) => ({
    busyStatus,
  })),
  "ingestion-second-push": choice("a second push is", ["refused", "accepted"], (secondPush) => ({ secondPush })),
} as const satisfies Options;

const jobOptions = {
  "ingestion-not-started": duration("a new job waits for so long before it runs", "0s", (notStartedMs) => ({
    notStartedMs,
  })),
  "ingestion-job-lag": duration("a new job answers 404 for so long", "0s", (jobLagMs) => ({ jobLagMs })),
  "ingestion-job-lost-after": duration("a new job is gone for ever after", "never", (jobLostAfterMs) => ({
    jobLostAfterMs,
  })),
  "ingestion-job-lost-status": status("one that is gone answers", [404, 410], (jobLostStatus) => ({ jobLostStatus })),
  "ingestion-job-words": otherWords("other words for its status and result", words, (jobWords) => ({ jobWords })),
  "ingestion-job-end": choice("its jobEnd", ["end", "early", "yearOne", "yearOneDate"], (jobEnd) => ({ jobEnd })),
  "ingestion-resource-uri": choice("its resourceUri", ["none", "otherHost"], (resourceUri) => ({ resourceUri })),
  "ingestion-retry-after": printable("the Retry-After header while a job has not ended", (pollRetryAfter) => ({
    pollRetryAfter,
  })),
  "ingestion-cancel-lag": duration("from a cancel until the job is cancelled", "0s", (cancelMs) => ({ cancelMs })),
  "ingestion-cancel-within": duration("a job can be cancelled for so long", "never", (cancelWithinMs) => ({
    cancelWithinMs,
  })),
} as const satisfies Options;

const entryOptions = {
  "ingestion-lag": duration("the submissions show what has happened so much later", "0s", (submissionsLagMs) => ({
    submissionsLagMs,
  })),
  "ingestion-acceptance-shows": duration(
    "from a push to its submission having target live (never: not before its end)",
    "0s",
    (acceptanceShowsMs) => ({ acceptanceShowsMs }),
  ),
  "ingestion-end-shows": duration(
    "from its end to its submission showing it; before its end with a sign, such as --ingestion-end-shows=-20s",
    "0s",
    (endShowsMs) => ({ endShowsMs }),
    { isSigned: true },
  ),
  "ingestion-preview-during-push": choice("the preview during its push", ["goes", "stays"], (previewDuringPush) => ({
    previewDuringPush,
  })),
  "ingestion-preview-after-success": choice("after its success", ["goes", "stays"], (previewAfterSuccess) => ({
    previewAfterSuccess,
  })),
  "ingestion-preview-after-failure": choice("after its failure", ["back", "gone"], (previewAfterFailure) => ({
    previewAfterFailure,
  })),
  "ingestion-live-after-failure": choice(
    "the live entry after its failure",
    ["failed", "cancelled", "gone"],
    (liveAfterFailure) => ({ liveAfterFailure }),
  ),
  "ingestion-former-during-push": choice("what was live before, during a push", ["stays", "goes"], (former) => ({
    formerDuringPush: former,
  })),
  "ingestion-created": choice("created of a live entry is", ["preview", "push", "none"], (createdIs) => ({
    createdIs,
  })),
  "ingestion-entry-words": otherWords("other words for its status and result", words, (entryWords) => ({
    entryWords,
  })),
  "ingestion-extra-entries": list("a list of what else is listed, as it is", (extraEntries) => ({ extraEntries })),
  "ingestion-order": choice("what comes first", ["oldestFirst", "newestFirst"], (listOrder) => ({ listOrder })),
  "ingestion-paging": choice(
    "where a page names the next",
    ["none", "@nextLink", "@odata.nextLink", "continuationToken"],
    (paging) => ({ paging }),
  ),
  "ingestion-page-size": count("entries on a page", "1", (pageSize) => ({ pageSize })),
  "ingestion-link-origin": printable("another origin for links, such as https://pages.example", (linkOrigin) => ({
    linkOrigin,
  })),
  "ingestion-links-to": choice("where they lead", ["nextPage", "samePage", "endlessPages"], (linksTo) => ({
    linksTo,
  })),
} as const satisfies Options;

const commonOptions = {
  "ingestion-product": choice("a product is answered as", ["list", "bare"], (productForm) => ({ productForm })),
  "ingestion-product-filter": choice("which one was asked for is", ["exact", "ignored"], (productFilter) => ({
    productFilter,
  })),
  "ingestion-external-id": choice("the offer's id is spelt", ["externalId", "externalID"], (externalIdName) => ({
    externalIdName,
  })),
  "ingestion-version": choice("$version is", ["optional", "required"], (versionCheck) => ({ versionCheck })),
  "ingestion-deprecated": printable(
    "the versions that are refused, with commas between them",
    (versions) => ({ deprecatedVersions: versions.split(",") }),
    "2022-03-01-preview3",
  ),
  "ingestion-schema-host": choice("the schemas of answers are on the host", ["new", "old"], (schemaHost) => ({
    schemaHost,
  })),
  "ingestion-id-case": choice("GUIDs are in the case", ["lower", "upper"], (idCase) => ({ idCase })),
  "ingestion-request-ids": choice("which headers name a request", ["both", "requestIdOnly", "none"], (requestIds) => ({
    requestIds,
  })),
  "ingestion-clock-offset": duration(
    "how far the service's clock is ahead; behind with a sign",
    "0s",
    (clockOffsetMs) => ({ clockOffsetMs }),
    { isSigned: true },
  ),
} as const satisfies Options;

/** The options by what they are about, in the order of the help. */
export const ingestionOptionGroups: readonly OptionGroup[] = [
  ["Product Ingestion: how a push to live and a publish to preview are answered", configureOptions],
  ["Product Ingestion: how a job is answered", jobOptions],
  ["Product Ingestion: how the submissions are answered", entryOptions],
  ["Product Ingestion: how a product, and everything, is answered", commonOptions],
];

/** All options that change how the Product Ingestion API behaves, by their names on the command line. */
export const ingestionOptions = {
  ...configureOptions,
  ...jobOptions,
  ...entryOptions,
  ...commonOptions,
} as const satisfies Options;

/**
 * The behaviour that the given values ask for.
 * @throws UsageError when one of them cannot be used.
 */
export function readIngestionBehaviour(values: Readonly<Record<string, unknown>>): Partial<Behaviour> {
  return readGiven<Partial<Behaviour>>(values, ingestionOptions);
}
