import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorClock } from "../emulator/wire/clock.ts";

/** A clock that runs so many times as fast as real time, as the step's own does. */
export function createFastClock(factor: number): EmulatorClock {
  const startMs = Date.now();
  return {
    now: () => startMs + (Date.now() - startMs) * factor,
    sleep: (durationMs) => sleep(durationMs / factor, undefined, { ref: false }),
  };
}
