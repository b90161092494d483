import type { EntryBehaviour } from "./entry-behaviour.ts";
import type { JobPlan } from "./plan.ts";
import type { JobState, JobTarget, Outcome } from "./vocabulary.ts";

/** One job. All times are in milliseconds since the epoch. */
export interface Job {
  readonly id: string;
  readonly target: JobTarget;
  /** The number of its submission: the preview that it makes, or that it pushes live. */
  readonly number: string;
  /** Whether a client of this service asked for it, and not somebody in Partner Center. */
  readonly isClients: boolean;
  /** Why it fails without having done anything. */
  readonly refusal?: string;
  readonly lifecycleState: string;
  readonly plan: JobPlan;
  readonly acceptedAtMs: number;
  readonly startsAtMs: number;
  readonly visibility: JobVisibility;
  /** From when on it is cancelled, should it not have ended before. */
  readonly cancelledAtMs: number;
  /** Whether its preview leaves the one before in its place. */
  readonly isBeside: boolean;
}

/** When a job can be read, when its submission is listed with its target, and how late that shows its end. */
export interface JobVisibility {
  readonly readableAtMs: number;
  readonly lostAtMs: number;
  readonly listedAtMs: number;
  readonly endLagMs: number;
}

/** When and how a job ends; `atMs` is `Infinity` when it never does. */
export interface JobEnd {
  readonly atMs: number;
  readonly outcome: Outcome;
}

const defaultDurationMs = 60_000;

/** A job from before the start has been visible ever since: the lags are for new ones. */
export const alwaysVisible: JobVisibility = {
  readableAtMs: -Infinity,
  lostAtMs: Infinity,
  listedAtMs: -Infinity,
  endLagMs: 0,
};

/** How late the submissions show the end of a new job, in milliseconds. */
export function endLagMs(target: JobTarget, { submissionsLagMs, endShowsMs }: EntryBehaviour): number {
  return submissionsLagMs + (target === "live" ? endShowsMs : 0);
}

/** The job's end as far as it is known now. */
export function endOf(job: Job): JobEnd {
  const plannedAtMs = job.startsAtMs + (job.plan.durationMs ?? defaultDurationMs);
  if (job.cancelledAtMs < plannedAtMs) return { atMs: job.cancelledAtMs, outcome: "cancelled" };
  return { atMs: plannedAtMs, outcome: job.plan.outcome ?? "succeeded" };
}

/** The job's true state at that time. */
export function stateAt(job: Job, nowMs: number): JobState {
  const end = endOf(job);
  if (nowMs >= end.atMs) return end.outcome;
  return nowMs < job.startsAtMs ? "notStarted" : "running";
}

/** Whether the job has yet to end at that time. */
export function isActiveAt(job: Job, nowMs: number): boolean {
  return nowMs < endOf(job).atMs;
}

/** Whether the job has done, or is doing, what it was asked for. */
export function isCarriedOut(job: Job): boolean {
  return job.refusal === undefined;
}
