import type { Clock } from "./clock.ts";

/** The time for something was over, or the run was cancelled, before it was done. */
export class LateError extends Error {
  override readonly name = "LateError";
}

export interface TimeLimit {
  readonly clock: Clock;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly limitMs: number;
  /** The error to throw when the time is over or the run is cancelled; `why` is a clause. Default: a {@link LateError}. */
  readonly giveUp?: (why: string) => Error;
}

const late = (why: string): Error => new LateError(why);

/** Runs `ask` until it ends, the time is over or the run is cancelled, whether or not it heeds its signal. */
export async function withinLimit<T>(limit: TimeLimit, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, signal, limitMs, giveUp: giveUpWith = late } = limit;
  const over = new AbortController();
  const done = new AbortController();
  const stop = AbortSignal.any([done.signal, signal]);
  const giveUp = async (): Promise<never> => {
    await clock.sleep(limitMs, stop);
    over.abort();
    throw giveUpWith(signal.aborted ? "the run was cancelled" : `no answer within ${limitMs / 1_000} s`);
  };
  const givenUp = giveUp();
  const asked = ask(AbortSignal.any([over.signal, signal]));
  // Whichever loses may still fail later, and nobody is left to hear of it.
  for (const promise of [asked, givenUp]) promise.catch(() => {});
  try {
    return await Promise.race([asked, givenUp]);
  } finally {
    done.abort();
  }
}
