import type { RequestError } from "../bearer/request-error.ts";
import type { Contradiction } from "./contradiction.ts";
import type { Candidate, NotTold, Readiness, Submission, UncheckedProduct } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Followed } from "./outcome.ts";

/** Something that a person following the run may want to know, told at the moment it happens. */
export type GoLiveEvent =
  | { readonly kind: "previewRuns"; readonly submission: Submission }
  | { readonly kind: "unknownListWord"; readonly word: string }
  /** Nothing could tell that the product which the inputs name is the offer's: it is taken for it. */
  | { readonly kind: "productUnchecked"; readonly product: UncheckedProduct }
  | { readonly kind: "sending"; readonly sendings: number; readonly candidate: Candidate }
  /** The go-live may have been started, and the list is about to be read to find out. */
  | {
      readonly kind: "unclearSending";
      readonly error: RequestError;
      readonly wasAccepted: boolean;
      /** How long it will be read, in milliseconds. */
      readonly forMs: number;
    }
  /** The go-live is sent again after a pause; `isInferred`: it may have been started, but has left no trace. */
  | {
      readonly kind: "sendingAgain";
      readonly error: RequestError;
      readonly pauseMs: number;
      readonly isInferred: boolean;
    }
  /** The list shows no go-live, but the offer does not show either that it waits for the same one as before. */
  | { readonly kind: "notSentAgain"; readonly readiness: Readiness | NotTold }
  /** The offer is at work, and nothing tells at what: it may be a go-live that is not listed yet. */
  | { readonly kind: "busy" }
  /** A question was not answered; it is asked again after a pause. */
  | { readonly kind: "retrying"; readonly error: RequestError; readonly pauseMs: number }
  | { readonly kind: "following"; readonly followed: Followed }
  | { readonly kind: "observed"; readonly operation: Operation; readonly waitedMs: number }
  /** The place shows an operation that has ended, which may be one from before the go-live. */
  | { readonly kind: "mayBeEarlier"; readonly operation: Operation }
  /** The operation says that it succeeded, and something else that it cannot be so: it is looked at again. */
  | { readonly kind: "doubted"; readonly contradiction: Contradiction }
  /** The operation is not where it is said to be; what the list says of it is followed instead. */
  | { readonly kind: "followingList" }
  /** The service asks to wait longer than otherwise; `pauseMs` is how long it is left alone. */
  | { readonly kind: "pauseAsked"; readonly askedMs: number; readonly pauseMs: number }
  /** How the offer stands, while it is waited for to be ready. */
  | { readonly kind: "stands"; readonly readiness: Readiness }
  /** A publish to preview that is waited for. */
  | { readonly kind: "publishObserved"; readonly operation: Operation }
  /** A pause is long: a sign of life. */
  | { readonly kind: "waiting" }
  | { readonly kind: "unanswered"; readonly error: RequestError };

/** Told of every event. Must not throw. */
export type Observer = (event: GoLiveEvent) => void;
