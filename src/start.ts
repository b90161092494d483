import { askedPauseMs, type RequestError } from "./bearer/request-error.ts";
import { AnswerError, ServiceError } from "./http/errors.ts";
import type { Offer, StartAnswer, Submission } from "./marketplace/marketplace.ts";
import { hasEnded } from "./operation.ts";
import { AlreadyRunningError, type Followed, InterruptedError, type Outcome } from "./outcome.ts";
import { type LookOptions, type LookResult, lookForNew, lookPatiently } from "./look.ts";

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
 * Starts the go-live at most once: looks whether one runs, sends, and after an unclear answer looks again before it
 * sends again. Throws only bugs.
 */
export async function start(options: StartOptions): Promise<Start> {
  const before = await lookPatiently(options, options.clock.now() + START_LIMIT_MS);
  if (before instanceof Error) return notStarted(options.signal.aborted ? new InterruptedError() : before);
  const running = before.entries.find((submission) => submission.isGoLive && !hasEnded(submission.status));
  if (running !== undefined) return join(running, options);
  const preview = before.entries.find((submission) => !hasEnded(submission.status) && submission.isKnownWord);
  if (preview !== undefined) options.observe({ kind: "previewRuns", submission: preview });
  return sendUntilTold(new Set(before.entries.map((submission) => submission.id)), options);
}

/** Sends until the service has said yes or no, a look has shown the go-live, or it cannot be told. */
async function sendUntilTold(known: ReadonlySet<string>, options: StartOptions): Promise<Start> {
  const { clock, signal, observe } = options;
  const deadlineMs = clock.now() + START_LIMIT_MS;
  let wasUnclear = false;
  for (let sendings = 1; ; sendings += 1) {
    if (signal.aborted) return notStarted(new InterruptedError(), wasUnclear);
    observe({ kind: "sending", sendings });
    const answer = await sendOnce(options);
    if (answer.kind === "accepted") return { reference: answer.reference, origin: "started" };
    if (answer.kind === "refused") return settleRefusal(answer.error, wasUnclear, known, options);
    if (answer.kind === "unclear") {
      wasUnclear = true;
      observe({ kind: "unclearSending", error: answer.error });
      const found = await lookForNew(known, answer.error, options);
      if (found !== "none") return settleLook(found, answer.error, options);
      // A 202 is the service's word that it took the go-live: a list without it is no reason to send another.
      if (isAcceptance(answer.error)) return { kind: "unclear", status: "unknown", error: answer.error };
    }
    const pauseMs = Math.max(SENDING_PAUSES_MS[sendings - 1] ?? 0, askedPauseMs(answer.error) ?? 0);
    if (sendings === MOST_SENDINGS || clock.now() + pauseMs > deadlineMs) {
      return notStarted(answer.error, wasUnclear);
    }
    observe({ kind: "sendingAgain", error: answer.error, pauseMs });
    await clock.sleep(pauseMs, signal);
  }
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
 * A refusal is the last word on this sending, not on an earlier unclear one; and a 400 or 409 may mean that a go-live
 * runs already. The list settles both.
 */
async function settleRefusal(
  error: RequestError,
  wasUnclear: boolean,
  known: ReadonlySet<string>,
  options: StartOptions,
): Promise<Start> {
  if (!wasUnclear && !mayMeanRunning(error)) return notStarted(error);
  const found = await lookForNew(known, error, options);
  if (found === "none") {
    // After an unclear sending a 400 or 409 may be about that one, which the list may show later than anybody looks.
    return wasUnclear && mayMeanRunning(error)
      ? settleLook("cannotTell", error, options)
      : notStarted(error, wasUnclear);
  }
  if (wasUnclear) return settleLook(found, error, options);
  return found === "cannotTell" ? notStarted(error) : join(found, options);
}

function settleLook(found: Exclude<LookResult, "none">, error: RequestError, { signal }: StartOptions): Start {
  if (found !== "cannotTell") return { reference: found.reference, origin: "found" };
  return { kind: "unclear", status: "unknown", error: signal.aborted ? new InterruptedError() : error };
}

function join(submission: Submission, { ifRunning, offer, observe }: StartOptions): Start {
  if (!submission.isKnownWord) observe({ kind: "unknownListWord", word: submission.statusWord });
  if (ifRunning === "fail") return notStarted(new AlreadyRunningError(offer, submission.reference));
  return { reference: submission.reference, origin: "adopted" };
}

function mayMeanRunning(error: RequestError): boolean {
  return error instanceof ServiceError && (error.status === 400 || error.status === 409);
}

function isAcceptance(error: RequestError): boolean {
  return error instanceof AnswerError && error.status === 202;
}

function notStarted(error: Error, isInferred = false): Start {
  return { kind: "notStarted", status: "rejected", error, ...(isInferred ? { isInferred } : {}) };
}
