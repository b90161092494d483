import type { Operation, Step, StepStatus } from "../marketplace/operation.ts";
import { stepKey } from "./operation-text.ts";

/** When a step was at work, as far as it was seen; milliseconds since the epoch. */
export interface StepTime {
  readonly startedMs: number;
  /** Undefined while it has not ended. */
  readonly endedMs: number | undefined;
  /** `atLeast`: it was at work before anybody looked. `atMost`: it began and ended between two looks. */
  readonly bound: "exact" | "atLeast" | "atMost";
}

/** Learns from looks at an operation when its steps were at work. */
export interface Timeline {
  /** The operation begins now: no step was at work before. */
  readonly begin: (atMs: number) => void;
  readonly see: (operation: Operation, atMs: number) => void;
  /** Undefined when the step was never seen before its end, or has not begun. */
  readonly timeOf: (step: Step) => StepTime | undefined;
  /** The time of the last look. */
  readonly lastMs: () => number | undefined;
}

interface Track {
  lastPendingMs: number | undefined;
  atWorkMs: number | undefined;
  endedMs: number | undefined;
}

/** More steps than any offer has. */
const MOST_STEPS = 200;

const PHASES = {
  notStarted: "pending",
  running: "atWork",
  waiting: "atWork",
  blocked: "atWork",
  succeeded: "ended",
  failed: "ended",
  rejected: "ended",
  canceled: "ended",
} as const satisfies Record<StepStatus, "pending" | "atWork" | "ended">;

/** A timeline that has seen nothing yet. */
export function createTimeline(): Timeline {
  const tracks = new Map<string, Track>();
  let beginMs: number | undefined;
  let lookedMs: number | undefined;
  return {
    begin(atMs) {
      beginMs = atMs;
    },
    see(operation, atMs) {
      lookedMs = atMs;
      for (const step of operation.steps) {
        const key = stepKey(step);
        const track = tracks.get(key) ?? { lastPendingMs: beginMs, atWorkMs: undefined, endedMs: undefined };
        if (tracks.has(key) || tracks.size < MOST_STEPS) tracks.set(key, track);
        mark(track, step.status, atMs);
      }
    },
    timeOf(step) {
      const track = tracks.get(stepKey(step));
      return track === undefined || PHASES[step.status] === "pending" ? undefined : readTime(track);
    },
    lastMs: () => lookedMs,
  };
}

function mark(track: Track, status: StepStatus, atMs: number): void {
  switch (PHASES[status]) {
    case "pending":
      track.lastPendingMs = atMs;
      return;
    case "atWork":
      track.atWorkMs ??= atMs;
      track.endedMs = undefined;
      return;
    case "ended":
      track.endedMs ??= atMs;
  }
}

function readTime({ lastPendingMs, atWorkMs, endedMs }: Track): StepTime | undefined {
  if (atWorkMs !== undefined) {
    return { startedMs: atWorkMs, endedMs, bound: lastPendingMs === undefined ? "atLeast" : "exact" };
  }
  return lastPendingMs === undefined ? undefined : { startedMs: lastPendingMs, endedMs, bound: "atMost" };
}
