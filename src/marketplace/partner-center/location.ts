import type { LocationFault, LocationScope } from "../location.ts";
import type { OperationReference } from "../marketplace.ts";
import { isSubmissionNumber, liveKey, type SubmissionId, submissionText } from "../submission-id.ts";

/** Below the origin; everything of this API is here. */
export const ROOT = "/v1.0/ingestion";

/** A promote that was taken and lags shows by then. */
const LONGEST_BEGINNING_MS = 15 * 60_000;
const PATH = /^\/v1\.0\/ingestion\/products\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/submissions\/(\d+)$/i;
/** A location as it was written: the origin, the path that is captured, a query or none. */
const WRITTEN = /^https?:\/\/[^/\\?#]+(\/[^\\?#]*)(?:\?[^#]*)?$/i;

/** The path of a submission below {@link ROOT}. */
export function submissionPath({ product, number }: SubmissionId): string {
  return `/products/${product}/submissions/${number}`;
}

/** A submission at its address: this API has no other operation to ask after. */
export function submissionReference(submission: SubmissionId, endpoint: URL): OperationReference {
  const location = new URL(ROOT + submissionPath(submission), endpoint.origin);
  const submissionId = submissionText(submission);
  const listed = { key: liveKey(submission), submissionId, isListedWhenLive: true } as const;
  return { id: submission.number, location, ...listed, beginsWithinMs: LONGEST_BEGINNING_MS };
}

/** The submission that a location names. A fault for everything else. */
export function readLocation(text: string, { endpoint }: LocationScope): OperationReference | LocationFault {
  const url = URL.parse(text.trim());
  if (url === null) return "is not a URL";
  if (url.origin !== endpoint.origin) return "is on another origin";
  if (url.username !== "" || url.password !== "") return "carries a user name or password";
  const isAsWritten = WRITTEN.exec(text.trim())?.[1] === url.pathname;
  const submission = isAsWritten ? submissionAt(url) : undefined;
  return submission === undefined
    ? "is not written as the address of an operation"
    : submissionReference(submission, endpoint);
}

/** The submission at a location; undefined when there is none of this API. */
export function submissionAt({ pathname }: URL): SubmissionId | undefined {
  const [, product = "", number = ""] = PATH.exec(pathname) ?? [];
  return isSubmissionNumber(number) ? { product: product.toLowerCase(), number } : undefined;
}
