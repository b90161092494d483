import { hasEnded, type Operation, type Step } from "../marketplace/operation.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";

/** The words for a status where a person reads it. */
export const STATUS_TEXTS = {
  notStarted: "not started",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  canceled: "canceled",
  rejected: "rejected",
  unknown: "unknown",
  waiting: "waiting",
  blocked: "blocked",
} as const;

/** The step that an operation is at: the one that needs attention, else the first that has not ended. */
export function currentStep(operation: Operation): Step | undefined {
  const atWork = operation.steps.filter((step) => step.status !== "succeeded" && !hasFailed(step));
  return (
    atWork.find((step) => step.status === "blocked") ?? atWork.find((step) => step.status !== "notStarted") ?? atWork[0]
  );
}

/** An operation in one line: its status, how many steps are done, and the step it is at. */
export function operationLine(operation: Operation): string {
  const status = STATUS_TEXTS[operation.status];
  if (operation.steps.length === 0) return status;
  const done = operation.steps.filter((step) => step.status === "succeeded").length;
  const count = `${done} of ${operation.steps.length} steps done`;
  const step = hasEnded(operation.status) ? undefined : currentStep(operation);
  return step === undefined ? `${status}, ${count}` : `${status}, ${count}, at ${stepLine(step)}`;
}

const CELLS = 10;

/** How far the steps of an operation have come, such as `[####------]`; full only when all of them have succeeded. */
export function progressBar({ steps }: Operation): string {
  const shares = steps.map((step) =>
    step.status === "succeeded" ? 1 : Math.min(0.99, (step.progressPercentage ?? 0) / 100),
  );
  const share = shares.reduce((sum, each) => sum + each, 0) / Math.max(1, steps.length);
  // Sums of tenths are not exact.
  const full = Math.floor(share * CELLS + 1e-9);
  return `[${"#".repeat(full)}${"-".repeat(CELLS - full)}]`;
}

/** A step in one line: its name, status, percentage and the service's estimate. */
export function stepLine(step: Step): string {
  const progress = step.progressPercentage === undefined ? "" : ` ${Math.round(step.progressPercentage)} %`;
  const estimate = step.estimate === undefined ? "" : `, estimated ${harmlessLine(step.estimate, 40)}`;
  return `${inQuotes(step.name, 80)} (${STATUS_TEXTS[step.status]}${progress}${estimate})`;
}

/** So much of the reasons leaves room for what to do about them, within what the runner shows of an annotation. */
const MOST_OF_REASONS = 2_000;

/**
 * Why an operation did not succeed: its own fault, then the error messages of it and of its steps, once each. Those
 * beyond a readable length are counted, as far as they were read.
 */
export function failureReasons(operation: Operation): readonly string[] {
  const { fault } = operation;
  const own =
    fault === undefined
      ? []
      : [[fault.code, fault.text].filter((text) => text !== undefined && text !== "").join(": ")];
  const general = operation.messages.filter(isError).map((message) => message.text);
  const bySteps = operation.steps.flatMap((step) =>
    step.messages.filter(isError).map((message) => `Step ${inQuotes(step.name, 80)}: ${message.text}`),
  );
  const silent = operation.steps
    .filter((step) => hasFailed(step) && !step.messages.some(isError))
    .map((step) => `Step ${inQuotes(step.name, 80)} ended as ${inQuotes(step.statusWord, 40)} without a message.`);
  const reasons = [...own, ...general, ...bySteps, ...silent].map((reason) => harmlessLine(reason));
  return withinReason([...new Set(reasons)].filter((reason) => reason !== ""));
}

function withinReason(reasons: readonly string[]): readonly string[] {
  let length = 0;
  const end = reasons.findIndex((reason) => (length += reason.length) > MOST_OF_REASONS);
  if (end === -1) return reasons;
  const left = reasons.length - end;
  return [
    ...reasons.slice(0, end),
    `And at least ${left} more ${left === 1 ? "message" : "messages"}: see Partner Center.`,
  ];
}

/** Why a blocked step is blocked, as far as its messages say. */
export function blockedReasons(step: Step): string {
  const texts = step.messages.filter((message) => message.level !== "information").map((message) => message.text);
  return texts.length === 0 ? "The service gives no reason." : harmlessLine(texts.join(" "));
}

function hasFailed(step: Step): boolean {
  return step.status === "failed" || step.status === "rejected" || step.status === "canceled";
}

function isError(message: { readonly level: string }): boolean {
  return message.level === "error";
}
