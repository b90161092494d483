import type { Clock } from "./clock.ts";
import type { Observer } from "./events.ts";
import { askedPauseMs, isPassing, isRequestError, type RequestError } from "./bearer/request-error.ts";
import { ServiceError } from "./http/errors.ts";
import type { Marketplace, OperationAnswer } from "./marketplace/marketplace.ts";
import { withHeartbeat } from "./heartbeat.ts";
import { createExpectation } from "./expectation.ts";
import { hasEnded, type Operation, type OperationStatus } from "./operation.ts";
import type { Followed, Outcome, Sighting } from "./outcome.ts";
import { poll, type Reply, type Schedule } from "./poll.ts";
import { retry } from "./retry.ts";

export interface WatchOptions {
  readonly marketplace: Marketplace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly schedule: Schedule;
  /** How long to wait, in milliseconds. */
  readonly timeoutMs: number;
  readonly observe: Observer;
}

/** How long the end of an earlier operation may be seen in place of one that was just started. */
const SETTLING_MS = 60_000;
/** In a longer pause there is a sign of life so often. */
const BEAT_MS = 60_000;
/** Pauses between the tries of the single question that is asked when nobody waits. */
const GLANCE_PAUSES_MS = [1_000, 2_000, 4_000] as const;

/**
 * Follows an operation until its own status ends it, the time is over or the run is cancelled. Faults that may pass
 * are waited out; a final one (401, 403 …) ends the watch, not the operation. Throws only bugs.
 */
export async function watch(followed: Followed, options: WatchOptions): Promise<Outcome> {
  const { marketplace, clock, signal, observe } = options;
  const startMs = clock.now();
  let sighting: Sighting | undefined;
  let lastError: RequestError | undefined;
  const expectRest = createExpectation();
  // A place that operations share may still show the one before, which has ended.
  const mayBeEarlier = (operation: Operation): boolean =>
    followed.reference.isShared === true &&
    followed.origin === "started" &&
    sighting === undefined &&
    hasEnded(operation.status) &&
    clock.now() - startMs < SETTLING_MS;

  const see = (answer: OperationAnswer): Reply<Outcome> => {
    const { operation } = answer;
    if (mayBeEarlier(operation)) {
      observe({ kind: "mayBeEarlier", operation });
      return { retryAfterMs: answer.retryAfterMs };
    }
    sighting = { operation, atMs: clock.now() };
    lastError = undefined;
    observe({ kind: "observed", operation, waitedMs: clock.now() - startMs });
    const outcome = ended(followed, operation);
    if (outcome !== undefined) return { done: outcome };
    return { retryAfterMs: answer.retryAfterMs, restMs: expectRest(operation, clock.now()) };
  };
  const bear = (error: unknown): Reply<Outcome> => {
    if (!isRequestError(error)) throw error;
    if (signal.aborted) return { retryAfterMs: undefined };
    if (!isPassing(error) && !isEarly(error, followed, sighting)) return { done: lost(followed, error, sighting) };
    lastError = error;
    observe({ kind: "unanswered", error });
    return { retryAfterMs: askedPauseMs(error) };
  };

  const end = await poll(() => marketplace.operation(followed.reference, signal).then(see, bear), {
    clock: withHeartbeat(clock, BEAT_MS, () => observe({ kind: "waiting" })),
    signal,
    schedule: options.schedule,
    deadlineMs: startMs + options.timeoutMs,
    isFirstAtOnce: followed.origin !== "started",
  });
  switch (end.kind) {
    case "done":
      return end.value;
    case "deadline":
      return {
        ...followed,
        kind: "deadline",
        status: sighting?.operation.status ?? "unknown",
        sighting,
        error: lastError,
      };
    case "interrupted":
      return { ...followed, kind: "interrupted", status: sighting?.operation.status ?? assumed(followed), sighting };
  }
}

/**
 * What there is to say when nobody waits: a go-live that was just started runs; one that the inputs name is asked
 * after once. Throws only bugs.
 */
export async function glance(followed: Followed, options: WatchOptions): Promise<Outcome> {
  const { marketplace, clock, signal, observe } = options;
  if (followed.origin !== "watched") {
    // A cancelled run is no success, even when the go-live was accepted just before.
    return signal.aborted
      ? { ...followed, kind: "interrupted", status: "running", sighting: undefined }
      : { ...followed, kind: "underWay", status: "running", operation: undefined };
  }
  try {
    const { operation } = await retry(() => marketplace.operation(followed.reference, signal), {
      clock,
      signal,
      pausesMs: GLANCE_PAUSES_MS,
      deadlineMs: clock.now() + options.timeoutMs,
      onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
    });
    observe({ kind: "observed", operation, waitedMs: 0 });
    return ended(followed, operation) ?? { ...followed, kind: "underWay", status: operation.status, operation };
  } catch (error) {
    if (!isRequestError(error)) throw error;
    if (signal.aborted) return { ...followed, kind: "interrupted", status: "unknown", sighting: undefined };
    return lost(followed, error, undefined);
  }
}

function ended(followed: Followed, operation: Operation): Outcome | undefined {
  const { status } = operation;
  return hasEnded(status) ? { ...followed, kind: "ended", status, operation } : undefined;
}

function lost(followed: Followed, error: RequestError, sighting: Sighting | undefined): Outcome {
  return { ...followed, kind: "lost", status: "unknown", sighting, error };
}

/** An operation that was just started may not be there to be read yet; one that the inputs name should be. */
function isEarly(error: RequestError, followed: Followed, sighting: Sighting | undefined): boolean {
  const isMissing = error instanceof ServiceError && error.status === 404;
  return isMissing && sighting === undefined && followed.origin !== "watched";
}

/** An accepted go-live runs until something else is seen; of one that the inputs name nothing is known yet. */
function assumed(followed: Followed): OperationStatus | "unknown" {
  return followed.origin === "watched" ? "unknown" : "running";
}
