import { poll, type Schedule } from "../src/go-live/poll.ts";
import { mean, quantile, randomFrom, round } from "./statistics.ts";

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHORTEST_MS = 30 * SECOND_MS;
const LONGEST_MS = 5 * DAY_MS;
/** The default of the input `pollIntervalSeconds`. */
const LONGEST_PAUSE_MS = 60 * SECOND_MS;

/** What one wait came to. */
interface Wait {
  readonly durationMs: number;
  readonly lateMs: number;
  readonly questions: number;
}

/** What many waits came to. */
export interface WaitingFigures {
  readonly meanLateSeconds: number;
  readonly p95LateSeconds: number;
  /** Shares of the duration, in percent. */
  readonly meanLatePercent: number;
  readonly p95LatePercent: number;
  readonly meanQuestions: number;
}

export type ScheduleName = "action" | "fixed4h" | "fixed300s" | "fixed30s" | "doubling";

export interface WaitingResult {
  readonly operations: number;
  readonly all: Readonly<Record<ScheduleName, WaitingFigures>>;
  readonly belowOneHour: Readonly<Record<ScheduleName, WaitingFigures>>;
  /** Mean lateness in seconds by duration: the points of a curve. */
  readonly curve: readonly ({ readonly durationSeconds: number } & Readonly<Record<ScheduleName, number>>)[];
}

const NAMES: readonly ScheduleName[] = ["action", "fixed4h", "fixed300s", "fixed30s", "doubling"];
const CURVE_POINTS = 24;

/** How late the end of so many operations is noticed, their durations spread evenly over the logarithm of the time. */
export async function measureWaiting(operations: number): Promise<WaitingResult> {
  const random = randomFrom(7);
  const durations = Array.from({ length: operations }, () => SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random());
  const schedule: Schedule = { longestPauseMs: LONGEST_PAUSE_MS, random };
  const action: Wait[] = [];
  for (const durationMs of durations) action.push(await waitAsTheAction(durationMs, schedule));
  const waits: Record<ScheduleName, readonly Wait[]> = {
    action,
    fixed4h: durations.map((durationMs) => waitFixed(durationMs, 4 * HOUR_MS)),
    fixed300s: durations.map((durationMs) => waitFixed(durationMs, 300 * SECOND_MS)),
    fixed30s: durations.map((durationMs) => waitFixed(durationMs, 30 * SECOND_MS)),
    doubling: durations.map((durationMs) => waitDoubling(durationMs)),
  };
  return {
    operations,
    all: figuresOf(waits, () => true),
    belowOneHour: figuresOf(waits, ({ durationMs }) => durationMs < HOUR_MS),
    curve: curveOf(waits),
  };
}

/** The action's own poll on a clock of its own, after a go-live that it has started itself. */
async function waitAsTheAction(durationMs: number, schedule: Schedule): Promise<Wait> {
  let nowMs = 0;
  let questions = 0;
  const clock = {
    now: () => nowMs,
    sleep: async (sleepMs: number) => {
      nowMs += sleepMs;
    },
  };
  const ask = async (): Promise<{ readonly done: number } | { readonly retryAfterMs: undefined }> => {
    questions += 1;
    return nowMs >= durationMs ? { done: nowMs } : { retryAfterMs: undefined };
  };
  const end = await poll(ask, {
    clock,
    signal: new AbortController().signal,
    schedule,
    deadlineMs: Infinity,
    isFirstAtOnce: false,
  });
  if (end.kind !== "done") throw new Error(`the wait ended by ${end.kind}`);
  return { durationMs, lateMs: end.value - durationMs, questions };
}

function waitFixed(durationMs: number, everyMs: number): Wait {
  const questions = Math.ceil(durationMs / everyMs);
  return { durationMs, lateMs: questions * everyMs - durationMs, questions };
}

/** Each pause twice the one before, from one second on, without a limit. */
function waitDoubling(durationMs: number): Wait {
  let [nowMs, questions] = [0, 0];
  for (let pause = SECOND_MS; nowMs < durationMs; pause *= 2) {
    nowMs += pause;
    questions += 1;
  }
  return { durationMs, lateMs: nowMs - durationMs, questions };
}

function figuresOf(
  waits: Readonly<Record<ScheduleName, readonly Wait[]>>,
  counts: (wait: Wait) => boolean,
): Record<ScheduleName, WaitingFigures> {
  return byName((name) => {
    const chosen = waits[name].filter(counts);
    const late = chosen.map(({ lateMs }) => lateMs / SECOND_MS);
    const shares = chosen.map(({ lateMs, durationMs }) => (100 * lateMs) / durationMs);
    return {
      meanLateSeconds: round(mean(late)),
      p95LateSeconds: round(quantile(late, 0.95)),
      meanLatePercent: round(mean(shares), 2),
      p95LatePercent: round(quantile(shares, 0.95), 2),
      meanQuestions: round(mean(chosen.map(({ questions }) => questions))),
    };
  });
}

function curveOf(waits: Readonly<Record<ScheduleName, readonly Wait[]>>): WaitingResult["curve"] {
  const step = (LONGEST_MS / SHORTEST_MS) ** (1 / CURVE_POINTS);
  return Array.from({ length: CURVE_POINTS }, (_, index) => {
    const fromMs = SHORTEST_MS * step ** index;
    const isIn = ({ durationMs }: Wait): boolean => durationMs >= fromMs && durationMs < fromMs * step;
    const late = byName((name) => round(mean(waits[name].filter(isIn).map(({ lateMs }) => lateMs / SECOND_MS)), 2));
    return { durationSeconds: round((fromMs * step ** 0.5) / SECOND_MS), ...late };
  });
}

function byName<T>(make: (name: ScheduleName) => T): Record<ScheduleName, T> {
  return Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Record<ScheduleName, T>;
}
