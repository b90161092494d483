import { isPassing, isRequestError, type RequestError } from "./bearer/request-error.ts";
import { AnswerError, NetworkError, ServiceError } from "./http/errors.ts";
import type { Marketplace, Submission, SubmissionList } from "./marketplace/marketplace.ts";
import type { Clock } from "./clock.ts";
import type { Observer } from "./events.ts";
import { hasEnded } from "./operation.ts";
import { retry } from "./retry.ts";

/** A go-live that was not there before, certainly none, or no way to tell. */
export type LookResult = Submission | "none" | "cannotTell";

/** Pauses between the tries of a look that nobody answers. */
const LOOK_PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** When to look, in milliseconds after an answer: the list may lag behind what the service has accepted. */
const LAG_LOOKS_MS = [500, 2_000, 5_000, 10_000, 15_000] as const;
/** After a time-out the service may still be at work, and a 202 is a promise: then the looks go on for longer. */
const LONG_LAG_LOOKS_MS = [...LAG_LOOKS_MS, 30_000, 60_000] as const;
/** A 400 is nearly always about the offer itself: one look is enough to see that nothing runs. */
const SINGLE_LOOK_MS = [0] as const;

export interface LookOptions {
  readonly marketplace: Marketplace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly observe: Observer;
}

/** The offer's operations, asked for until they are told; the error when they cannot be had before `deadlineMs`. */
export async function lookPatiently(options: LookOptions, deadlineMs: number): Promise<SubmissionList | RequestError> {
  const { marketplace, clock, signal, observe } = options;
  try {
    return await retry(() => marketplace.submissions(signal), {
      clock,
      signal,
      deadlineMs,
      pausesMs: LOOK_PAUSES_MS,
      onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
    });
  } catch (error) {
    if (isRequestError(error)) return error;
    throw error;
  }
}

/**
 * Looks for a go-live that is not among the `known` ones, several times, because the list may lag. "none" only when
 * the last look of all was answered.
 */
export async function lookForNew(
  known: ReadonlySet<string>,
  after: RequestError,
  options: LookOptions,
): Promise<LookResult> {
  const { clock, signal } = options;
  const startMs = clock.now();
  let last: SubmissionList | RequestError | undefined;
  for (const offsetMs of lookTimes(after)) {
    await clock.sleep(startMs + offsetMs - clock.now(), signal);
    if (signal.aborted) return "cannotTell";
    last = await lookOnce(options);
    const found = last instanceof Error ? undefined : pickNew(last, known);
    if (found !== undefined) return found;
    if (last instanceof Error && !isPassing(last)) return "cannotTell";
  }
  if (!(last instanceof Error)) return "none";
  last = await lookPatiently(options, clock.now() + 60_000);
  return last instanceof Error ? "cannotTell" : (pickNew(last, known) ?? "none");
}

async function lookOnce({ marketplace, signal }: LookOptions): Promise<SubmissionList | RequestError> {
  try {
    return await marketplace.submissions(signal);
  } catch (error) {
    if (isRequestError(error)) return error;
    throw error;
  }
}

/** A new go-live that still runs, else one that has already ended. */
function pickNew({ entries }: SubmissionList, known: ReadonlySet<string>): Submission | undefined {
  const fresh = entries.filter((submission) => submission.isGoLive && !known.has(submission.id));
  return fresh.find((submission) => !hasEnded(submission.status)) ?? fresh[0];
}

function lookTimes(after: RequestError): readonly number[] {
  if (after instanceof ServiceError && after.status === 400) return SINGLE_LOOK_MS;
  const isLong = (after instanceof NetworkError && after.reason === "timeout") || after instanceof AnswerError;
  return isLong ? LONG_LAG_LOOKS_MS : LAG_LOOKS_MS;
}
