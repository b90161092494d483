import type { Clock } from "../../src/clock.ts";

/** From this length on a sleep is a time limit, below it a pause. */
const SHORTEST_LIMIT_MS = 30_000;

/** A clock on which pauses pass at once, and time limits never. */
export const patientClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (durationMs < SHORTEST_LIMIT_MS || signal?.aborted === true) resolve();
      else signal?.addEventListener("abort", () => resolve(), { once: true });
    }),
};
