import { inLowerCase } from "./ascii-case.ts";
import { type Baseline, createBaseline, findTrace, type Trace } from "./baseline.ts";
import { askedPauseMs, type RequestError } from "./bearer/request-error.ts";
import { ServiceError } from "./http/errors.ts";
import type { Offer, StartAnswer, Submission, SubmissionList } from "./marketplace/marketplace.ts";
import { hasEnded } from "./operation.ts";
import { AlreadyRunningError, type Followed, InterruptedError, type Outcome } from "./outcome.ts";
import { type LookOptions, lookForTrace, lookPatiently } from "./look.ts";
import { askOfferStatus, decideReadiness, runningGoLive } from "./readiness.ts";

export interface StartOptions extends LookOptions {
  readonly offer: Offer;
  /** What to do when a go-live of the offer runs already: follow it, or fail. */
  readonly ifRunning: "attach" | "fail";
}

/** A go-live to follow, or the end of the matter. */
export type Start = Followed | Extract<Outcome, { readonly kind: "notStarted" | "unclear" }>;

const MOST_SENDINGS = 3;
/** No new sending after this time, so that a pause the service asks for cannot hold the job for hours. */
const START_LIMIT_MS = 15 * 60_000;
/** Pauses before a go-live that never left, was turned away or left no trace is sent again. */
const SENDING_PAUSES_MS = [2_000, 10_000] as const;
/** A cancelled run leaves a go-live that is on its way so long to be answered: the runner kills after 7.5 s. */
const INTERRUPT_GRACE_MS = 3_000;
/**
 * When to look after an unclear sending, in milliseconds. A list was seen to lag by two minutes: only what it does not
 * show for more than three may be sent again.
 */
const TRACE_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000] as const;
/** After a longer pause than this the last look says nothing of now. */
const LONGEST_BLIND_MS = 15_000;
/** A refusal is an answer: what it may be about has been there for a while. */
const REFUSAL_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000] as const;
/** A 400 is nearly always about the offer itself: one look is enough to see that nothing runs. */
const SINGLE_LOOK_MS = [0] as const;

/**
 * Starts the go-live at most once: looks whether one runs, sends, and after an unclear answer sends again only if both
 * the offer's operations and its status show that nothing was started. Throws only bugs.
 */
export async function start(options: StartOptions): Promise<Start> {
  const { clock, signal, observe } = options;
  const before = await lookPatiently(options, clock.now() + START_LIMIT_MS);
  const readAtMs = clock.now();
  if (before instanceof Error) return notStarted(signal.aborted ? new InterruptedError() : before);
  const running = runningGoLive(before.entries);
  if (running !== undefined) return adopt(running, options);
  const preview = before.entries.find((submission) => !hasEnded(submission.status) && submission.isKnownWord);
  if (preview !== undefined) observe({ kind: "previewRuns", submission: preview });
  return sendUntilTold(before, readAtMs, options);
}

/** Sends until the service has said yes or no, a look has shown the go-live, or it cannot be told. */
async function sendUntilTold(before: SubmissionList, readAtMs: number, options: StartOptions): Promise<Start> {
  const { clock, signal, observe } = options;
  const deadlineMs = clock.now() + START_LIMIT_MS;
  // Set by the first sending that may have started something.
  let unclear: Baseline | undefined;
  for (let sendings = 1; ; sendings += 1) {
    if (signal.aborted) return notStarted(new InterruptedError(), unclear !== undefined);
    observe({ kind: "sending", sendings });
    const baseline = unclear ?? createBaseline(before, clock.now() - readAtMs);
    const answer = withoutKnown(await sendOnce(options), baseline);
    switch (answer.kind) {
      case "accepted":
        return { reference: answer.reference, origin: "started", baseline };
      case "refused":
        return settleRefusal(answer.error, unclear !== undefined, baseline, options);
      case "unclear": {
        unclear = baseline;
        const settled = await settleUnclear(answer, baseline, options);
        if (settled !== "noTrace") return settled;
        break;
      }
      case "notSent":
    }
    const pauseMs = Math.max(SENDING_PAUSES_MS[sendings - 1] ?? 0, askedPauseMs(answer.error) ?? 0);
    if (sendings === MOST_SENDINGS || clock.now() + pauseMs > deadlineMs) {
      return notStarted(answer.error, unclear !== undefined);
    }
    observe({ kind: "sendingAgain", error: answer.error, pauseMs, isInferred: answer.kind === "unclear" });
    await clock.sleep(pauseMs, signal);
    const since = pauseMs > LONGEST_BLIND_MS ? await lookAfterPause(answer, baseline, options) : "noTrace";
    if (since !== "noTrace") return since;
  }
}

/** A place that was there before is not that of the go-live which was accepted now. */
function withoutKnown(answer: StartAnswer, baseline: Baseline): StartAnswer {
  if (answer.kind !== "accepted" || answer.reference.isShared === true) return answer;
  if (!baseline.keys.has(inLowerCase(answer.reference.id))) return answer;
  return { kind: "unclear", error: answer.misplaced, wasAccepted: true };
}

/** What has been started during a long pause, by whomever, must be seen before anything is sent again. */
async function lookAfterPause(
  answer: Extract<StartAnswer, { readonly kind: "unclear" | "notSent" }>,
  baseline: Baseline,
  options: StartOptions,
): Promise<Start | "noTrace"> {
  const { clock, signal } = options;
  if (signal.aborted) return "noTrace";
  const wasUnclear = answer.kind === "unclear";
  const list = await lookPatiently(options, clock.now() + START_LIMIT_MS);
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

/** One sending. A cancelled run does not tear the connection at once: the answer may be a moment away. */
async function sendOnce({ marketplace, clock, signal }: StartOptions): Promise<StartAnswer> {
  const givenUp = new AbortController();
  const answered = new AbortController();
  const giveUpSoon = async (): Promise<void> => {
    await clock.sleep(INTERRUPT_GRACE_MS, answered.signal);
    givenUp.abort();
  };
  signal.addEventListener("abort", giveUpSoon, { once: true });
  try {
    return await marketplace.start(givenUp.signal);
  } finally {
    signal.removeEventListener("abort", giveUpSoon);
    answered.abort();
  }
}

/**
 * What became of a sending without a clear answer. It left no trace only if the operations do not show it for longer
 * than they are known to lag and the offer still waits for what a go-live would have given.
 */
async function settleUnclear(
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
async function settleRefusal(
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

function adopt(submission: Submission, { ifRunning, offer, observe }: StartOptions): Start {
  if (!submission.isKnownWord) observe({ kind: "unknownListWord", word: submission.statusWord });
  if (ifRunning === "fail") return notStarted(new AlreadyRunningError(offer, submission.reference));
  return { reference: submission.reference, origin: "adopted" };
}

function mayMeanRunning(error: RequestError): boolean {
  return error instanceof ServiceError && (error.status === 400 || error.status === 409);
}

function notStarted(error: Error, isInferred = false): Start {
  return { kind: "notStarted", status: "rejected", error, ...(isInferred ? { isInferred } : {}) };
}

function unclearStart(error: RequestError, baseline: Baseline, { signal }: StartOptions): Start {
  return { kind: "unclear", status: "unknown", error: signal.aborted ? new InterruptedError() : error, baseline };
}
