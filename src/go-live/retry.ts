import type { Clock } from "../clock.ts";
import { askedPauseMs, isPassing, isRequestError, type RequestError } from "../bearer/request-error.ts";

/** Pauses between the tries of a question that nobody waits long for, in milliseconds. */
export const QUESTION_PAUSES_MS = [1_000, 2_000, 4_000] as const;

export interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The pauses between the tries, in milliseconds: one try more than there are pauses. */
  readonly pausesMs: readonly number[];
  /** No pause goes beyond this time (milliseconds since the epoch). */
  readonly deadlineMs: number;
  /** Whether an error is a reason to ask again. Default: it may pass. */
  readonly isWorthRetrying?: (error: RequestError) => boolean;
  readonly onRetry: (error: RequestError, pauseMs: number) => void;
}

/**
 * Asks a question that changes nothing until it is answered. Throws the last error when the service says no, the tries
 * or the time are used up, or the signal aborts; an error that is not a request's is a bug and thrown at once.
 */
export async function retry<T>(ask: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, signal, pausesMs, deadlineMs, isWorthRetrying = isPassing, onRetry } = options;
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const ladderMs = pausesMs[tries];
      if (!isRequestError(error) || !isWorthRetrying(error) || ladderMs === undefined || signal.aborted) throw error;
      const pauseMs = Math.max(ladderMs, askedPauseMs(error) ?? 0);
      if (clock.now() + pauseMs > deadlineMs) throw error;
      onRetry(error, pauseMs);
      await clock.sleep(pauseMs, signal);
      if (signal.aborted) throw error;
    }
  }
}
