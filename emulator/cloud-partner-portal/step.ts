import { type Operation, type OperationEnd, endOf } from "./operation.ts";
import type { ErrorPlan, OperationPlan, StepPlan } from "./plan.ts";
import { type StepMessageBody, messagesAt } from "./step-message.ts";
import { type StepWindow, shareAt, windowsOf } from "./step-window.ts";
import type { StepStatus } from "./vocabulary.ts";

/** A step as the service answers it. */
export interface StepBody {
  readonly estimatedTimeFrame?: string;
  readonly id: string;
  readonly stepName: string;
  readonly description: string;
  readonly status: StepStatus;
  readonly progressPercentage: number;
  readonly messages: readonly StepMessageBody[];
  readonly error?: ErrorPlan;
}

/** The operation's steps as the service answers them at that time. */
export function stepsAt(operation: Operation, nowMs: number): readonly StepBody[] {
  const end = endOf(operation);
  return windowsOf(operation).map((window) => stepAt(window, operation, end, nowMs));
}

/** The fields of a step that do not change with time. */
export function describeStep(step: StepPlan): Pick<StepBody, "estimatedTimeFrame" | "id" | "stepName" | "description"> {
  return {
    ...(step.estimatedTimeFrame === undefined ? {} : { estimatedTimeFrame: step.estimatedTimeFrame }),
    id: step.id,
    stepName: step.stepName,
    description: step.description ?? "",
  };
}

function stepAt(window: StepWindow, operation: Operation, end: OperationEnd, nowMs: number): StepBody {
  const shownAtMs = Math.min(nowMs, end.atMs);
  const share = shareAt(window, shownAtMs);
  const status = stepStatus(window, end, nowMs, share);
  return {
    ...describeStep(window.step),
    status,
    progressPercentage: progressOf(status, share),
    messages: messagesAt({ window, status, share, shownAtMs, reason: reasonOf(operation.plan.error) }),
    ...(hasFailed(status) && window.step.error !== undefined ? { error: window.step.error } : {}),
  };
}

function stepStatus(window: StepWindow, end: OperationEnd, nowMs: number, share: number): StepStatus {
  const hasEnded = nowMs >= end.atMs;
  if (hasEnded && end.outcome === "failed" && window.isLast) return window.step.ending ?? "failed";
  if (hasEnded && end.outcome === "canceled" && (window.isLast || window.endsAtMs > end.atMs)) return "canceled";
  if (nowMs >= window.endsAtMs) return "complete";
  if (nowMs < window.startsAtMs) return "notStarted";
  return isBlockedAt(window.step, share) ? "blocked" : "inProgress";
}

function hasFailed(status: StepStatus): boolean {
  return status === "failed" || status === "rejected";
}

/** The message of the first error. */
function reasonOf(error: OperationPlan["error"]): string | undefined {
  return error === "none" ? undefined : [error ?? []].flat()[0]?.message;
}

function progressOf(status: StepStatus, share: number): number {
  return status === "complete" ? 100 : Math.min(99, Math.floor(share * 100));
}

function isBlockedAt(step: StepPlan, share: number): boolean {
  if (step.blockedFrom === undefined && step.blockedUntil === undefined) return false;
  return share >= (step.blockedFrom ?? 0) && share < (step.blockedUntil ?? 1);
}
