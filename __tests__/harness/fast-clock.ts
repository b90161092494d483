import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "../../emulator/emulator.ts";

/** A clock for an emulator that is to live as fast as a step does whose `timeFactor` is that. */
export function createFastClock(timeFactor: number): EmulatorClock {
  const startMs = Date.now();
  return {
    now: () => startMs + (Date.now() - startMs) * timeFactor,
    sleep: (durationMs) => sleep(durationMs / timeFactor, undefined, { ref: false }),
  };
}
