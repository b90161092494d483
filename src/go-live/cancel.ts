import { type Baseline, findTrace } from "./baseline.ts";
import { isRequestError, type RequestError } from "../bearer/request-error.ts";
import type { Clock } from "../clock.ts";
import type { CancelAnswer, Marketplace, OperationReference } from "../marketplace/marketplace.ts";
import { hasEnded, type Operation } from "../marketplace/operation.ts";
import { type Followed, InterruptedError, type Outcome, wasStartedHere } from "./outcome.ts";
import { retry } from "./retry.ts";
import { LateError, withinLimit } from "../time-limit.ts";

/** The go-live that a cancelled run is about, as far as it may have it cancelled. */
export type CancelTarget =
  /** This run has started it. */
  | {
      readonly kind: "own";
      readonly reference: OperationReference;
      /** Set where operations share the place: then the list says whether it runs. */
      readonly baseline?: Baseline;
    }
  /** It ran already, or the inputs name it: somebody else's. */
  | { readonly kind: "notOwn" }
  /** One was sent, and nobody can tell whether it was started: what runs may be somebody else's. */
  | { readonly kind: "unclear" };

/** What became of the wish to have the go-live cancelled. */
export type Cancellation =
  /** The service was asked, and this is what it said. */
  | { readonly kind: "asked"; readonly answer: CancelAnswer }
  /** It had ended before anybody asked, so nothing was sent. */
  | { readonly kind: "ended"; readonly operation: Operation }
  /** The service was asked and refused, or no answer came. */
  | { readonly kind: "failed"; readonly error: RequestError | LateError }
  | { readonly kind: "notOwn" }
  | { readonly kind: "unclear" };

/** Runs a request with a signal of its own, for as long as it may take. */
export type Limit = <T>(ask: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export interface CancelOptions {
  /** Whoever cancels can do nothing else. */
  readonly marketplace: Pick<Marketplace, "look" | "operation" | "cancel">;
  readonly clock: Clock;
  /** For the look whether it still runs. Throws a {@link LateError} when the time is over. */
  readonly look: Limit;
  /** For the cancel itself, all tries together. Throws a {@link LateError} when the time is over. */
  readonly ask: Limit;
  /** The pauses between the tries, and how long they may take together, in milliseconds. */
  readonly pausesMs: readonly number[];
  readonly limitMs: number;
  readonly onRetry: (error: RequestError) => void;
}

const LOOK_LIMIT_MS = 1_000;
const ASK_LIMIT_MS = 3_000;
const FAREWELL_PAUSES_MS = [500] as const;

/**
 * How a step asks that is being cancelled itself: within 4 s, so that it is over before the runner's patience is (7.5 s)
 * even where a go-live that was on its way got 3 s to be answered.
 */
export function farewell(clock: Clock): Omit<CancelOptions, "marketplace" | "onRetry"> {
  // The run's own signal has aborted.
  const { signal } = new AbortController();
  const limit =
    (limitMs: number): Limit =>
    (ask) =>
      withinLimit({ clock, signal, limitMs }, ask);
  return {
    clock,
    look: limit(LOOK_LIMIT_MS),
    ask: limit(ASK_LIMIT_MS),
    pausesMs: FAREWELL_PAUSES_MS,
    limitMs: ASK_LIMIT_MS,
  };
}

/** What there is to cancel after that outcome; undefined when the run was not cut short. */
export function cancelTarget(outcome: Outcome): CancelTarget | undefined {
  switch (outcome.kind) {
    case "interrupted":
      return followedTarget(outcome);
    case "unclear":
      return outcome.error instanceof InterruptedError ? { kind: "unclear" } : undefined;
    case "ended":
    case "underWay":
    case "deadline":
    case "lost":
    case "contradicted":
    case "notStarted":
      return undefined;
  }
}

/** What a followed operation is to the run that followed it. */
export function followedTarget(followed: Followed): CancelTarget {
  const { reference, origin, baseline } = followed;
  if (origin === "doubtful") return { kind: "unclear" };
  if (!wasStartedHere(followed)) return { kind: "notOwn" };
  if (reference.isShared !== true) return { kind: "own", reference };
  // What such a place shows may be somebody else's, and without the baseline no list can tell.
  return baseline === undefined ? { kind: "unclear" } : { kind: "own", reference, baseline };
}

/**
 * Asks the service to cancel a go-live, if this run has started it and it has not ended yet. Throws only bugs: that the
 * service could not be asked is one of the answers.
 */
export async function cancelGoLive(target: CancelTarget, options: CancelOptions): Promise<Cancellation> {
  if (target.kind !== "own") return target;
  try {
    const { baseline } = target;
    if (baseline !== undefined && !(await runsSince(baseline, options))) return { kind: "unclear" };
    const seen = baseline === undefined ? await readOperation(target.reference, options) : undefined;
    if (seen !== undefined && hasEnded(seen.status)) return { kind: "ended", operation: seen };
    return { kind: "asked", answer: await askToCancel(target.reference, options) };
  } catch (error) {
    if (isBearable(error)) return { kind: "failed", error };
    throw error;
  }
}

/** One look; undefined when it cannot be had, for then the service is asked to cancel all the same. */
async function readOperation(reference: OperationReference, options: CancelOptions): Promise<Operation | undefined> {
  const { marketplace } = options;
  const answer = await lookOnce((signal) => marketplace.operation(reference, signal), options);
  return answer?.operation;
}

/** Whether the list shows that the go-live which was sent after the baseline runs, and nothing else does. */
async function runsSince(baseline: Baseline, options: CancelOptions): Promise<boolean> {
  const { marketplace } = options;
  const standing = await lookOnce((signal) => marketplace.look(signal), options);
  const trace = standing === undefined ? undefined : findTrace(standing, baseline);
  return trace?.kind === "own" && !hasEnded(trace.submission.status);
}

async function lookOnce<T>(ask: (signal: AbortSignal) => Promise<T>, { look }: CancelOptions): Promise<T | undefined> {
  try {
    return await look(ask);
  } catch (error) {
    if (isBearable(error)) return undefined;
    throw error;
  }
}

function askToCancel(reference: OperationReference, options: CancelOptions): Promise<CancelAnswer> {
  const { marketplace, clock, ask, pausesMs, limitMs, onRetry } = options;
  const deadlineMs = clock.now() + limitMs;
  return ask((signal) =>
    retry(() => marketplace.cancel(reference, signal), { clock, signal, pausesMs, deadlineMs, onRetry }),
  );
}

/** Whether the service could not be asked; everything else is a bug. */
function isBearable(error: unknown): error is RequestError | LateError {
  return isRequestError(error) || error instanceof LateError;
}

/**
 * The outcome with what was seen last. That it succeeded is not taken from a look in passing: then nobody can tell
 * until a later run has followed it to its end.
 */
export function withLastLook(outcome: Outcome, cancellation: Cancellation | undefined, atMs: number): Outcome {
  if (outcome.kind !== "interrupted" || cancellation?.kind !== "ended") return outcome;
  const { operation } = cancellation;
  const status = operation.status === "succeeded" ? "unknown" : operation.status;
  return { ...outcome, status, sighting: { operation, atMs } };
}
