/** A submission of a product, as two of the APIs share them. Its number has up to 19 digits, so it stays a text. */
export interface SubmissionId {
  /** The product's GUID, in lower case. */
  readonly product: string;
  readonly number: string;
}

const WRITTEN = /^submission\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d+)$/i;

/** Whether a text is the number of a submission; that of the draft, 0, is none. */
export function isSubmissionNumber(text: string): boolean {
  return /^(?!0+$)\d{1,30}$/.test(text);
}

/** The submission that a text such as `submission/<guid>/<number>` names; undefined when it names none, or the draft. */
export function readSubmissionId(text: string): SubmissionId | undefined {
  const [, product, number] = WRITTEN.exec(text) ?? [];
  if (product === undefined || number === undefined || !isSubmissionNumber(number)) return undefined;
  return { product: product.toLowerCase(), number };
}

const NAMED = /^(?:submission\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/)?(\d{1,30})$/i;

/** What a text names that people write: a submission, by its number or its whole id, or the draft, or neither. */
export function readSubmissionForm(text: string): "submission" | "draft" | "neither" {
  const [, number] = NAMED.exec(text) ?? [];
  if (number === undefined) return "neither";
  return /^0+$/.test(number) ? "draft" : "submission";
}

/** The id as people and the Product Ingestion API write it. */
export function submissionText({ product, number }: SubmissionId): string {
  return `submission/${product}/${number}`;
}

/** What a list shows a submission under that is live or goes live: its id stays the same from preview to live. */
export function liveKey(submission: SubmissionId): string {
  return `live ${submissionText(submission)}`;
}

/** What a list shows a submission under that stands in preview, or is on its way there. */
export function previewKey(submission: SubmissionId): string {
  return `preview ${submissionText(submission)}`;
}

/** The submission that the inputs name: a number alone is one of that product. */
export function submissionOf(text: string | undefined, product: string): SubmissionId | undefined {
  if (text === undefined) return undefined;
  return readSubmissionId(text) ?? { product, number: text };
}

/** Whether two are one and the same. */
export function isSameSubmission(one: SubmissionId, other: SubmissionId): boolean {
  return one.product === other.product && one.number === other.number;
}
