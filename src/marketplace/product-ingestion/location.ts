import type { LocationFault, LocationScope } from "../location.ts";
import type { OperationReference } from "../marketplace.ts";
import { liveKey, readSubmissionId, type SubmissionId, submissionText } from "../submission-id.ts";

/** Below the origin of Microsoft Graph; everything of this API is here. */
export const ROOT = "/rp/product-ingestion";

/** What a location is about: a job, with the submission that it pushes where that is known, or a submission alone. */
export type Place =
  | { readonly kind: "job"; readonly jobId: string; readonly submission: SubmissionId | undefined }
  | { readonly kind: "submission"; readonly submission: SubmissionId };

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
  return place.kind === "job"
    ? jobReference(place.jobId, place.submission, endpoint)
    : submissionReference(place.submission, endpoint);
}

/** What is at a location; undefined when it is none of this API. */
export function placeAt({ pathname, hash }: URL): Place | undefined {
  const [, jobId] = JOB_PATH.exec(pathname) ?? [];
  if (jobId !== undefined) {
    const submission = readSubmissionId(hash.slice(1));
    return isJobId(jobId) && (hash === "" || submission !== undefined) ? { kind: "job", jobId, submission } : undefined;
  }
  const [, product, number] = SUBMISSION_PATH.exec(pathname) ?? [];
  const submission = readSubmissionId(`submission/${product}/${number}`);
  return submission === undefined ? undefined : { kind: "submission", submission };
}
