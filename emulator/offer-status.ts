import { type Offer, offerStateAt } from "./offer.ts";
import { type LinkBody, liveLinks, previewLinks } from "./operation-body.ts";
import type { OfferState } from "./plan.ts";
import { type StepBody, describeStep } from "./step.ts";
import { offerSteps } from "./step-table.ts";
import type { StepStatus } from "./vocabulary.ts";

/** An offer's status as the service answers it. */
export interface OfferStatusBody {
  readonly status: string;
  readonly messages: readonly string[];
  readonly steps: readonly StepBody[];
  readonly previewLinks: readonly LinkBody[];
  readonly liveLinks: readonly LinkBody[];
  readonly notificationEmails: string;
}

interface Picture {
  readonly status: string;
  /** So many of the offer's steps are complete; the next one has the status `next`. */
  readonly complete: number;
  readonly next: StepStatus;
}

const pictures = {
  neverPublished: { status: "neverPublished", complete: 0, next: "notStarted" },
  publishing: { status: "running", complete: 1, next: "inProgress" },
  readyForGoLive: { status: "waitingForPublisherReview", complete: 4, next: "waitingForPublisherReview" },
  goingLive: { status: "running", complete: 5, next: "inProgress" },
  live: { status: "succeeded", complete: 6, next: "notStarted" },
} as const satisfies Record<OfferState, Picture>;

/** The offer as `GET …/status` answers it at that time. */
export function offerStatusBody(offer: Offer, nowMs: number): OfferStatusBody {
  const state = offerStateAt(offer, nowMs);
  const picture: Picture = pictures[state];
  return {
    status: picture.status,
    messages: [],
    steps: offerSteps.map((step, index) => {
      const status = index < picture.complete ? "complete" : index === picture.complete ? picture.next : "notStarted";
      return { ...describeStep(step), status, progressPercentage: status === "complete" ? 100 : 0, messages: [] };
    }),
    previewLinks: picture.complete >= 4 ? previewLinks(offer.plan) : [],
    liveLinks: state === "live" ? liveLinks(offer.plan) : [],
    notificationEmails: "releases@contoso.com",
  };
}
