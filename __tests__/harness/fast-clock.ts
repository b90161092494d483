import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "../../emulator/emulator.ts";

/** A timer that is set to more fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A clock for an emulator that is to live as fast as a step does whose `timeFactor` is that. */
export function createFastClock(timeFactor: number): EmulatorClock {
  const startMs = Date.now();
  return {
    now: () => startMs + (Date.now() - startMs) * timeFactor,
    sleep: (durationMs) => sleep(Math.min(durationMs / timeFactor, LONGEST_MS), undefined, { ref: false }),
  };
}
