import type { EndedStatus, Slot } from "./vocabulary.ts";

/** How far an offer has come when the emulator starts. */
export type OfferState = "neverPublished" | "publishing" | "readyForGoLive" | "goingLive" | "live";

/** One offer, and how its go-lives will go. */
export interface OfferPlan {
  readonly publisherId: string;
  readonly offerId: string;
  /** Default `readyForGoLive`: published, its preview waiting for the publisher's sign-off. */
  readonly state?: OfferState;
  /** How go-lives started from now on will go. */
  readonly goLive?: OperationPlan;
  /** How publishes to preview started from now on will go. */
  readonly publish?: OperationPlan;
  /**
   * How the operation goes that runs already when the emulator starts: the publish of `publishing` (default: it never
   * ends) or the go-live of `goingLive` (default: as `goLive`).
   */
  readonly running?: OperationPlan;
  /**
   * Earlier submissions that have ended, oldest first. Default: a completed publish (unless it was never published or
   * is publishing for the first time) and, when live, a completed go-live.
   */
  readonly history?: readonly EndedSubmissionPlan[];
  /** Publishes to preview that somebody starts later, each unless something runs by then. Default none. */
  readonly publishes?: readonly PublishPlan[];
}

/** How a publish to preview goes that is started later. */
export interface PublishPlan extends OperationPlan {
  /** How long after the start of the emulator, in milliseconds. */
  readonly afterMs: number;
}

/** One submission that ended before the emulator started. */
export interface EndedSubmissionPlan extends ListingPlan {
  readonly slot: Slot;
  /** Default `succeeded`. */
  readonly outcome?: EndedStatus;
  /** How long before the start it ended, in milliseconds. Default one day. */
  readonly endedAgoMs?: number;
  /** How long it ran, in milliseconds. Default one hour. */
  readonly durationMs?: number;
}

/** From which answer of its offer's list on, counted from 1, an operation is shown. A further page counts as no answer. */
export interface ListingPlan {
  /** Default 1. */
  readonly listedFromNth?: number;
  /** From which answer on its entry names its slot. Default 1. */
  readonly slotFromNth?: number;
}

/** How one operation will go. */
export interface OperationPlan extends ListingPlan {
  /** From its start (after `Behaviour.notStartedMs`) to its end, in milliseconds. `Infinity`: never. Default 60,000. */
  readonly durationMs?: number;
  /** Default `succeeded`. */
  readonly outcome?: EndedStatus;
  /** The `error` of a failed operation: one, several, or none. Default: one about certification. */
  readonly error?: ErrorPlan | readonly ErrorPlan[] | "none";
  /** Default: the steps of the reference for the operation's slot. */
  readonly steps?: readonly StepPlan[];
}

/** One error, and those it comes from. */
export interface ErrorPlan {
  readonly code: string;
  readonly message: string;
  readonly details?: readonly ErrorPlan[];
}

/** One step of an operation. */
export interface StepPlan {
  readonly id: string;
  readonly stepName: string;
  readonly description?: string;
  /** Free text of the service, such as `~2-5 days`. */
  readonly estimatedTimeFrame?: string;
  /** Its part of the operation's duration, relative to the other steps' parts. Default 1. */
  readonly share?: number;
  /** From this share of the step's own time (0 to 1) it is `blocked`, while its operation stays running. */
  readonly blockedFrom?: number;
  /** Until this share of the step's own time (0 to 1). Default 1, when `blockedFrom` is given. */
  readonly blockedUntil?: number;
  /** The step at which a failed operation ends, and the word it ends with. Default: the last step, `failed`. */
  readonly ending?: "failed" | "rejected";
  /** Its `error`, from then on when it has failed or was rejected. Default none. */
  readonly error?: ErrorPlan;
  readonly messages?: readonly StepMessagePlan[];
}

/** One message of a step. */
export interface StepMessagePlan {
  readonly messageHtml: string;
  readonly level: "information" | "warning" | "error";
  /** It appears at this share of the step's own time (0 to 1). Default 0. */
  readonly atShare?: number;
}
