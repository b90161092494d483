import { pauseMs, type Schedule } from "../src/go-live/poll.ts";
import { randomFrom, round } from "./statistics.ts";

const MINUTE_MS = 60_000;
const STARTED_WITHIN_MS = MINUTE_MS;
const WATCHED_MS = 180 * MINUTE_MS;
/** From here on every action pauses as long as it ever will. */
const STEADY_FROM_MS = 30 * MINUTE_MS;
const LONGEST_PAUSE_MS = 60_000;

export interface CrowdResult {
  readonly actions: number;
  /** Questions per second, once the pauses no longer grow. */
  readonly steady: Load;
  /** The greatest ratio of the busiest second of any minute to the mean of that minute, from the first minute on. */
  readonly worstMinuteRatio: number;
  /** From the first question to the end of the third hour: the eager first minutes against the whole. */
  readonly whole: Load;
}

export interface Load {
  readonly peak: number;
  readonly mean: number;
  readonly ratio: number;
}

/** The questions per second that so many waiting actions ask, all of them started within one minute. */
export function measureCrowd(actions: number): CrowdResult {
  const seconds = questionsPerSecond(actions, randomFrom(11));
  const steadyFrom = STEADY_FROM_MS / 1_000;
  // The minute in which they start is no fair mean: it begins with nobody there.
  const minutes = Array.from({ length: WATCHED_MS / MINUTE_MS - 1 }, (_, index) =>
    load(seconds.slice((index + 1) * 60, (index + 2) * 60)),
  );
  return {
    actions,
    steady: load(seconds.slice(steadyFrom)),
    worstMinuteRatio: Math.max(...minutes.map(({ ratio }) => ratio)),
    whole: load(seconds),
  };
}

function questionsPerSecond(actions: number, random: () => number): readonly number[] {
  const seconds = Array.from({ length: WATCHED_MS / 1_000 }, () => 0);
  const schedule: Schedule = { longestPauseMs: LONGEST_PAUSE_MS, random };
  for (let count = 0; count < actions; count += 1) {
    const startMs = STARTED_WITHIN_MS * random();
    for (let waitedMs = pauseMs(0, schedule); ; waitedMs += pauseMs(waitedMs, schedule)) {
      const second = Math.floor((startMs + waitedMs) / 1_000);
      if (second >= seconds.length) break;
      seconds[second] = (seconds[second] ?? 0) + 1;
    }
  }
  return seconds;
}

function load(seconds: readonly number[]): Load {
  const peak = seconds.reduce((most, count) => Math.max(most, count), 0);
  const mean = seconds.reduce((sum, count) => sum + count, 0) / seconds.length;
  return { peak, mean: round(mean), ratio: round(peak / mean, 2) };
}
