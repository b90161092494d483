import type { LocationFault, LocationScope } from "../location.ts";
import type { OperationReference } from "../marketplace.ts";
import { liveKey, previewKey, readSubmissionId, type SubmissionId, submissionText } from "../submission-id.ts";

/** Below the origin of Microsoft Graph; everything of this API is here. */
export const ROOT = "/rp/product-ingestion";

/** What a location is about. */
export type Place =
  /** A job, with the submission that it pushes where that is known. */
  | { readonly kind: "job"; readonly jobId: string; readonly submission: SubmissionId | undefined }
  | ({ readonly kind: "publish"; readonly jobId: string } & Publish)
  /** A submission that is live, or goes live. */
  | { readonly kind: "submission"; readonly submission: SubmissionId }
  /** A submission that stands in preview, or is on its way there. */
  | { readonly kind: "preview"; readonly submission: SubmissionId };

/** A publish to preview: which submission it makes is known only from those that were there before. */
export interface Publish {
  /** The product's GUID, in lower case. */
  readonly product: string;
  /** The numbers of the submissions that were there before. */
  readonly before: readonly string[];
}

const JOB_ID = /^(?=.*[A-Za-z0-9])[A-Za-z0-9_-]{1,100}$/;
const JOB_PATH = /^\/rp\/product-ingestion\/configure\/([^/]+)\/status$/;
const SUBMISSION_PATH = /^\/rp\/product-ingestion\/submission\/([^/]+)\/([^/]+)$/;
/** A location as it was written: the origin, the path that is captured, a query or none, a fragment or none. */
const WRITTEN = /^https?:\/\/[^/\\?#]+(\/[^\\?#]*)(?:\?[^#]*)?(?:#.*)?$/i;

/** Whether a text can be the id of a job. */
export function isJobId(text: string): boolean {
  return JOB_ID.test(text);
}

/** A job at its address; the submission that it pushes stands behind the `#`, which is never sent. */
export function jobReference(jobId: string, submission: SubmissionId | undefined, endpoint: URL): OperationReference {
  const location = new URL(`${ROOT}/configure/${jobId}/status`, endpoint.origin);
  if (submission === undefined) return { id: jobId, location, key: `job ${jobId.toLowerCase()}` };
  location.hash = submissionText(submission);
  const submissionId = submissionText(submission);
  return { id: jobId, location, key: liveKey(submission), submissionId, isListedWhenLive: true };
}

/** The job of a publish at its address; what it publishes, and what was there before, stand behind the `#`. */
export function publishReference(jobId: string, { product, before }: Publish, endpoint: URL): OperationReference {
  const location = new URL(`${ROOT}/configure/${jobId}/status`, endpoint.origin);
  location.hash = ["preview", product, ...before].join("/");
  return { id: jobId, location, key: `job ${jobId.toLowerCase()}`, isListedWhenLive: true, goal: "preview" };
}

/** A preview at its address. */
export function previewReference(submission: SubmissionId, endpoint: URL): OperationReference {
  const location = new URL(`${ROOT}/${submissionText(submission)}#preview`, endpoint.origin);
  const submissionId = submissionText(submission);
  const key = previewKey(submission);
  return { id: submission.number, location, key, submissionId, isListedWhenLive: true, goal: "preview" };
}

/** A submission at its address, for one of which no job is known. */
export function submissionReference(submission: SubmissionId, endpoint: URL): OperationReference {
  const location = new URL(`${ROOT}/${submissionText(submission)}`, endpoint.origin);
  const submissionId = submissionText(submission);
  return { id: submission.number, location, key: liveKey(submission), submissionId, isListedWhenLive: true };
}

/**
 * The job or the submission that a location names: the address of the job's status or of the submission, as this action
 * writes them or as the service does. A fault for everything else.
 */
export function readLocation(given: string, { endpoint }: LocationScope): OperationReference | LocationFault {
  // Where it was copied from a page of GitHub's, an invisible character keeps the `#` from being a link.
  const text = given.replaceAll("\u200b", "").trim();
  const url = URL.parse(text);
  if (url === null) return "is not a URL";
  if (url.origin !== endpoint.origin) return "is on another origin";
  if (url.username !== "" || url.password !== "") return "carries a user name or password";
  // What the reading of the URL has mended, such as two dots or a backslash, was in no form of the reference.
  const isAsWritten = WRITTEN.exec(text)?.[1] === url.pathname;
  const place = isAsWritten ? placeAt(url) : undefined;
  if (place === undefined) return "is not written as the address of an operation";
  switch (place.kind) {
    case "job":
      return jobReference(place.jobId, place.submission, endpoint);
    case "publish":
      return publishReference(place.jobId, place, endpoint);
    case "submission":
      return submissionReference(place.submission, endpoint);
    case "preview":
      return previewReference(place.submission, endpoint);
  }
}

/** What is at a location; undefined when it is none of this API. */
export function placeAt({ pathname, hash }: URL): Place | undefined {
  const [, jobId] = JOB_PATH.exec(pathname) ?? [];
  if (jobId !== undefined) {
    const publish = readPublish(hash);
    if (publish !== undefined) return isJobId(jobId) ? { kind: "publish", jobId, ...publish } : undefined;
    const submission = readSubmissionId(hash.slice(1));
    return isJobId(jobId) && (hash === "" || submission !== undefined) ? { kind: "job", jobId, submission } : undefined;
  }
  const [, product, number] = SUBMISSION_PATH.exec(pathname) ?? [];
  const submission = readSubmissionId(`submission/${product}/${number}`);
  if (submission === undefined) return undefined;
  return { kind: hash === "#preview" ? "preview" : "submission", submission };
}

const PUBLISH_HASH = /^#preview\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})((?:\/\d{1,30})*)$/i;

function readPublish(hash: string): Publish | undefined {
  const [, product, before = ""] = PUBLISH_HASH.exec(hash) ?? [];
  return product === undefined ? undefined : { product: product.toLowerCase(), before: before.split("/").slice(1) };
}
