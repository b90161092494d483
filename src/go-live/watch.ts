import { confirm, type Verdict } from "./confirm.ts";
import { findEntry } from "./contradiction.ts";
import {
  askedPauseMs,
  isGone,
  isMissing,
  isPassing,
  isRequestError,
  type RequestError,
} from "../bearer/request-error.ts";
import { type LookOptions, lookOnce } from "./look.ts";
import type { OperationAnswer, Submission } from "../marketplace/marketplace.ts";
import { isTowards } from "../marketplace/goal.ts";
import { withHeartbeat } from "../clock.ts";
import { createExpectation } from "./expectation.ts";
import { hasEnded, type Operation } from "../marketplace/operation.ts";
import { contradictedOutcome, type Followed, lostOutcome, type Outcome, type Sighting } from "./outcome.ts";
import { createPatience } from "./patience.ts";
import { poll, type Reply, type Schedule } from "./poll.ts";

export interface WatchOptions extends LookOptions {
  readonly schedule: Schedule;
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  /** What becomes of the step when that is over, and the go-live is not. Default `fail`. */
  readonly onTimeout?: "fail" | "leave";
}

/** In a longer pause there is a sign of life so often. */
const BEAT_MS = 60_000;
/** A refusal must have lasted so long before it ends the watch. */
const PATIENCE_MS = 2 * 60_000;
/** An operation that is not there for so long is looked for in the list. */
const MISSING_MS = 5 * 60_000;
/** However long the service asks to be left alone: what happens meanwhile must be seen. */
export const LONGEST_ASKED_MS = 10 * 60_000;

/**
 * Follows an operation until its own status ends it and nothing else contradicts that, the time is over or the run is
 * cancelled. Faults that may pass are waited out; a refusal (401, 403 …) that stays ends the watch, not the operation.
 * Throws only bugs.
 */
export async function watch(followed: Followed, options: WatchOptions): Promise<Outcome> {
  const { marketplace, clock, signal } = options;
  const deadlineMs = clock.now() + options.timeoutMs;
  const watcher = createWatcher(followed, options);
  const ask = (): Promise<Reply<Outcome>> =>
    marketplace.operation(followed.reference, signal).then(watcher.see, watcher.bear);
  const end = await poll(ask, {
    clock: withHeartbeat(clock, BEAT_MS, () => options.observe({ kind: "waiting" })),
    signal,
    schedule: options.schedule,
    deadlineMs,
    isFirstAtOnce: followed.origin !== "started",
  });
  const { sighting, error } = watcher.last();
  switch (end.kind) {
    case "done":
      return end.value;
    case "deadline": {
      // What nobody has seen at work is not known to go on.
      const isAtWork = sighting?.operation.status === "running";
      const left = options.onTimeout === "leave" && isAtWork ? { isLeft: true as const } : {};
      const status = sighting?.operation.status ?? "unknown";
      return { ...followed, kind: "deadline", status, sighting, error, ...left };
    }
    case "interrupted": {
      // An accepted go-live runs until something else is seen; of one that the inputs name nothing is known yet.
      const assumed = followed.origin === "watched" ? "unknown" : "running";
      return { ...followed, kind: "interrupted", status: sighting?.operation.status ?? assumed, sighting };
    }
  }
}

interface Watcher {
  readonly see: (answer: OperationAnswer) => Promise<Reply<Outcome>>;
  readonly bear: (error: unknown) => Promise<Reply<Outcome>>;
  /** What was last seen, and the trouble since. */
  readonly last: () => { readonly sighting: Sighting | undefined; readonly error: RequestError | undefined };
}

/** Makes of each answer, or of what came instead, the end or a reason to ask again. */
function createWatcher(followed: Followed, options: WatchOptions): Watcher {
  const { clock, signal, observe } = options;
  const startMs = clock.now();
  const patience = createPatience(PATIENCE_MS);
  const expectRest = createExpectation();
  const pauseOf = createAskedPause(options);
  let sighting: Sighting | undefined;
  let lastError: RequestError | undefined;
  let missingSinceMs: number | undefined;

  const show = (operation: Operation): void => {
    sighting = { operation, atMs: clock.now() };
    lastError = undefined;
    observe({ kind: "observed", operation, waitedMs: clock.now() - startMs });
  };
  const see = ({ operation, retryAfterMs }: OperationAnswer): Promise<Reply<Outcome>> => {
    patience.renew();
    missingSinceMs = undefined;
    return take(operation, pauseOf(retryAfterMs));
  };
  const take = async (operation: Operation, retryAfterMs?: number): Promise<Reply<Outcome>> => {
    if (operation.status === "notStarted" && clock.now() - startMs >= longestBeginning(followed)) {
      return { done: contradictedOutcome(followed, operation, { kind: "notBegun" }) };
    }
    const end = await readEnd(followed, operation, options);
    if (end.kind === "runs") show(operation);
    if (end.kind === "ended") show(end.operation);
    switch (end.kind) {
      case "runs":
        return { retryAfterMs, restMs: expectRest(operation, clock.now()) };
      case "ended":
        return { done: end.outcome };
      case "earlier":
        observe({ kind: "mayBeEarlier", operation });
        return { retryAfterMs };
      case "changed":
      case "interrupted":
        return { retryAfterMs: undefined };
      case "contradicted":
        return { done: contradictedOutcome(followed, operation, end.contradiction) };
    }
  };
  const bear = async (error: unknown): Promise<Reply<Outcome>> => {
    if (!isRequestError(error)) throw error;
    if (signal.aborted) return { retryAfterMs: undefined };
    const isMissed = isAway(error, followed);
    if (!isMissed) missingSinceMs = undefined;
    else missingSinceMs ??= clock.now();
    const isEarly = isMissed && sighting === undefined && followed.origin !== "watched";
    const isOver = !isPassing(error) && patience.isOver(error, clock.now()) && !isEarly;
    const isLong = missingSinceMs !== undefined && clock.now() - missingSinceMs >= MISSING_MS;
    const listed = isMissed && (isOver || isLong) ? await readListed(followed, options) : "notListed";
    if (typeof listed === "object") {
      observe({ kind: "followingList" });
      return take(listed);
    }
    if (isOver && listed === "notListed") return { done: lostOutcome(followed, error, sighting) };
    lastError = error;
    observe({ kind: "unanswered", error });
    return { retryAfterMs: pauseOf(askedPauseMs(error)), restMs: isPassing(error) ? undefined : PATIENCE_MS };
  };
  return { see, bear, last: () => ({ sighting, error: lastError }) };
}

/** How long what this run has started may take to begin, in milliseconds. */
function longestBeginning({ reference, origin }: Followed): number {
  return origin === "started" || origin === "found" ? (reference.beginsWithinMs ?? Infinity) : Infinity;
}

/**
 * Whether an operation is not at its address, and so is looked for in the list: where that shows for certain what has
 * gone live, one that is gone for good, too.
 */
export function isAway(error: RequestError, { reference }: Followed): boolean {
  return isMissing(error) || (isGone(error) && reference.isListedWhenLive === true);
}

type End =
  | { readonly kind: "runs" }
  | { readonly kind: "ended"; readonly outcome: Outcome; readonly operation: Operation }
  | Exclude<Verdict, { readonly kind: "agreed" }>;

/** Whether an answer is the end: an end of a kind that needs it is held against what else the service says. */
export async function readEnd(followed: Followed, operation: Operation, options: LookOptions): Promise<End> {
  const { status } = operation;
  if (!hasEnded(status)) return { kind: "runs" };
  const endOf = (seen: Operation): End => ({
    kind: "ended",
    outcome: { ...followed, kind: "ended", status, operation: seen },
    operation: seen,
  });
  const { isShared, isListedWhenLive } = followed.reference;
  if (status !== "succeeded" && isShared !== true && isListedWhenLive !== true) return endOf(operation);
  const verdict = await confirm(followed, operation, options);
  return verdict.kind === "agreed" ? endOf(verdict.operation) : verdict;
}

/** The pause that the service asks for, within bounds; says so when it begins to ask for long ones. */
function createAskedPause({ observe }: WatchOptions): (askedMs: number | undefined) => number | undefined {
  let wasLong = false;
  return (askedMs) => {
    const isLong = askedMs !== undefined && askedMs > BEAT_MS;
    const pauseMs = askedMs === undefined ? undefined : Math.min(askedMs, LONGEST_ASKED_MS);
    if (isLong && !wasLong && pauseMs !== undefined) observe({ kind: "pauseAsked", askedMs, pauseMs });
    wasLong = isLong;
    return pauseMs;
  };
}

/** The operation as the list shows it, if it does and answers. */
export async function readListed(
  followed: Followed,
  options: LookOptions,
): Promise<Operation | "notListed" | "notAnswered"> {
  const standing = await lookOnce(options);
  if (standing instanceof Error) return isPassing(standing) ? "notAnswered" : "notListed";
  const entry = findEntry(standing, followed, options.goal);
  return entry !== undefined && isTowards(options.goal, entry) ? listedOperation(entry) : "notListed";
}

function listedOperation({ status, statusWord, isKnownWord }: Submission): Operation {
  return { status, statusWord, isKnownWord, messages: [], steps: [], liveLinks: [] };
}
