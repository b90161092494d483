import { answerOrError, isPassing, type RequestError } from "../bearer/request-error.ts";
import type { Clock } from "../clock.ts";
import type { Goal, Marketplace, Readiness, Standing } from "../marketplace/marketplace.ts";
import { type Baseline, findTrace, type Trace } from "./baseline.ts";
import type { Observer } from "./events.ts";
import { retry } from "./retry.ts";

/** Pauses between the tries of a question that nobody answers. */
const LOOK_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** One refusal of a look may be a stray one; so many in a row are none. */
const MOST_REFUSALS = 3;
/** Nobody is asked how the offer stands for longer than this before a go-live is sent, or sent again. */
export const LOOK_LIMIT_MS = 15 * 60_000;
/** How long the last look of all is asked for again when nobody answers it. */
export const LAST_LOOK_MS = 60_000;

export interface LookOptions {
  readonly marketplace: Marketplace;
  /** What this run is to reach. */
  readonly goal: Goal;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly observe: Observer;
}

/** How the offer stands, with an answer to whether it is ready. */
export interface ToldStanding {
  readonly standing: Standing;
  readonly readiness: Readiness;
}

/** How the offer stands, asked for until all of it is told; the error when that cannot be had before `deadlineMs`. */
export function lookPatiently(options: LookOptions, deadlineMs: number): Promise<ToldStanding | RequestError> {
  return askPatiently(() => askWhole(options), options, deadlineMs);
}

async function askWhole({ marketplace, goal, signal }: LookOptions): Promise<ToldStanding> {
  const standing = await marketplace.look(signal);
  const readiness = standing.readiness[goal];
  if (readiness.kind === "notTold") throw readiness.error;
  return { standing, readiness };
}

/** What the looks for a go-live have shown, and how the offer stood at the last of them. */
export interface Traced {
  readonly trace: Trace;
  readonly standing: Standing;
}

/**
 * Looks for the go-live that was sent after the baseline, at each of `timesMs` from now, because the list may lag. Only
 * an answer to the last look of all can show that there is none. By default anything that runs ends the looks.
 */
export async function lookForTrace(
  baseline: Baseline,
  timesMs: readonly number[],
  options: LookOptions,
  isFound: (trace: Trace) => boolean = hasSubmission,
): Promise<Traced | "cannotTell"> {
  const { clock, signal } = options;
  const startMs = clock.now();
  let last: Standing | RequestError | undefined;
  let refusals = 0;
  for (const offsetMs of timesMs) {
    await clock.sleep(startMs + offsetMs - clock.now(), signal);
    if (signal.aborted) return "cannotTell";
    last = await lookOnce(options);
    const traced = last instanceof Error ? undefined : { trace: findTrace(last, baseline), standing: last };
    if (traced !== undefined && isFound(traced.trace)) return traced;
    refusals = last instanceof Error && !isPassing(last) ? refusals + 1 : 0;
    if (refusals === MOST_REFUSALS) return "cannotTell";
  }
  if (last instanceof Error && isPassing(last)) {
    last = await askPatiently(() => options.marketplace.look(signal), options, clock.now() + LAST_LOOK_MS);
  }
  return last === undefined || last instanceof Error
    ? "cannotTell"
    : { trace: findTrace(last, baseline), standing: last };
}

/** Whether a look has shown something that runs, or what was sent. */
export function hasSubmission(trace: Trace): boolean {
  return "submission" in trace;
}

/**
 * Looks until the go-live that was sent after the baseline shows, or it is told whether the offer is ready; the error
 * when neither can be had before `deadlineMs`.
 */
export function lookForEither(
  baseline: Baseline,
  options: LookOptions,
  deadlineMs: number,
): Promise<Traced | RequestError> {
  const ask = async (): Promise<Traced> => {
    const standing = await options.marketplace.look(options.signal);
    const trace = findTrace(standing, baseline);
    const readiness = standing.readiness[options.goal];
    if (trace.kind === "none" && readiness.kind === "notTold") throw readiness.error;
    return { trace, standing };
  };
  return askPatiently(ask, options, deadlineMs);
}

/** Says of a product that it could not be checked. */
export function noteUnchecked(
  { uncheckedProduct: product }: Standing,
  { observe }: Pick<LookOptions, "observe">,
): void {
  if (product !== undefined) observe({ kind: "productUnchecked", product });
}

/** One look; the error when it was not answered. */
export function lookOnce({ marketplace, signal }: LookOptions): Promise<Standing | RequestError> {
  return answerOrError(marketplace.look(signal));
}

/** What a question is answered, asked until it is; the error when that cannot be had before `deadlineMs`. */
export function askPatiently<T>(
  ask: () => Promise<T>,
  { clock, signal, observe }: Pick<LookOptions, "clock" | "signal" | "observe">,
  deadlineMs: number,
): Promise<T | RequestError> {
  const onRetry = (error: RequestError, pauseMs: number): void => observe({ kind: "retrying", error, pauseMs });
  return answerOrError(retry(ask, { clock, signal, deadlineMs, pausesMs: LOOK_PAUSES_MS, onRetry }));
}
