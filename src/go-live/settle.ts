import type { RequestError } from "../bearer/request-error.ts";
import type {
  Candidate,
  NotTold,
  Obstacle,
  Offer,
  Readiness,
  Standing,
  StartAnswer,
  Submission,
  UnclearAnswer,
} from "../marketplace/marketplace.ts";
import { hasEnded } from "../marketplace/operation.ts";
import { runningOne } from "../marketplace/goal.ts";
import type { Baseline, Trace } from "./baseline.ts";
import {
  hasSubmission,
  LAST_LOOK_MS,
  LOOK_LIMIT_MS,
  lookForEither,
  lookForTrace,
  type LookOptions,
  lookPatiently,
  type Traced,
} from "./look.ts";
import { AlreadyRunningError, type Followed, InterruptedError, NotReadyError, type Outcome } from "./outcome.ts";

export interface StartOptions extends LookOptions {
  readonly offer: Offer;
  /** What to do when one of the offer runs already: follow it, or fail. */
  readonly ifRunning: "attach" | "fail";
}

/** What to follow, or the end of the matter. */
export type Start = Followed | Extract<Outcome, { readonly kind: "notStarted" | "unclear" }>;

/** What is sent, and how the offer stood before. */
export interface Sending {
  readonly candidate: Candidate;
  readonly baseline: Baseline;
}

/**
 * What became of a sending without a clear answer. It left no trace only if the operations do not show it for longer
 * than they are known to lag and the offer still waits for exactly what was sent.
 */
export async function settleUnclear(
  answer: UnclearAnswer,
  sending: Sending,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { error, wasAccepted, looksMs, whenAbsent } = answer;
  const { baseline } = sending;
  options.observe({ kind: "unclearSending", error, wasAccepted, forMs: looksMs.at(-1) ?? 0 });
  // Where it is known what it is listed under, whatever else runs says nothing of it.
  const isFound = baseline.ownKey === undefined ? hasSubmission : ({ kind }: Trace): boolean => kind === "own";
  const traced = await lookForTrace(baseline, looksMs, options, isFound);
  if (traced === "cannotTell") return unclearStart(error, baseline, options);
  if (traced.trace.kind !== "none") return settleTrace(traced, error, baseline, options);
  if (whenAbsent === "unknown") return unclearStart(error, baseline, options);
  const readiness = traced.standing.readiness[options.goal];
  if (readiness.kind === "notTold") return settleByLook(error, sending, options, LAST_LOOK_MS);
  return settleAbsence(readiness, error, sending, options);
}

/** Looks whether the sending has left a trace by now, and whether the offer still waits for it. */
async function settleByLook(
  error: RequestError,
  sending: Sending,
  options: StartOptions,
  limitMs: number,
): Promise<Start | "noTrace"> {
  const { clock, signal } = options;
  const { baseline } = sending;
  const traced = await lookForEither(baseline, options, clock.now() + limitMs);
  if (traced instanceof Error) {
    // A question that was cut short says nothing of the offer.
    if (signal.aborted) return unclearStart(error, baseline, options);
    return settleAbsence({ kind: "notTold", error: traced }, error, sending, options);
  }
  const { trace, standing } = traced;
  if (trace.kind !== "none") return settleTrace(traced, error, baseline, options);
  return settleAbsence(standing.readiness[options.goal], error, sending, options);
}

/** What to make of a trace: the go-live to follow, or a reason not to send again. */
function settleTrace(traced: Traced, error: RequestError, baseline: Baseline, options: StartOptions): Start {
  return followTrace(traced, baseline, options) ?? unclearStart(error, baseline, options);
}

/** No trace, if the offer still waits for exactly what was sent; says so when it does not. */
function settleAbsence(
  readiness: Readiness | NotTold,
  error: RequestError,
  { candidate, baseline }: Sending,
  options: StartOptions,
): Start | "noTrace" {
  const now = against(candidate, readiness);
  if (now.kind === "ready") return "noTrace";
  options.observe({ kind: "notSentAgain", readiness: now });
  return unclearStart(error, baseline, options);
}

/** The readiness for that candidate: for another one it is none. */
function against<T extends Readiness | NotTold>(candidate: Candidate, readiness: T): T | Obstacle {
  return readiness.kind === "ready" && !isSameCandidate(candidate, readiness.candidate)
    ? { kind: "replaced", candidate: readiness.candidate }
    : readiness;
}

function isSameCandidate(then: Candidate, now: Candidate): boolean {
  // Of what nobody could tell then, nobody can tell whether it is another one now.
  const isSame = then.submissionId === undefined || then.submissionId === now.submissionId;
  return isSame && then.before?.join() === now.before?.join();
}

/**
 * A refusal is the last word on this sending, not on an earlier unclear one; and it may mean that a go-live runs already.
 * The list settles both.
 */
export async function settleRefusal(
  { error, mayMeanRunning, looksMs, mayBeUntrue }: Extract<StartAnswer, { readonly kind: "refused" }>,
  wasUnclear: boolean,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start> {
  if (!wasUnclear && !mayMeanRunning) return notStarted(error);
  const traced = await lookForTrace(baseline, looksMs, options);
  if (!wasUnclear) {
    if (traced === "cannotTell") return mayBeUntrue === true ? doubted(error) : notStarted(error);
    if (!("submission" in traced.trace)) return notStarted(error);
    const { kind, submission } = traced.trace;
    // What was sent has moved: by it, or by somebody who was faster.
    if (mayBeUntrue === true && kind === "own") return followDoubtful(submission, options) ?? doubted(error);
    if (hasEnded(submission.status)) return notStarted(error);
    const other = otherThanNamed(traced.standing, options);
    return other === undefined ? adopt(submission, options) : notStarted(new NotReadyError(options.offer, other));
  }
  if (traced === "cannotTell") return unclearStart(error, baseline, options);
  // One that may mean a running go-live may be about the unclear one, which the list may show later than anybody looks.
  if (traced.trace.kind === "none" && !mayMeanRunning) return notStarted(error, true);
  return settleTrace(traced, error, baseline, options);
}

/** A go-live of which nobody can tell who started it; undefined where the inputs say to follow nobody else's. */
function followDoubtful({ reference, status }: Submission, { ifRunning }: StartOptions): Followed | undefined {
  if (ifRunning === "fail") return undefined;
  return { reference, origin: "doubtful", ...(hasEnded(status) ? { isListedAsEnded: true } : {}) };
}

/** The go-live that was found; undefined when there is none to follow. */
function followTrace({ trace, standing }: Traced, baseline: Baseline, options: StartOptions): Followed | undefined {
  const followsOthers = options.ifRunning === "attach" && otherThanNamed(standing, options) === undefined;
  switch (trace.kind) {
    case "own": {
      const { reference, status } = trace.submission;
      return { reference, origin: "found", baseline, ...(hasEnded(status) ? { isListedAsEnded: true } : {}) };
    }
    case "perhaps":
      return followsOthers ? { reference: trace.submission.reference, origin: "doubtful" } : undefined;
    case "other":
      return followsOthers && baseline.ownKey === undefined
        ? { reference: trace.submission.reference, origin: "adopted" }
        : undefined;
    case "doubtful":
    case "none":
      return undefined;
  }
}

/** The obstacle that something else goes live than the inputs name: it is never followed in its place. */
function otherThanNamed({ readiness }: Standing, { goal }: Pick<StartOptions, "goal">): Obstacle | undefined {
  const { [goal]: told } = readiness;
  return told.kind === "otherSubmission" || told.kind === "untoldSubmission" ? told : undefined;
}

/** Follows one that this run did not start, or fails where the inputs say so. */
export function adopt(submission: Submission, { goal, ifRunning, offer, observe }: StartOptions): Start {
  if (!submission.isKnownWord) observe({ kind: "unknownListWord", word: submission.statusWord });
  if (ifRunning === "fail") return notStarted(new AlreadyRunningError(offer, submission.reference, goal));
  return { reference: submission.reference, origin: "adopted" };
}

/** Nothing was started; `isInferred` where that is what list and status show, not what was answered. */
export function notStarted(error: Error, isInferred = false): Start {
  return { kind: "notStarted", status: "rejected", error, ...(isInferred ? { isInferred } : {}) };
}

function unclearStart(error: RequestError, baseline: Baseline, { signal }: StartOptions): Start {
  return { kind: "unclear", status: "unknown", error: signal.aborted ? new InterruptedError() : error, baseline };
}

/** A refusal that is no proof, and nothing settles it: what is found later is for nobody to claim. */
function doubted(error: RequestError): Start {
  return { kind: "unclear", status: "unknown", error };
}

/**
 * What has been started during a long pause, by whomever, must be seen before anything is sent again: by this run, too,
 * where a sending was `unclear`.
 */
export async function lookAfterPause(
  unclear: UnclearAnswer | undefined,
  sending: Sending,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { goal, clock, signal, offer } = options;
  if (signal.aborted) return "noTrace";
  if (unclear !== undefined) return settleByLook(unclear.error, sending, options, LOOK_LIMIT_MS);
  const told = await lookPatiently(options, clock.now() + LOOK_LIMIT_MS);
  if (told instanceof Error) return notStarted(signal.aborted ? new InterruptedError() : told);
  const readiness = against(sending.candidate, told.readiness);
  const running = runningOne(goal, readiness);
  if (running !== undefined) return adopt(running, options);
  return readiness.kind === "ready" ? "noTrace" : notStarted(new NotReadyError(offer, readiness));
}
