import type { RequestError } from "../bearer/request-error.ts";
import type { Candidate, NotTold, Offer, Readiness, StartAnswer, Submission } from "../marketplace/marketplace.ts";
import { hasEnded } from "../marketplace/operation.ts";
import { type Baseline, findTrace, type Trace } from "./baseline.ts";
import { LAST_LOOK_MS, lookForTrace, type LookOptions, lookPatiently } from "./look.ts";
import { AlreadyRunningError, type Followed, InterruptedError, NotReadyError, type Outcome } from "./outcome.ts";

export interface StartOptions extends LookOptions {
  readonly offer: Offer;
  /** What to do when a go-live of the offer runs already: follow it, or fail. */
  readonly ifRunning: "attach" | "fail";
}

/** A go-live to follow, or the end of the matter. */
export type Start = Followed | Extract<Outcome, { readonly kind: "notStarted" | "unclear" }>;

/** What is sent, and how the offer stood before. */
export interface Sending {
  readonly candidate: Candidate;
  readonly baseline: Baseline;
}

/** Nobody is asked how the offer stands for longer than this. */
const LOOK_LIMIT_MS = 15 * 60_000;

/**
 * What became of a sending without a clear answer. It left no trace only if the operations do not show it for longer
 * than they are known to lag and the offer still waits for exactly what was sent.
 */
export async function settleUnclear(
  answer: Extract<StartAnswer, { readonly kind: "unclear" }>,
  sending: Sending,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { error, wasAccepted, looksMs, whenAbsent } = answer;
  const { baseline } = sending;
  options.observe({ kind: "unclearSending", error, wasAccepted });
  const traced = await lookForTrace(baseline, looksMs, options);
  if (traced === "cannotTell") return unclearStart(error, baseline, options);
  const started = followTrace(traced.trace, baseline, options);
  if (started !== undefined) return started;
  if (traced.trace.kind !== "none" || whenAbsent === "unknown") return unclearStart(error, baseline, options);
  const readiness = traced.standing.readiness.live;
  if (readiness.kind === "notTold") return settleByLook(error, sending, options, LAST_LOOK_MS);
  return isReadyFor(readiness, sending, options) ? "noTrace" : unclearStart(error, baseline, options);
}

/** Looks whether the sending has left a trace by now, and whether the offer still waits for it. */
async function settleByLook(
  error: RequestError,
  sending: Sending,
  options: StartOptions,
  limitMs: number,
): Promise<Start | "noTrace"> {
  const { clock, signal, observe } = options;
  const { baseline } = sending;
  const told = await lookPatiently(options, clock.now() + limitMs);
  if (signal.aborted) return unclearStart(error, baseline, options);
  if (told instanceof Error) {
    observe({ kind: "notSentAgain", readiness: { kind: "notTold", error: told } });
    return unclearStart(error, baseline, options);
  }
  const trace = findTrace(told.standing, baseline);
  const started = followTrace(trace, baseline, options);
  if (started !== undefined) return started;
  const isNone = trace.kind === "none" && isReadyFor(told.readiness, sending, options);
  return isNone ? "noTrace" : unclearStart(error, baseline, options);
}

/** Whether the offer still waits for exactly what was sent; says so when it does not. */
function isReadyFor(readiness: Readiness | NotTold, { candidate }: Sending, { observe }: StartOptions): boolean {
  if (readiness.kind === "ready" && readiness.candidate.submissionId === candidate.submissionId) return true;
  observe({ kind: "notSentAgain", readiness });
  return false;
}

/**
 * A refusal is the last word on this sending, not on an earlier unclear one; and it may mean that a go-live runs already.
 * The list settles both.
 */
export async function settleRefusal(
  { error, mayMeanRunning, looksMs }: Extract<StartAnswer, { readonly kind: "refused" }>,
  wasUnclear: boolean,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start> {
  if (!wasUnclear && !mayMeanRunning) return notStarted(error);
  const traced = await lookForTrace(baseline, looksMs, options);
  if (!wasUnclear) {
    const submission = traced !== "cannotTell" && "submission" in traced.trace ? traced.trace.submission : undefined;
    const isRunning = submission !== undefined && !hasEnded(submission.status);
    return isRunning ? adopt(submission, options) : notStarted(error);
  }
  if (traced === "cannotTell") return unclearStart(error, baseline, options);
  const started = followTrace(traced.trace, baseline, options);
  if (started !== undefined) return started;
  // One that may mean a running go-live may be about the unclear one, which the list may show later than anybody looks.
  const isNone = traced.trace.kind === "none" && !mayMeanRunning;
  return isNone ? notStarted(error, true) : unclearStart(error, baseline, options);
}

/** The go-live that was found; undefined when there is none to follow. */
function followTrace(trace: Trace, baseline: Baseline, { ifRunning }: StartOptions): Followed | undefined {
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
  sending: Sending,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { clock, signal, offer } = options;
  if (signal.aborted) return "noTrace";
  if (answer.kind === "unclear") return settleByLook(answer.error, sending, options, LOOK_LIMIT_MS);
  const told = await lookPatiently(options, clock.now() + LOOK_LIMIT_MS);
  if (told instanceof Error) return notStarted(signal.aborted ? new InterruptedError() : told);
  const { readiness } = told;
  if (readiness.kind === "goLiveRuns") return adopt(readiness.goLive, options);
  if (readiness.kind !== "ready") return notStarted(new NotReadyError(offer, readiness));
  return readiness.candidate.submissionId === sending.candidate.submissionId
    ? "noTrace"
    : notStarted(new NotReadyError(offer, { kind: "replaced", candidate: readiness.candidate }));
}
