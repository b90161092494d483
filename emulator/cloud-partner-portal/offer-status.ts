import type { ResolvedBehaviour } from "./behaviour.ts";
import { type Offer, offerStateAt } from "./offer.ts";
import { type LinkBody, liveLinks, previewLinks } from "./operation-body.ts";
import { type Operation, endOf, statusAt } from "./operation.ts";
import type { OfferState, StepPlan } from "./plan.ts";
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

/** The state that is shown instead of `live` after a go-live. */
const statesAfterSuccess = {
  succeeded: "live",
  waiting: "readyForGoLive",
  running: "goingLive",
} as const satisfies Record<ResolvedBehaviour["statusAfterSuccess"], OfferState>;

/** The offer as `GET …/status` answers it at that time. */
export function offerStatusBody(offer: Offer, nowMs: number, behaviour: ResolvedBehaviour): OfferStatusBody {
  const state = shownStateAt(offer, nowMs, behaviour);
  const picture: Picture = pictures[state];
  const isMigrated = behaviour.offerStatus === "migrated" && state === "readyForGoLive";
  return {
    status: isMigrated ? "running" : picture.status,
    messages: [],
    steps: offerSteps.map((step, index) => {
      const status = index < picture.complete ? "complete" : index === picture.complete ? picture.next : "notStarted";
      return {
        ...describeStep(isMigrated ? migratedStep(step) : step),
        status,
        progressPercentage: status === "complete" ? 100 : 0,
        messages: [],
      };
    }),
    previewLinks: picture.complete >= 4 ? previewLinks(offer.plan) : [],
    liveLinks: state === "live" ? liveLinks(offer.plan) : [],
    notificationEmails: "releases@contoso.com",
  };
}

/** A client met the id in the place of the name. */
function migratedStep(step: StepPlan): StepPlan {
  return step.id === "publisher-signoff" ? { ...step, stepName: step.id } : step;
}

/** The state as the service shows it, which may lag behind the truth or never reach it. */
function shownStateAt(offer: Offer, nowMs: number, behaviour: ResolvedBehaviour): OfferState {
  const operations = offer.operations.filter((operation) => nowMs >= operation.statusFromMs);
  const state = offerStateAt({ ...offer, operations }, nowMs);
  const isSuccess = (each: Operation): boolean => each.slot === "production" && statusAt(each, nowMs) === "succeeded";
  const goLive = operations.slice(offer.historyLength).findLast(isSuccess);
  if (state !== "live" || goLive === undefined) return state;
  const wrongUntilMs = endOf(goLive).atMs + behaviour.statusAfterSuccessMs;
  return nowMs < wrongUntilMs ? statesAfterSuccess[behaviour.statusAfterSuccess] : state;
}
