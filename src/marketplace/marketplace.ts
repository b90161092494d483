import type { RequestError } from "../bearer/request-error.ts";
import type { Link, Operation, OperationStatus, Step } from "./operation.ts";

/** What a start is to reach: the public marketplace, or the preview that the publisher looks at before. */
export type Goal = "live" | "preview";

/** The offer that goes live, or is published to preview. */
export interface Offer {
  readonly publisherId: string;
  readonly offerId: string;
}

/** Where an operation can be asked after. */
export interface OperationReference {
  readonly id: string;
  /** Absolute, on the marketplace's own origin. */
  readonly location: URL;
  /** What the offer's list shows it under, spelt in one way: compared before and after a start. */
  readonly key: string;
  /** The submission that it brings to the marketplace, where the API tells. */
  readonly submissionId?: string;
  /** Which state of the offer that one shows, where the service counts them. */
  readonly version?: PreviewVersion;
  /** Set when later operations of the offer are found at the same place, so that it may still show an earlier one. */
  readonly isShared?: true;
  /** Set when the offer's list shows for certain what has reached its goal: a success that it does not show is none. */
  readonly isListedWhenLive?: true;
  /** What it brings the offer to, where the place itself says it. */
  readonly goal?: Goal;
  /** How soon what was accepted must have begun, in milliseconds; undefined: it may wait for ever. */
  readonly beginsWithinMs?: number;
}

/** An operation as the list of an offer shows it. */
export interface Submission {
  readonly id: string;
  readonly status: OperationStatus;
  readonly statusWord: string;
  readonly isKnownWord: boolean;
  /** False only for an entry that says of itself that it is a publish to preview. */
  readonly isGoLive: boolean;
  /** Whether it may be a publish to preview. Default: what is no go-live is one. */
  readonly isPublish?: boolean;
  /** When the entry last changed, by the service's own clock, in milliseconds since the epoch; undefined: not told. */
  readonly changedAtMs: number | undefined;
  readonly reference: OperationReference;
}

/** How an offer stood at one moment, however many questions it took to find out. */
export interface Standing {
  /** All the operations of the offer. */
  readonly submissions: readonly Submission[];
  /**
   * That moment by the service's own clock (`Date`), in milliseconds since the epoch, as the last answer named it.
   * Undefined when the service names none.
   */
  readonly serviceTimeMs: number | undefined;
  /** Whether a start for each goal would be accepted now; the list is read, and the rest could not be: not told. */
  readonly readiness: Readonly<Record<Goal, Readiness | NotTold>>;
  /** What the offer as a whole says against the claim that its last go-live has succeeded. */
  readonly objection: Objection | undefined;
  /** Set when nothing could tell that the product which the inputs name is that of the offer. */
  readonly uncheckedProduct?: UncheckedProduct;
}

/** A product that is taken for the offer's because the inputs say so. */
export interface UncheckedProduct {
  readonly productId: string;
  /** What its own address answered; undefined: it names no offer. */
  readonly error: RequestError | undefined;
}

/** Which state of the offer a preview shows, as the service counts them. */
export interface PreviewVersion {
  /** Rises with each publish to preview. */
  readonly publishingVersion?: number;
  readonly offerVersion?: number;
}

/** What was looked at and may be started: handed on as it is, and at the most compared with what is looked at later. */
export interface Candidate {
  /**
   * The preview that goes live; undefined where nobody can tell, and the service takes whichever stands, and for a publish,
   * which makes one.
   */
  readonly submissionId: string | undefined;
  readonly version?: PreviewVersion;
  /** Where it can be looked at, as the service says: untrusted. */
  readonly previewLinks?: readonly Link[];
  /** Set when the inputs name it and no request can: it is looked at again before each sending. */
  readonly isLookedAtEachTime?: true;
  /** What the list will show its go-live under, where that is known before. */
  readonly key?: string;
  /** The ids of all submissions that were there before a publish, where the one that it makes is told by that alone. */
  readonly before?: readonly string[];
  /** Since when it stands, in milliseconds since the epoch, where that is told. */
  readonly sinceMs?: number;
}

/** Whether a start would be accepted now, and why not. */
export type Readiness =
  /** `preview` is a publish to preview that runs all the same. */
  { readonly kind: "ready"; readonly candidate: Candidate; readonly preview: Submission | undefined } | Obstacle;

/** Why no start would be accepted now. */
export type Obstacle =
  | { readonly kind: "goLiveRuns"; readonly goLive: Submission }
  /** `tellsSteps`: how far it has come can be asked after at its reference. */
  | { readonly kind: "previewRuns"; readonly preview: Submission; readonly tellsSteps?: true }
  | { readonly kind: "neverPublished" }
  /** The offer is at work, and its list does not say at what. */
  | { readonly kind: "busy"; readonly signOff: Step | undefined }
  /** No preview waits for the publisher. */
  | { readonly kind: "notWaiting"; readonly stage: OfferStage; readonly signOff: Step | undefined }
  /** The account shows no such offer. */
  | { readonly kind: "noSuchOffer" }
  /** Several products have the offer's id. */
  | { readonly kind: "severalProducts"; readonly productIds: readonly string[] }
  /** Not the product that the inputs name has the offer's id, but those. */
  | { readonly kind: "otherProduct"; readonly productIds: readonly string[] }
  /** The service refuses to look the offer up. */
  | { readonly kind: "needsProductId" }
  /** The product that the inputs name is that of another offer. */
  | { readonly kind: "otherOffer"; readonly offerId: string }
  /** Offers of that type go live through another API. */
  | { readonly kind: "otherType"; readonly type: string }
  | { readonly kind: "previewFailed"; readonly submissionId: string }
  | { readonly kind: "goLiveFailed"; readonly submissionId: string }
  /** What is live and what stands in preview are the same. */
  | { readonly kind: "alreadyLive"; readonly submissionId: string }
  /** Several previews are ready, and the inputs name none. */
  | { readonly kind: "ambiguous"; readonly submissionIds: readonly string[] }
  /** Not the submission that the inputs name stands in preview, or goes live, but those. */
  | { readonly kind: "otherSubmission"; readonly wanted: string; readonly found: readonly string[] }
  /** Nobody can tell whether the submission that the inputs name stands in preview, or goes live. */
  | { readonly kind: "untoldSubmission"; readonly wanted: string; readonly found: readonly string[] }
  /** Another preview stands now than the one that was looked at. */
  | { readonly kind: "replaced"; readonly candidate: Candidate }
  | { readonly kind: "unknownWord"; readonly word: string }
  /** This API cannot publish what was changed as a whole: a submission is put together from its parts. */
  | { readonly kind: "cannotPublish" };

/** A question that found no answer. */
export interface NotTold {
  readonly kind: "notTold";
  readonly error: RequestError;
}

/** How far an offer has come. */
export type OfferStage =
  "neverPublished" | "notStarted" | "waitingForPublisherReview" | "running" | "succeeded" | "canceled" | "failed";

/** What speaks against a success. */
export type Objection =
  /** The offer still waits for what a go-live gives: the publisher's sign-off. */
  | { readonly kind: "signOffWaits"; readonly stageWord: string }
  | { readonly kind: "neverPublished" }
  /** The last operation of the offer failed or was canceled. */
  | { readonly kind: "offerFailed"; readonly stageWord: string };

/**
 * What came of sending a go-live once. Only `notSent` and `refused` are certain, but for a refusal that says otherwise;
 * after `unclear` the go-live may have been started.
 */
export type StartAnswer =
  | {
      readonly kind: "accepted";
      readonly reference: OperationReference;
      /** What to say where the reference turns out to be that of an operation from before. */
      readonly misplaced: UnclearAnswer;
    }
  | UnclearAnswer
  | {
      readonly kind: "notSent";
      readonly error: RequestError;
      /** Set when nothing may be sent again before a look. */
      readonly looksFirst?: true;
    }
  | {
      readonly kind: "refused";
      readonly error: RequestError;
      /** Whether the reason may be that a go-live runs already. */
      readonly mayMeanRunning: boolean;
      /** When to look for it, in milliseconds from the answer. */
      readonly looksMs: readonly number[];
      /** Set when a refusal is no proof: of what was sent and is seen on its way nobody can tell who started it. */
      readonly mayBeUntrue?: true;
    };

/** What leaves open whether a go-live was started. */
export interface UnclearAnswer {
  readonly kind: "unclear";
  readonly error: RequestError;
  /** Whether the service said that it took the go-live, and only where it lives is not known. */
  readonly wasAccepted: boolean;
  /** When to look for it, in milliseconds from the answer: for longer than the service's lists are known to lag. */
  readonly looksMs: readonly number[];
  /** What it means that the offer shows none of it then, and is ready for a start as before. */
  readonly whenAbsent: "sendAgain" | "unknown";
}

/** One look at an operation. */
export interface OperationAnswer {
  readonly operation: Operation;
  /** How long the service asks to wait before the next look, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * What a service said to the wish to have an operation cancelled: it is done, it takes a while, it is too late, or this
 * service cannot cancel it.
 */
export type CancelAnswer = "done" | "underWay" | "tooLate" | "impossible";

/**
 * A marketplace, seen from one offer. Every method throws a `RequestError` when a request fails; `start` returns it
 * instead, because what is thrown is easily lost. What changes anything is sent once and alone.
 */
export interface Marketplace {
  /** How the offer stands; a list that cannot be read to its end is an error. */
  look(signal: AbortSignal): Promise<Standing>;
  /** Starts exactly what was looked at: sends at most one request that changes anything. */
  start(goal: Goal, candidate: Candidate, signal: AbortSignal): Promise<StartAnswer>;
  /** One look at an operation. */
  operation(reference: OperationReference, signal: AbortSignal): Promise<OperationAnswer>;
  /**
   * Asks the service to cancel an operation that this run has started. Sends a second request where the form of the
   * first was turned away.
   */
  cancel(reference: OperationReference, signal: AbortSignal): Promise<CancelAnswer>;
}
