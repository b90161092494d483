import { type ListBehaviour, defaultListBehaviour } from "./list-behaviour.ts";
import type { OperationStatus } from "./vocabulary.ts";

/** What the reference leaves open, or has more than one spelling for. */
export interface Behaviour
  extends GoLiveBehaviour, PublishBehaviour, OperationBehaviour, OfferStatusBehaviour, ListBehaviour {
  /** Which headers name a request for Microsoft's support. Default `both`. */
  readonly requestIds: "both" | "correlationOnly" | "none";
  /** How far the service's clock, which `Date` and all its times go by, is ahead, in milliseconds. Default 0. */
  readonly clockOffsetMs: number;
}

/** How a go-live and a cancel are answered. */
export interface GoLiveBehaviour {
  /** The status of an accepted go-live. Default 202. */
  readonly acceptedStatus: 200 | 201 | 202 | 204 | 303;
  /**
   * Where an acceptance says the operation lives: an absolute `Operation-Location` without api-version, a relative
   * `Location` of an offer that was migrated to Partner Center, one of an offer that was not, or nowhere. The others
   * are wrong: the newest operation of another offer or another publisher (which need not exist), and a path that is
   * no operation. Default `migrated`.
   */
  readonly location: "absolute" | "migrated" | "notMigrated" | "none" | "otherOffer" | "otherPublisher" | "noOperation";
  /** What a go-live answers while one runs: 409, 400 or an acceptance of another. Default `conflict`. */
  readonly secondGoLive: "conflict" | "badRequest" | "accepted";
  /** From a cancel to the operation being canceled, in milliseconds. Default 60,000: one to three minutes were seen. */
  readonly cancelMs: number;
  /** Whether a cancel without a body is refused with 400. Default `optional`: without one was seen to work. */
  readonly cancelBody: "optional" | "required";
  /** The status of an accepted cancel; 200 comes without a location. Default 202. */
  readonly cancelStatus: 200 | 202;
}

/** How a publish to preview is answered. */
export interface PublishBehaviour {
  /** Whether a publish without addresses for notifications is refused with 400. Default `optional`. */
  readonly publishBody: "optional" | "required";
  /** What a publish answers while another operation runs: 409, 400 or an acceptance of another. Default `conflict`. */
  readonly secondPublish: "conflict" | "badRequest" | "accepted";
  /**
   * How a publish shows that its preview waits for the publisher: it is completed; it goes on running, and its own step
   * waits for the sign-off; its status has that word; or it goes on running with nothing left to do, and only the status
   * of the offer tells. Default `completed`.
   */
  readonly publishAtEnd: "completed" | "stepWaits" | "statusWaits" | "offerWaits";
}

/** How an operation is answered. */
export interface OperationBehaviour {
  /** Whether an operation is answered bare, or as an array with one object (as in the reference's sample). */
  readonly body: "object" | "array";
  /** The service's words for an operation's status. */
  readonly words: Partial<Readonly<Record<OperationStatus, string>>>;
  /**
   * The `id` in the answer: none, the operation's own, or `other`: another operation is answered instead, the one
   * before, or the same under another id where there is none. Default `none`.
   */
  readonly operationId: "none" | "own" | "other";
  /** The status of a go-live's last step once the go-live has succeeded. Default `complete`. */
  readonly liveStepAtEnd: "complete" | "failed" | "notStarted";
  /** How long after its acceptance a new operation answers 404, in milliseconds. */
  readonly operationLagMs: number;
  /**
   * How long after a go-live's acceptance the address of an offer that was not migrated still shows the latest publish
   * to preview, in milliseconds. More than 0 shows it also before any go-live. Default 0.
   */
  readonly sharedShowsPreviewMs: number;
  /** How long after its acceptance a new operation has not started, in milliseconds; its duration counts from then. */
  readonly notStartedMs: number;
  /** The `Retry-After` of an acceptance and of an operation that has not ended. Default: the header is absent. */
  readonly pollRetryAfter?: string;
}

/** How the status of an offer is answered. */
export interface OfferStatusBehaviour {
  /** How long after its acceptance a new operation leaves the offer's status as it was, in milliseconds. Default 0. */
  readonly statusLagMs: number;
  /** `migrated`: an offer that waits for the publisher's sign-off is `running`, only that step, named by its id, waits. */
  readonly offerStatus: "plain" | "migrated";
  /** What the status says after a go-live has succeeded: that, or that it waits for the sign-off, or that it runs. */
  readonly statusAfterSuccess: "succeeded" | "waiting" | "running";
  /** How long it says so, in milliseconds. Default `Infinity`. */
  readonly statusAfterSuccessMs: number;
}

/** Behaviour with a word for every status. */
export interface ResolvedBehaviour extends Behaviour {
  readonly words: Readonly<Record<OperationStatus, string>>;
}

const defaultWords = {
  notStarted: "notStarted",
  running: "running",
  succeeded: "completed",
  failed: "failed",
  canceled: "canceled",
} satisfies Record<OperationStatus, string>;

const defaultBehaviour: ResolvedBehaviour = {
  ...defaultListBehaviour,
  requestIds: "both",
  clockOffsetMs: 0,
  acceptedStatus: 202,
  location: "migrated",
  secondGoLive: "conflict",
  publishBody: "optional",
  secondPublish: "conflict",
  publishAtEnd: "completed",
  cancelMs: 60_000,
  cancelBody: "optional",
  cancelStatus: 202,
  body: "object",
  words: defaultWords,
  operationId: "none",
  liveStepAtEnd: "complete",
  operationLagMs: 0,
  sharedShowsPreviewMs: 0,
  notStartedMs: 0,
  statusLagMs: 0,
  offerStatus: "plain",
  statusAfterSuccess: "succeeded",
  statusAfterSuccessMs: Infinity,
};

/** The given behaviour, with the defaults for what it leaves out. */
export function resolveBehaviour(behaviour: Partial<Behaviour> = {}): ResolvedBehaviour {
  return { ...defaultBehaviour, ...behaviour, words: { ...defaultWords, ...behaviour.words } };
}
