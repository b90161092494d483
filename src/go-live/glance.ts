import { answerOrError, isPassing, type RequestError } from "../bearer/request-error.ts";
import { hasEnded, type Operation } from "../marketplace/operation.ts";
import { contradictedOutcome, type Followed, lostOutcome, type Outcome } from "./outcome.ts";
import { createPatience } from "./patience.ts";
import { QUESTION_PAUSES_MS, retry } from "./retry.ts";
import { isAway, LONGEST_ASKED_MS, readEnd, readListed, type WatchOptions } from "./watch.ts";

/**
 * What there is to say when nobody waits: a go-live that was just started runs; one that the inputs name, or that was
 * found when it had ended, is asked after once. Throws only bugs.
 */
export async function glance(followed: Followed, options: WatchOptions): Promise<Outcome> {
  const { signal, observe } = options;
  if (followed.origin !== "watched" && followed.isListedAsEnded !== true) {
    // A cancelled run is no success, even when the go-live was accepted just before.
    return signal.aborted
      ? { ...followed, kind: "interrupted", status: "running", sighting: undefined }
      : { ...followed, kind: "underWay", status: "running", operation: undefined };
  }
  const answer = await ask(followed, options);
  if (signal.aborted) return { ...followed, kind: "interrupted", status: "unknown", sighting: undefined };
  if (!(answer instanceof Error)) return judge(followed, answer, options);
  const listed = isAway(answer, followed) ? await readListed(followed, options) : "notListed";
  if (typeof listed !== "object") return lostOutcome(followed, answer, undefined);
  observe({ kind: "followingList" });
  return judge(followed, listed, options);
}

async function judge(followed: Followed, operation: Operation, options: WatchOptions): Promise<Outcome> {
  const end = await readEnd(followed, operation, options);
  const show = (seen: Operation): void => options.observe({ kind: "observed", operation: seen, waitedMs: 0 });
  switch (end.kind) {
    case "runs":
      show(operation);
      return { ...followed, kind: "underWay", status: operation.status, operation };
    case "ended":
      show(end.operation);
      return end.outcome;
    case "changed":
      // A shared place that shows one end and then another shows somebody else's.
      return followed.reference.isShared === true && hasEnded(end.operation.status)
        ? contradictedOutcome(followed, end.operation, { kind: "notListed" })
        : judge(followed, end.operation, options);
    case "interrupted":
      return { ...followed, kind: "interrupted", status: "unknown", sighting: undefined };
    case "earlier":
    case "contradicted":
      return contradictedOutcome(followed, operation, end.contradiction);
  }
}

/** The operation, asked for a few times: a refusal counts when it has been given three times alike. */
async function ask({ reference }: Followed, options: WatchOptions): Promise<Operation | RequestError> {
  const { marketplace, clock, signal, observe } = options;
  const patience = createPatience(0);
  const asked = retry(() => marketplace.operation(reference, signal), {
    clock,
    signal,
    pausesMs: QUESTION_PAUSES_MS,
    deadlineMs: clock.now() + Math.min(options.timeoutMs, LONGEST_ASKED_MS),
    isWorthRetrying: (error) => isPassing(error) || !patience.isOver(error, clock.now()),
    onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
  });
  const answer = await answerOrError(asked);
  return answer instanceof Error ? answer : answer.operation;
}
