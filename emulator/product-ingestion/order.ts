import type { Behaviour } from "./behaviour.ts";
import { isCarriedOut, stateAt } from "./job.ts";
import { type Product, isBusyAt, liveNumberAt } from "./product.ts";
import type { JobTarget } from "./vocabulary.ts";

/** What is to be done with a product. */
export interface JobOrder {
  readonly target: JobTarget;
  /** The number of the submission to push; a publish to preview makes a new one. */
  readonly number: string | undefined;
  readonly lifecycleState: string;
}

/** What is said of each refusal. `noSubmission`, `busy` and `notLatest` were seen; the others are in their spirit. */
export const orderRefusals = {
  noSubmission: {
    code: "businessValidationError",
    message: "Expected a submission id that isn't null or 0 since target type is Live",
  },
  unknownSubmission: { code: "resourceNotFound", message: "The submission does not exist" },
  busy: { code: "invalidState", message: "An In Progress submission already exists" },
  notLatest: { code: "invalidState", message: "The submission cannot be pushed to as its not the latest" },
  notReady: { code: "invalidEntityStatus", message: "The submission has not passed its publish to preview" },
  alreadyLive: { code: "invalidState", message: "The submission is live already" },
  noDraft: { code: "resourceNotFound", message: "The product has no draft to publish" },
} as const satisfies Record<string, { readonly code: string; readonly message: string }>;

/** Why an order is refused. */
export type OrderRefusal = keyof typeof orderRefusals;

/** Why the order cannot be carried out at that time; undefined when it can. */
export function refuseOrder(
  product: Product,
  { target, number }: JobOrder,
  nowMs: number,
  behaviour: Pick<Behaviour, "secondPush">,
): OrderRefusal | undefined {
  if (target === "live") return refusePush(product, number, nowMs, behaviour);
  if (!(product.plan.hasDraft ?? true)) return "noDraft";
  return isBusyAt(product, nowMs) ? "busy" : undefined;
}

function refusePush(
  product: Product,
  number: string | undefined,
  nowMs: number,
  { secondPush }: Pick<Behaviour, "secondPush">,
): OrderRefusal | undefined {
  if (number === undefined || number === "0") return "noSubmission";
  const previews = product.jobs.filter((job) => job.target === "preview" && isCarriedOut(job));
  const preview = previews.find((job) => job.number === number);
  if (preview === undefined) return "unknownSubmission";
  if (isBusyAt(product, nowMs) && secondPush === "refused") return "busy";
  if (preview !== previews.at(-1) || product.withdrawnAtMs.has(number)) return "notLatest";
  if (stateAt(preview, nowMs) !== "succeeded") return "notReady";
  return liveNumberAt(product, nowMs) === number && secondPush === "refused" ? "alreadyLive" : undefined;
}
