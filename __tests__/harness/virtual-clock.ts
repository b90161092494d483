import type { Clock } from "../../src/clock.ts";

/** A clock whose time passes only while somebody sleeps, and then at once. */
export interface VirtualClock extends Clock {
  /** How long every sleep was asked to be, in milliseconds, in order. */
  readonly sleeps: readonly number[];
  /** Lets time pass without a sleep, as a slow request does. */
  pass(durationMs: number): void;
  /** Does something when the time is `atMs`, during the sleep that passes it. */
  at(atMs: number, act: () => void): void;
}

/** A clock that shows `startMs` (milliseconds since the epoch). */
export function createVirtualClock(startMs = 0): VirtualClock {
  const sleeps: number[] = [];
  let planned: readonly { readonly atMs: number; readonly act: () => void }[] = [];
  let nowMs = startMs;
  return {
    sleeps,
    now: () => nowMs,
    sleep: async (durationMs, signal) => {
      sleeps.push(durationMs);
      if (isAborted(signal)) return;
      const endMs = nowMs + Math.max(0, durationMs);
      const due = planned.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs);
      planned = planned.filter(({ atMs }) => atMs > endMs);
      for (const { atMs, act } of due) {
        nowMs = Math.max(nowMs, atMs);
        act();
        if (isAborted(signal)) return;
      }
      nowMs = endMs;
    },
    pass(durationMs) {
      nowMs += durationMs;
    },
    at(atMs, act) {
      planned = [...planned, { atMs, act }];
    },
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}
