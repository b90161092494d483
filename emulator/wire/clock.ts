import { setTimeout as sleepFor } from "node:timers/promises";

/** The time the emulator lives by. Tests pass their own, so that nobody waits for real seconds. */
export interface EmulatorClock {
  /** The time now, in milliseconds since the epoch. */
  now(): number;
  /** Resolves after that many milliseconds; `Infinity` never resolves. */
  sleep(durationMs: number): Promise<void>;
}

/** A longer timer than this fires at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args. */
const longestTimerMs = 2 ** 31 - 1;

/** The wall clock. Its sleeps do not keep a process alive. */
export const realClock: EmulatorClock = {
  now: () => Date.now(),
  async sleep(durationMs) {
    let leftMs = durationMs;
    while (leftMs > longestTimerMs) {
      await sleepFor(longestTimerMs, undefined, { ref: false });
      leftMs -= longestTimerMs;
    }
    await sleepFor(leftMs, undefined, { ref: false });
  },
};
