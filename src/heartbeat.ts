import type { Clock } from "./clock.ts";

/** A clock whose long sleeps are interrupted by a beat every `beatMs`, so that somebody can say that all is well. */
export function withHeartbeat(clock: Clock, beatMs: number, beat: () => void): Clock {
  return {
    now: () => clock.now(),
    async sleep(durationMs, signal) {
      let left = durationMs;
      while (left > beatMs) {
        await clock.sleep(beatMs, signal);
        if (signal?.aborted === true) return;
        left -= beatMs;
        beat();
      }
      await clock.sleep(left, signal);
    },
  };
}
