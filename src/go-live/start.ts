import { inLowerCase } from "../text/ascii-case.ts";
import { type Baseline, createBaseline } from "./baseline.ts";
import { askedPauseMs } from "../bearer/request-error.ts";
import { lookPatiently } from "./look.ts";
import type { StartAnswer, SubmissionList } from "../marketplace/marketplace.ts";
import { hasEnded } from "../marketplace/operation.ts";
import { InterruptedError } from "./outcome.ts";
import { runningGoLive } from "./readiness.ts";
import {
  adopt,
  lookAfterPause,
  notStarted,
  settleRefusal,
  settleUnclear,
  type Start,
  type StartOptions,
} from "./settle.ts";

export type { Start, StartOptions } from "./settle.ts";

const MOST_SENDINGS = 3;
/** No new sending after this time, so that a pause the service asks for cannot hold the job for hours. */
const START_LIMIT_MS = 15 * 60_000;
/** Pauses before a go-live that never left, was turned away or left no trace is sent again. */
const SENDING_PAUSES_MS = [2_000, 10_000] as const;
/** After a longer pause than this the last look says nothing of now. */
const LONGEST_BLIND_MS = 15_000;
/** A cancelled run leaves a go-live that is on its way so long to be answered: the runner kills after 7.5 s. */
const INTERRUPT_GRACE_MS = 3_000;

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
