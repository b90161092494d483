import type { Baseline, Trace } from "./baseline.ts";
import { findTrace } from "./baseline.ts";
import { answerOrError, isPassing, type RequestError } from "../bearer/request-error.ts";
import type { Marketplace, SubmissionList } from "../marketplace/marketplace.ts";
import type { Clock } from "../clock.ts";
import type { Observer } from "./events.ts";
import { retry } from "./retry.ts";

/** Pauses between the tries of a look that nobody answers. */
const LOOK_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** How long the last look of all is asked for again when nobody answers it. */
const LAST_LOOK_MS = 60_000;
/** One refusal of a look may be a stray one; so many in a row are none. */
const MOST_REFUSALS = 3;

export interface LookOptions {
  readonly marketplace: Marketplace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly observe: Observer;
}

/** The offer's operations, asked for until they are told; the error when they cannot be had before `deadlineMs`. */
export function lookPatiently(options: LookOptions, deadlineMs: number): Promise<SubmissionList | RequestError> {
  const { marketplace, clock, signal, observe } = options;
  const asked = retry(() => marketplace.submissions(signal), {
    clock,
    signal,
    deadlineMs,
    pausesMs: LOOK_PAUSES_MS,
    onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
  });
  return answerOrError(asked);
}

/**
 * Looks for the go-live that was sent after the baseline, at each of `timesMs` from now, because the list may lag. Only
 * an answer to the last look of all can show that there is none.
 */
export async function lookForTrace(
  baseline: Baseline,
  timesMs: readonly number[],
  options: LookOptions,
): Promise<Trace | "cannotTell"> {
  const { clock, signal } = options;
  const startMs = clock.now();
  let last: SubmissionList | RequestError | undefined;
  let refusals = 0;
  for (const offsetMs of timesMs) {
    await clock.sleep(startMs + offsetMs - clock.now(), signal);
    if (signal.aborted) return "cannotTell";
    last = await lookOnce(options);
    const trace = last instanceof Error ? undefined : findTrace(last, baseline);
    if (trace !== undefined && "submission" in trace) return trace;
    refusals = last instanceof Error && !isPassing(last) ? refusals + 1 : 0;
    if (refusals === MOST_REFUSALS) return "cannotTell";
  }
  if (last instanceof Error && isPassing(last)) last = await lookPatiently(options, clock.now() + LAST_LOOK_MS);
  return last === undefined || last instanceof Error ? "cannotTell" : findTrace(last, baseline);
}

/** One look; the error when it was not answered. */
export function lookOnce({ marketplace, signal }: LookOptions): Promise<SubmissionList | RequestError> {
  return answerOrError(marketplace.submissions(signal));
}
