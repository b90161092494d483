import { askedPauseMs } from "../bearer/request-error.ts";
import type { Candidate, StartAnswer, UnclearAnswer } from "../marketplace/marketplace.ts";
import { type Baseline, createBaseline } from "./baseline.ts";
import { runningOne } from "../marketplace/goal.ts";
import { LOOK_LIMIT_MS, lookPatiently, noteUnchecked, type ToldStanding } from "./look.ts";
import { InterruptedError, NotReadyError } from "./outcome.ts";
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
/** When to look again while the offer is at work and nothing tells at what, in milliseconds: lists lag by minutes. */
const BUSY_LOOKS_MS = [5_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000] as const;

/**
 * Starts the go-live, or the publish to preview, at most once: looks how the offer stands, sends only what is ready, and after an unclear answer
 * sends again only where everything shows that nothing was started. Throws only bugs.
 */
export async function start(options: StartOptions): Promise<Start> {
  const { goal, clock, signal, observe, offer } = options;
  const told = await lookBefore(options);
  const readAtMs = clock.now();
  if (signal.aborted) return notStarted(new InterruptedError());
  if (told instanceof Error) return notStarted(told);
  noteUnchecked(told.standing, options);
  const { readiness } = told;
  const running = runningOne(goal, readiness);
  if (running !== undefined) return adopt(running, options);
  if (readiness.kind !== "ready") return notStarted(new NotReadyError(offer, readiness));
  if (readiness.preview !== undefined) observe({ kind: "previewRuns", submission: readiness.preview });
  return sendUntilTold(readiness.candidate, { ...told, readAtMs }, options);
}

/** How the offer stands: while it is at work and nothing tells at what, only after its lists cannot lag any more. */
async function lookBefore(options: StartOptions): ReturnType<typeof lookPatiently> {
  const { clock, signal, observe } = options;
  const deadlineMs = clock.now() + LOOK_LIMIT_MS;
  let told = await lookPatiently(options, deadlineMs);
  const startMs = clock.now();
  if (isBusy(told)) observe({ kind: "busy" });
  for (const offsetMs of BUSY_LOOKS_MS) {
    if (!isBusy(told)) break;
    await clock.sleep(startMs + offsetMs - clock.now(), signal);
    if (signal.aborted) break;
    told = await lookPatiently(options, deadlineMs);
  }
  return told;
}

function isBusy(told: ToldStanding | Error): boolean {
  return !(told instanceof Error) && told.readiness.kind === "busy";
}

/** Sends until the service has said yes or no, a look has shown the go-live, or it cannot be told. */
async function sendUntilTold(
  candidate: Candidate,
  { standing, readAtMs }: Pick<ToldStanding, "standing"> & { readonly readAtMs: number },
  options: StartOptions,
): Promise<Start> {
  const { clock, signal, observe } = options;
  const deadlineMs = clock.now() + START_LIMIT_MS;
  // The first sending that may have started something, and the last answer to one.
  let open: { readonly baseline: Baseline; readonly answer: UnclearAnswer } | undefined;
  for (let sendings = 1; ; sendings += 1) {
    if (signal.aborted) return notStarted(new InterruptedError(), open !== undefined);
    observe({ kind: "sending", sendings, candidate });
    const baseline = open?.baseline ?? createBaseline(standing, clock.now() - readAtMs, candidate, options.goal);
    const sending = { candidate, baseline };
    const answer = withoutKnown(await sendOnce(candidate, options), baseline);
    switch (answer.kind) {
      case "accepted":
        return { reference: answer.reference, origin: "started", baseline };
      case "refused":
        return settleRefusal(answer, open !== undefined, baseline, options);
      case "unclear": {
        open = { baseline, answer };
        const settled = await settleUnclear(answer, sending, options);
        if (settled !== "noTrace") return settled;
        break;
      }
      case "notSent":
    }
    const pauseMs = Math.max(SENDING_PAUSES_MS[sendings - 1] ?? 0, askedPauseMs(answer.error) ?? 0);
    if (sendings === MOST_SENDINGS || clock.now() + pauseMs > deadlineMs) {
      return notStarted(answer.error, open !== undefined);
    }
    observe({ kind: "sendingAgain", error: answer.error, pauseMs, isInferred: answer.kind === "unclear" });
    await clock.sleep(pauseMs, signal);
    const looksFirst =
      candidate.isLookedAtEachTime === true || (answer.kind === "notSent" && answer.looksFirst === true);
    const isBlind = pauseMs > LONGEST_BLIND_MS || looksFirst;
    const since = isBlind ? await lookAfterPause(open?.answer, sending, options) : "noTrace";
    if (since !== "noTrace") return since;
  }
}

/** A place that was there before is not that of the go-live which was accepted now. */
function withoutKnown(answer: StartAnswer, baseline: Baseline): StartAnswer {
  if (answer.kind !== "accepted" || answer.reference.isShared === true) return answer;
  return baseline.keys.has(answer.reference.key) ? answer.misplaced : answer;
}

/** One sending. A cancelled run does not tear the connection at once: the answer may be a moment away. */
async function sendOnce(
  candidate: Candidate,
  { marketplace, goal, clock, signal }: StartOptions,
): Promise<StartAnswer> {
  const givenUp = new AbortController();
  const answered = new AbortController();
  const giveUpSoon = async (): Promise<void> => {
    await clock.sleep(INTERRUPT_GRACE_MS, answered.signal);
    givenUp.abort();
  };
  signal.addEventListener("abort", giveUpSoon, { once: true });
  try {
    return await marketplace.start(goal, candidate, givenUp.signal);
  } finally {
    signal.removeEventListener("abort", giveUpSoon);
    answered.abort();
  }
}
