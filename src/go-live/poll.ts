import type { Clock } from "../clock.ts";

/** When to ask again. */
export interface Schedule {
  /** The longest pause between two questions, in milliseconds. */
  readonly longestPauseMs: number;
  /** How seldom to ask at the most, once it has been waited for so long. Default: as often as the rest says. */
  readonly pace?: { readonly afterMs: number; readonly shortestPauseMs: number };
  /** A number from 0 to 1, as `Math.random` gives it. */
  readonly random: () => number;
}

export interface PollOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly schedule: Schedule;
  /** The time of the last question, in milliseconds since the epoch. */
  readonly deadlineMs: number;
  /** Whether the first question is asked at once instead of after the first pause. */
  readonly isFirstAtOnce: boolean;
}

/**
 * What one question brought: the end, or a reason to ask again: not before `retryAfterMs`, if that is given, and sooner
 * than otherwise if only `restMs` may be left to the end.
 */
export type Reply<T> =
  { readonly done: T } | { readonly retryAfterMs: number | undefined; readonly restMs?: number | undefined };

/** How a poll ended. */
export type PollEnd<T> =
  { readonly kind: "done"; readonly value: T } | { readonly kind: "deadline" } | { readonly kind: "interrupted" };

const NO_PACE = { afterMs: 0, shortestPauseMs: 0 } as const;
const FIRST_PAUSE_MS = 1_500;
const SHARE_OF_TIME_WAITED = 0.05;
/** Half of what is left: the next look finds the half of that, so that the end is met in ever smaller steps. */
const SHARE_OF_REST = 0.5;
const JITTER = 0.15;

/**
 * The pause before the next question, in milliseconds: about 5 % of the time already waited, so that the end is
 * noticed within a small share of the whole, and no more than half of `restMs`, the time that may be left; up to 15 %
 * shorter by chance, so that many runs do not ask together.
 */
export function pauseMs(waitedMs: number, schedule: Schedule, restMs = Infinity): number {
  const share = Math.min(waitedMs * SHARE_OF_TIME_WAITED, restMs * SHARE_OF_REST);
  const pause = Math.min(Math.max(FIRST_PAUSE_MS, share), schedule.longestPauseMs) * (1 - JITTER * schedule.random());
  const { afterMs, shortestPauseMs } = schedule.pace ?? NO_PACE;
  return waitedMs >= afterMs ? Math.max(pause, shortestPauseMs) : pause;
}

/**
 * Asks until the answer is final, the deadline has passed or the signal aborts. The last question is asked at the
 * deadline, so it ends at the latest one question after it. Throws only what `ask` throws.
 */
export async function poll<T>(ask: () => Promise<Reply<T>>, options: PollOptions): Promise<PollEnd<T>> {
  const { clock, signal, schedule, deadlineMs } = options;
  const startMs = clock.now();
  let pause = options.isFirstAtOnce ? 0 : pauseMs(0, schedule);
  for (;;) {
    await clock.sleep(Math.min(pause, deadlineMs - clock.now()), signal);
    if (signal.aborted) return { kind: "interrupted" };
    const reply = await ask();
    if ("done" in reply) return { kind: "done", value: reply.done };
    if (signal.aborted) return { kind: "interrupted" };
    if (clock.now() >= deadlineMs) return { kind: "deadline" };
    pause = Math.max(pauseMs(clock.now() - startMs, schedule, reply.restMs), reply.retryAfterMs ?? 0);
  }
}
