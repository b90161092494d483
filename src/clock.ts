import { performance } from "node:perf_hooks";

/** Time as everything below sees it; passed in, so that no test has to wait for a real hour. */
export interface Clock {
  /** The time in milliseconds since the Unix epoch; never goes backwards. */
  now(): number;
  /** Resolves after `durationMs`, or at once when `signal` aborts. Never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** A longer timer fires after 1 ms: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's time. It follows the monotonic clock: a clock set right in mid-wait must not end the wait. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(durationMs, signal) {
    const end = performance.now() + durationMs;
    let left = durationMs;
    while (left > 0 && !isAborted(signal)) {
      await timer(Math.min(left, LONGEST_TIMER_MS), signal);
      left = end - performance.now();
    }
  },
};

function timer(durationMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timeout);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timeout = setTimeout(finish, durationMs);
    signal?.addEventListener("abort", finish, { once: true });
  });
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

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
