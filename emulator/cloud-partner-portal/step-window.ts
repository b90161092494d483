import { type Operation, plannedDurationMs } from "./operation.ts";
import type { StepPlan } from "./plan.ts";
import { defaultSteps } from "./step-table.ts";

/** The time of one step, in milliseconds since the epoch; `Infinity` where it is never reached. */
export interface StepWindow {
  readonly step: StepPlan;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** Whether the operation ends with this step. */
  readonly isLast: boolean;
}

/** The windows of an operation's steps: one after the other, together as long as the operation. */
export function windowsOf(operation: Operation): readonly StepWindow[] {
  const steps = operation.plan.steps ?? defaultSteps[operation.slot];
  const last = lastStepOf(operation, steps);
  const shares = steps.map((step) => step.share ?? 1);
  const sums = runningSums(shares);
  const total = sums[last + 1] ?? 0;
  return steps.map((step, index) => ({
    step,
    startsAtMs: index > last ? Infinity : timeAfter(operation, sums[index] ?? 0, total),
    endsAtMs: index > last ? Infinity : timeAfter(operation, sums[index + 1] ?? 0, total),
    isLast: index === last,
  }));
}

/** How much of the step's own time has passed, 0 to 1. */
export function shareAt(window: StepWindow, atMs: number): number {
  if (atMs >= window.endsAtMs) return 1;
  if (atMs <= window.startsAtMs) return 0;
  return (atMs - window.startsAtMs) / (window.endsAtMs - window.startsAtMs);
}

/** The time at which that share (0 to 1) of the step's own time has passed, in milliseconds since the epoch. */
export function timeIn(window: StepWindow, share: number): number {
  return share === 0 ? window.startsAtMs : window.startsAtMs + share * (window.endsAtMs - window.startsAtMs);
}

function lastStepOf(operation: Operation, steps: readonly StepPlan[]): number {
  const marked = operation.plan.outcome === "failed" ? steps.findIndex((step) => step.ending !== undefined) : -1;
  return marked === -1 ? steps.length - 1 : marked;
}

function runningSums(shares: readonly number[]): readonly number[] {
  const sums = [0];
  for (const share of shares) sums.push((sums.at(-1) ?? 0) + share);
  return sums;
}

function timeAfter(operation: Operation, sum: number, total: number): number {
  const share = total === 0 ? 1 : sum / total;
  // Nothing of an endless operation is its start, where a multiplication would say NaN.
  return share === 0 ? operation.startsAtMs : operation.startsAtMs + share * plannedDurationMs(operation);
}
