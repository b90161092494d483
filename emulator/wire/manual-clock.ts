import type { EmulatorClock } from "./clock.ts";

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends EmulatorClock {
  /** How many sleepers there are now, those that sleep for ever included. */
  readonly sleepers: number;
  /** Lets that many milliseconds pass and wakes who has slept long enough. */
  advance(durationMs: number): void;
}

interface Sleeper {
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

/** A clock for tests, which shows that time until it is advanced; `startMs` in milliseconds since the epoch. */
export function createManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  let sleepers: readonly Sleeper[] = [];
  return {
    get sleepers() {
      return sleepers.length;
    },
    now: () => nowMs,
    sleep(durationMs) {
      if (durationMs <= 0) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      sleepers = [...sleepers, { wakesAtMs: nowMs + durationMs, wake: resolve }];
      return promise;
    },
    advance(durationMs) {
      nowMs += durationMs;
      const due = sleepers.filter((sleeper) => sleeper.wakesAtMs <= nowMs);
      sleepers = sleepers.filter((sleeper) => sleeper.wakesAtMs > nowMs);
      for (const sleeper of due) sleeper.wake();
    },
  };
}
