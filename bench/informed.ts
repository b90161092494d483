import { createExpectation } from "../src/go-live/expectation.ts";
import type { Operation, Step } from "../src/marketplace/operation.ts";
import { poll } from "../src/go-live/poll.ts";
import { mean, quantile, randomFrom, round } from "./statistics.ts";

const SHORTEST_MS = 30_000;
const LONGEST_MS = 5 * 86_400_000;
const LONGEST_PAUSE_MS = 60_000;
const STEPS = 4;

/** What a step says of itself, in percent, when such a share of its time has passed. */
const TELLINGS = {
  evenly: (share) => Math.floor(100 * share),
  inTens: (share) => 10 * Math.floor(10 * share),
  tooSoon: (share) => Math.min(99, Math.floor(100 * share ** 0.5)),
  tooLate: (share) => Math.floor(100 * share ** 3),
  stopsAt99: (share) => Math.min(99, Math.floor(500 * share)),
  nothing: () => 0,
} as const satisfies Readonly<Record<string, (share: number) => number>>;

export type Telling = keyof typeof TELLINGS;

export interface InformedFigures {
  /** Shares of the duration, in percent. */
  readonly meanLatePercent: number;
  readonly p95LatePercent: number;
  readonly meanQuestions: number;
}

export interface InformedResult {
  readonly operations: number;
  readonly byTelling: Readonly<Record<Telling, InformedFigures>>;
}

/** A go-live of several steps, the ends of which are known, in milliseconds since its start. */
type Ends = readonly number[];

/**
 * How late the end is noticed by what the steps say of themselves; durations as for {@link measureWaiting}, divided
 * among the steps by chance. A go-live that says nothing is waited for by the time alone.
 */
export async function measureInformed(operations: number): Promise<InformedResult> {
  const random = randomFrom(13);
  const all = Array.from({ length: operations }, () =>
    divided(SHORTEST_MS * (LONGEST_MS / SHORTEST_MS) ** random(), random),
  );
  const entries: [string, InformedFigures][] = [];
  for (const [name, tell] of Object.entries(TELLINGS)) entries.push([name, await figuresOf(all, tell)]);
  return { operations, byTelling: Object.fromEntries(entries) as Record<Telling, InformedFigures> };
}

function divided(durationMs: number, random: () => number): Ends {
  const weights = Array.from({ length: STEPS }, () => Math.exp(3 * random()));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let passed = 0;
  const ends = weights.map((weight) => (passed += weight) * (durationMs / sum));
  return [...ends.slice(0, -1), durationMs];
}

async function figuresOf(all: readonly Ends[], tell: (share: number) => number): Promise<InformedFigures> {
  const random = randomFrom(17);
  const shares: number[] = [];
  const questions: number[] = [];
  for (const ends of all) {
    const wait = await waitFor(ends, tell, random);
    shares.push((100 * wait.lateMs) / (ends.at(-1) ?? 0));
    questions.push(wait.questions);
  }
  return {
    meanLatePercent: round(mean(shares), 2),
    p95LatePercent: round(quantile(shares, 0.95), 2),
    meanQuestions: round(mean(questions)),
  };
}

/** The action's own poll and expectation, on a clock of their own. */
async function waitFor(ends: Ends, tell: (share: number) => number, random: () => number) {
  let [nowMs, questions] = [0, 0];
  const endMs = ends.at(-1) ?? 0;
  const expectRest = createExpectation();
  const ask = async () => {
    questions += 1;
    if (nowMs >= endMs) return { done: nowMs - endMs };
    return { retryAfterMs: undefined, restMs: expectRest(operationAt(nowMs, ends, tell), nowMs) };
  };
  const end = await poll(ask, {
    clock: { now: () => nowMs, sleep: async (sleepMs: number) => void (nowMs += sleepMs) },
    signal: new AbortController().signal,
    schedule: { longestPauseMs: LONGEST_PAUSE_MS, random },
    deadlineMs: Infinity,
    isFirstAtOnce: false,
  });
  if (end.kind !== "done") throw new Error(`the wait ended by ${end.kind}`);
  return { lateMs: end.value, questions };
}

function operationAt(atMs: number, ends: Ends, tell: (share: number) => number): Operation {
  const steps = ends.map((endMs, at): Step => {
    const startMs = ends[at - 1] ?? 0;
    const common = { id: String(at), name: `Step ${at}`, statusWord: "", messages: [] };
    if (atMs >= endMs) return { ...common, status: "succeeded", progressPercentage: 100 };
    if (atMs < startMs) return { ...common, status: "notStarted", progressPercentage: 0 };
    return { ...common, status: "running", progressPercentage: tell((atMs - startMs) / (endMs - startMs)) };
  });
  return { status: "running", statusWord: "running", isKnownWord: true, messages: [], steps, liveLinks: [] };
}
