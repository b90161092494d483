import { type Baseline, findTrace, type Trace } from "./baseline.ts";
import { type RequestError, ServiceError } from "../bearer/request-error.ts";
import { type LookOptions, lookForTrace, lookPatiently } from "./look.ts";
import type { Offer, StartAnswer, Submission } from "../marketplace/marketplace.ts";
import { hasEnded } from "../marketplace/operation.ts";
import { AlreadyRunningError, type Followed, InterruptedError, type Outcome } from "./outcome.ts";
import { askOfferStatus, decideReadiness, runningGoLive } from "./readiness.ts";

export interface StartOptions extends LookOptions {
  readonly offer: Offer;
  /** What to do when a go-live of the offer runs already: follow it, or fail. */
  readonly ifRunning: "attach" | "fail";
}

/** A go-live to follow, or the end of the matter. */
export type Start = Followed | Extract<Outcome, { readonly kind: "notStarted" | "unclear" }>;

/** Nobody is asked for the list for longer than this. */
const LOOK_LIMIT_MS = 15 * 60_000;
/**
 * When to look after an unclear sending, in milliseconds. A list was seen to lag by two minutes: only what it does not
 * show for more than three may be sent again.
 */
const TRACE_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000] as const;
/** A refusal is an answer: what it may be about has been there for a while. */
const REFUSAL_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000] as const;
/** A 400 is nearly always about the offer itself: one look is enough to see that nothing runs. */
const SINGLE_LOOK_MS = [0] as const;

/**
 * What became of a sending without a clear answer. It left no trace only if the operations do not show it for longer
 * than they are known to lag and the offer still waits for what a go-live would have given.
 */
export async function settleUnclear(
  { error, wasAccepted }: Extract<StartAnswer, { readonly kind: "unclear" }>,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  options.observe({ kind: "unclearSending", error, wasAccepted });
  const trace = await lookForTrace(baseline, TRACE_LOOKS_MS, options);
  const started = followTrace(trace, baseline, options);
  if (started !== undefined) return started;
  // The service's word that it took the go-live outweighs a list without it.
  const isNone = trace !== "cannotTell" && trace.kind === "none" && !wasAccepted;
  return isNone && (await stillWaits(options)) ? "noTrace" : unclearStart(error, baseline, options);
}

/** Whether the offer's status shows that it still waits for a go-live; when it cannot be had, it does not show it. */
async function stillWaits(options: StartOptions): Promise<boolean> {
  const { clock, observe, signal } = options;
  const offer = await askOfferStatus(options, clock.now() + 60_000);
  if (signal.aborted) return false;
  const readiness = offer instanceof Error ? undefined : decideReadiness(offer, []);
  if (readiness?.kind === "ready") return true;
  observe({ kind: "notSentAgain", stageWord: offer instanceof Error ? undefined : offer.stageWord });
  return false;
}

/**
 * A refusal is the last word on this sending, not on an earlier unclear one; and a 400 or 409 may mean that a go-live
 * runs already. The list settles both.
 */
export async function settleRefusal(
  error: RequestError,
  wasUnclear: boolean,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start> {
  if (!wasUnclear && !mayMeanRunning(error)) return notStarted(error);
  const isBadRequest = error instanceof ServiceError && error.status === 400;
  const trace = await lookForTrace(baseline, isBadRequest ? SINGLE_LOOK_MS : REFUSAL_LOOKS_MS, options);
  if (!wasUnclear) {
    const isRunning = trace !== "cannotTell" && "submission" in trace && !hasEnded(trace.submission.status);
    return isRunning ? adopt(trace.submission, options) : notStarted(error);
  }
  const started = followTrace(trace, baseline, options);
  if (started !== undefined) return started;
  // A 400 or 409 may be about the unclear one, which the list may show later than anybody looks.
  const isNone = trace !== "cannotTell" && trace.kind === "none" && !mayMeanRunning(error);
  return isNone ? notStarted(error, true) : unclearStart(error, baseline, options);
}

/** The go-live that was found; undefined when there is none to follow. */
function followTrace(
  trace: Trace | "cannotTell",
  baseline: Baseline,
  { ifRunning }: StartOptions,
): Followed | undefined {
  if (trace === "cannotTell") return undefined;
  switch (trace.kind) {
    case "own": {
      const { reference, status } = trace.submission;
      return { reference, origin: "found", baseline, ...(hasEnded(status) ? { isListedAsEnded: true } : {}) };
    }
    case "perhaps":
      return ifRunning === "fail" ? undefined : { reference: trace.submission.reference, origin: "doubtful" };
    case "other":
      return ifRunning === "fail" ? undefined : { reference: trace.submission.reference, origin: "adopted" };
    case "doubtful":
    case "none":
      return undefined;
  }
}

/** Follows a go-live that this run did not start, or fails where the inputs say so. */
export function adopt(submission: Submission, { ifRunning, offer, observe }: StartOptions): Start {
  if (!submission.isKnownWord) observe({ kind: "unknownListWord", word: submission.statusWord });
  if (ifRunning === "fail") return notStarted(new AlreadyRunningError(offer, submission.reference));
  return { reference: submission.reference, origin: "adopted" };
}

function mayMeanRunning(error: RequestError): boolean {
  return error instanceof ServiceError && (error.status === 400 || error.status === 409);
}

/** Nothing was started; `isInferred` where that is what list and status show, not what was answered. */
export function notStarted(error: Error, isInferred = false): Start {
  return { kind: "notStarted", status: "rejected", error, ...(isInferred ? { isInferred } : {}) };
}

function unclearStart(error: RequestError, baseline: Baseline, { signal }: StartOptions): Start {
  return { kind: "unclear", status: "unknown", error: signal.aborted ? new InterruptedError() : error, baseline };
}

/** What has been started during a long pause, by whomever, must be seen before anything is sent again. */
export async function lookAfterPause(
  answer: Extract<StartAnswer, { readonly kind: "unclear" | "notSent" }>,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { clock, signal } = options;
  if (signal.aborted) return "noTrace";
  const wasUnclear = answer.kind === "unclear";
  const list = await lookPatiently(options, clock.now() + LOOK_LIMIT_MS);
  if (list instanceof Error) return wasUnclear ? unclearStart(answer.error, baseline, options) : notStarted(list);
  const running = runningGoLive(list.entries);
  if (!wasUnclear) return running === undefined ? "noTrace" : adopt(running, options);
  const trace = findTrace(list, baseline);
  const started = followTrace(trace, baseline, options);
  if (started !== undefined) return started;
  return trace.kind === "none" && (await stillWaits(options))
    ? "noTrace"
    : unclearStart(answer.error, baseline, options);
}
