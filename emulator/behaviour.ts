import type { OperationStatus } from "./vocabulary.ts";

/** What the reference leaves open, or has more than one spelling for. */
export interface Behaviour {
  /**
   * Where a 202 says the operation lives: an absolute `Operation-Location` without api-version, a relative `Location`
   * of an offer that was migrated to Partner Center, one of an offer that was not, or nowhere. Default `migrated`.
   */
  readonly location: "absolute" | "migrated" | "notMigrated" | "none";
  /** Whether an operation is answered bare, or as an array with one object (as in the reference's sample). Default `object`. */
  readonly body: "object" | "array";
  /** The service's words for an operation's status. */
  readonly words: Partial<Readonly<Record<OperationStatus, string>>>;
  /** What a go-live answers while one runs: 409, 400 or a 202 that starts another. Default `conflict`. */
  readonly secondGoLive: "conflict" | "badRequest" | "accepted";
  /** How long after its acceptance a new operation is missing from the list, in milliseconds. */
  readonly listLagMs: number;
  /** How long after its acceptance a new operation answers 404, in milliseconds. */
  readonly operationLagMs: number;
  /** How long after its acceptance a new operation has not started, in milliseconds; its duration counts from then. */
  readonly notStartedMs: number;
  /** The `Retry-After` of a 202 and of an operation that has not ended. Default: the header is absent. */
  readonly pollRetryAfter?: string;
  /** From a cancel to the operation being canceled, in milliseconds. Default 60,000: one to three minutes were seen. */
  readonly cancelMs: number;
  /** Whether the list obeys `?status=`. Default false: clients are not to rely on it. */
  readonly listFiltersByStatus: boolean;
  /** The `submissionType` of a go-live in the list. The reference's sample says `publish`, its table GoLive. */
  readonly goLiveSubmissionType: string;
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
  location: "migrated",
  body: "object",
  words: defaultWords,
  secondGoLive: "conflict",
  listLagMs: 0,
  operationLagMs: 0,
  notStartedMs: 0,
  cancelMs: 60_000,
  listFiltersByStatus: false,
  goLiveSubmissionType: "goLive",
};

/** The given behaviour, with the defaults for what it leaves out. */
export function resolveBehaviour(behaviour: Partial<Behaviour> = {}): ResolvedBehaviour {
  return { ...defaultBehaviour, ...behaviour, words: { ...defaultWords, ...behaviour.words } };
}
