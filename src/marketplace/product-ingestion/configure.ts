import type { Goal } from "../marketplace.ts";
import { type SubmissionId, submissionText } from "../submission-id.ts";

const SCHEMAS = "https://schema.mp.microsoft.com/schema";

/** The body that pushes a submission live. */
export function pushBody(submission: SubmissionId, version: string): string {
  return configureBody({ id: submissionText(submission), ...towards(submission.product, "live") }, version);
}

/** The body that publishes a product to preview; without an id that is the whole draft. */
export function publishBody(product: string, version: string): string {
  return configureBody(towards(product, "preview"), version);
}

function towards(product: string, targetType: Goal) {
  return { product: `product/${product}`, target: { targetType } };
}

/** Exactly these members and no other: with `lifecycleState` the same request takes the product off the marketplace. */
function configureBody(about: object, version: string): string {
  const resource = { $schema: `${SCHEMAS}/submission/${version}`, ...about };
  return JSON.stringify({ $schema: `${SCHEMAS}/configure/${version}`, resources: [resource] });
}
