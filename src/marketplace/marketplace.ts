import type { RequestError } from "../bearer/request-error.ts";
import type { Operation, OperationStatus, Step } from "./operation.ts";

/** The offer that goes live. */
export interface Offer {
  readonly publisherId: string;
  readonly offerId: string;
}

/** Where an operation can be asked after. */
export interface OperationReference {
  readonly id: string;
  /** Absolute, on the marketplace's own origin. */
  readonly location: URL;
  /** Set when later operations of the offer are found at the same place, so that it may still show an earlier one. */
  readonly isShared?: true;
}

/** All the operations of an offer, as they stood at one moment. */
export interface SubmissionList {
  readonly entries: readonly Submission[];
  /**
   * That moment by the service's own clock (`Date`), in milliseconds since the epoch; of a list that came in several
   * answers the first. Undefined when the service names none.
   */
  readonly serviceTimeMs: number | undefined;
}

/** An operation as the list of an offer shows it. */
export interface Submission {
  readonly id: string;
  readonly status: OperationStatus;
  readonly statusWord: string;
  readonly isKnownWord: boolean;
  /** False only for an entry that says of itself that it is a publish to preview. */
  readonly isGoLive: boolean;
  /** When the entry last changed, by the service's own clock, in milliseconds since the epoch; undefined: not told. */
  readonly changedAtMs: number | undefined;
  readonly reference: OperationReference;
}

/** How far an offer has come. */
export type OfferStage =
  "neverPublished" | "notStarted" | "waitingForPublisherReview" | "running" | "succeeded" | "canceled" | "failed";

/** The status of an offer as a whole, as it was at one moment. */
export interface OfferStatus {
  /** Undefined when the service's word is in no table. */
  readonly stage: OfferStage | undefined;
  readonly stageWord: string;
  /** The step that waits for the publisher to sign the preview off, where the service shows it. */
  readonly signOff: Step | undefined;
}

/**
 * What came of sending a go-live once. Only `notSent` and `refused` are certain; after `unclear` the go-live may have
 * been started.
 */
export type StartAnswer =
  | {
      readonly kind: "accepted";
      readonly reference: OperationReference;
      /** What to say where the reference turns out to be that of an operation from before. */
      readonly misplaced: RequestError;
    }
  | {
      readonly kind: "unclear";
      readonly error: RequestError;
      /** Whether the service said that it took the go-live, and only where it lives is not known. */
      readonly wasAccepted: boolean;
    }
  | { readonly kind: "notSent"; readonly error: RequestError }
  | { readonly kind: "refused"; readonly error: RequestError };

/** One look at an operation. */
export interface OperationAnswer {
  readonly operation: Operation;
  /** How long the service asks to wait before the next look, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * A marketplace, seen from one offer. Every method throws a `RequestError` when a request fails; `start` returns it
 * instead, because what is thrown is easily lost. What changes anything is sent once and alone.
 */
export interface Marketplace {
  /** All the operations of the offer, as they stand; a list that cannot be read to its end is an error. */
  submissions(signal: AbortSignal): Promise<SubmissionList>;
  /** How far the offer has come. */
  offerStatus(signal: AbortSignal): Promise<OfferStatus>;
  /** Sends the go-live, once. */
  start(signal: AbortSignal): Promise<StartAnswer>;
  /** One look at an operation. */
  operation(reference: OperationReference, signal: AbortSignal): Promise<OperationAnswer>;
  /**
   * Asks the service to cancel what runs for the offer, whoever has started it; returns the status of its answer. Sends a
   * second request where the form of the first was turned away.
   */
  cancel(signal: AbortSignal): Promise<number>;
}
