import type { RequestError } from "../bearer/request-error.ts";
import type { Baseline } from "./baseline.ts";
import type { Contradiction } from "./contradiction.ts";
import type { Goal, Obstacle, Offer, OperationReference } from "../marketplace/marketplace.ts";
import type { Operation, OperationStatus } from "../marketplace/operation.ts";
import { offerName } from "../marketplace/offer-name.ts";
import { GOAL_NAMES } from "../marketplace/goal.ts";

/**
 * How the action came to the operation that it follows: the service named it when it was started, it was found after an
 * unclear answer, it may be what was found then or somebody else's, it ran already, or the inputs name it.
 */
export type Origin = "started" | "found" | "doubtful" | "adopted" | "watched";

/** An operation that is being followed. */
export interface Followed {
  readonly reference: OperationReference;
  readonly origin: Origin;
  /** How the offer stood before this run sent the go-live; undefined when it sent none. */
  readonly baseline?: Baseline;
  /** Set when the list in which it was found says that it has ended. */
  readonly isListedAsEnded?: true;
}

/** What was last seen of an operation, and when (milliseconds since the epoch). */
export interface Sighting {
  readonly operation: Operation;
  readonly atMs: number;
}

/** How it all ended; every kind says one thing that a person has to know. */
export type Outcome =
  /** The operation's own status ended it. */
  | (Followed & {
      readonly kind: "ended";
      readonly status: "succeeded" | "failed" | "canceled";
      readonly operation: Operation;
    })
  /** It runs, and nobody wanted to wait. */
  | (Followed & {
      readonly kind: "underWay";
      readonly status: OperationStatus;
      readonly operation: Operation | undefined;
    })
  /** The time to wait was over. */
  | (Followed & {
      readonly kind: "deadline";
      readonly status: OperationStatus | "unknown";
      readonly sighting: Sighting | undefined;
      readonly error: Error | undefined;
      /** Set when it was seen at work, and the inputs say to leave it to a later run then. */
      readonly isLeft?: true;
    })
  /** The run was cancelled while the operation was followed. */
  | (Followed & {
      readonly kind: "interrupted";
      readonly status: OperationStatus | "unknown";
      readonly sighting: Sighting | undefined;
    })
  /** The operation cannot be observed any more. */
  | (Followed & {
      readonly kind: "lost";
      readonly status: "unknown";
      readonly sighting: Sighting | undefined;
      readonly error: Error;
    })
  /** The operation says that it succeeded, and something else of the service that it cannot be so. */
  | (Followed & {
      readonly kind: "contradicted";
      readonly status: "unknown";
      readonly operation: Operation;
      readonly contradiction: Contradiction;
    })
  /** Nothing was started, for certain. */
  | {
      readonly kind: "notStarted";
      readonly status: "rejected";
      readonly error: Error;
      /** Set when a sending was unclear, and it is the list of operations that shows no go-live. */
      readonly isInferred?: true;
    }
  /** A go-live was sent, and nobody can tell whether it was started. */
  | {
      readonly kind: "unclear";
      readonly status: "unknown";
      readonly error: Error;
      /** How the offer stood before; undefined where nothing that shows now could be claimed for what was sent. */
      readonly baseline?: Baseline;
    };

/** Another go-live of the offer, or another publish, runs, and the inputs say not to follow it. */
export class AlreadyRunningError extends Error {
  override readonly name = "AlreadyRunningError";
  readonly offer: Offer;
  readonly reference: OperationReference;
  readonly goal: Goal;

  constructor(offer: Offer, reference: OperationReference, goal: Goal = "live") {
    super(`a ${GOAL_NAMES[goal]} of ${offerName(offer)} is already running`);
    this.offer = offer;
    this.reference = reference;
    this.goal = goal;
  }
}

/** The offer does not wait for a go-live, or cannot be published now, so nothing was sent. */
export class NotReadyError extends Error {
  override readonly name = "NotReadyError";
  readonly obstacle: Obstacle;

  constructor(offer: Offer, obstacle: Obstacle) {
    super(`${offerName(offer)} is not ready to go live: ${obstacle.kind}`);
    this.obstacle = obstacle;
  }
}

/** The operation that the inputs name brings the offer to another goal than the one that they name. */
export class NotGoLiveError extends Error {
  override readonly name = "NotGoLiveError";
  readonly offer: Offer;
  readonly reference: OperationReference;
  /** What the inputs ask for. */
  readonly goal: Goal;

  constructor(offer: Offer, reference: OperationReference, goal: Goal = "live") {
    super(`the operation of ${offerName(offer)} is a ${GOAL_NAMES[goal === "live" ? "preview" : "live"]}`);
    this.offer = offer;
    this.reference = reference;
    this.goal = goal;
  }
}

/** The run was cancelled before a go-live was sent, or before its answer came. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  constructor() {
    super("the run was cancelled");
  }
}

/** The end that the operation names and the rest of the service contradicts. */
export function contradictedOutcome(of: Followed, operation: Operation, contradiction: Contradiction): Outcome {
  return { ...of, kind: "contradicted", status: "unknown", operation, contradiction };
}

/** The end of what can be observed. */
export function lostOutcome(of: Followed, error: RequestError, sighting: Sighting | undefined): Outcome {
  return { ...of, kind: "lost", status: "unknown", sighting, error };
}

/** Whether the step should fail: everything but a success and a go-live that was left at work on purpose. */
export function isFailure(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case "ended":
      return outcome.status !== "succeeded";
    case "underWay":
      return false;
    case "deadline":
      return outcome.isLeft !== true;
    case "interrupted":
    case "lost":
    case "contradicted":
    case "notStarted":
    case "unclear":
      return true;
  }
}

/** Whether the cancelled run cut the matter short, so that the post phase has something left to do. */
export function wasInterrupted(outcome: Outcome): boolean {
  return outcome.kind === "interrupted" || (outcome.kind === "unclear" && outcome.error instanceof InterruptedError);
}

/** The followed operation, where there is one. */
export function followed(outcome: Outcome): Followed | undefined {
  switch (outcome.kind) {
    case "ended":
    case "underWay":
    case "deadline":
    case "interrupted":
    case "lost":
    case "contradicted":
      return outcome;
    case "notStarted":
    case "unclear":
      return undefined;
  }
}

const STARTED_HERE = {
  started: true,
  found: true,
  doubtful: false,
  adopted: false,
  watched: false,
} as const satisfies Record<Origin, boolean>;

/** Whether it was this step that started the operation, rather than somebody or something else before. */
export function wasStartedHere({ origin }: Pick<Followed, "origin">): boolean {
  return STARTED_HERE[origin];
}
