import { type Fault, hasEnded, type Operation, type Step } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";

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

/** The step that keeps an operation which goes on from going on. */
export function blockedStep(operation: Operation | undefined): Step | undefined {
  if (operation === undefined || hasEnded(operation.status)) return undefined;
  return operation.steps.find(({ status }) => status === "blocked");
}

/** What a step is known by from one look to the next: bounded, and never shown. */
export function stepKey({ id, name }: Step): string {
  return `${id.slice(0, 200)}\n${name.slice(0, 200)}`;
}

/** An operation in one line: its status, how many steps are done, and the step it is at. */
export function operationLine(operation: Operation): Harmless {
  const status = STATUS_TEXTS[operation.status];
  if (operation.steps.length === 0) return ours(status);
  const done = operation.steps.filter((step) => step.status === "succeeded").length;
  const count = ours`${done} of ${operation.steps.length} steps done`;
  const step = hasEnded(operation.status) ? undefined : currentStep(operation);
  return step === undefined ? ours`${status}, ${count}` : ours`${status}, ${count}, at ${stepLine(step)}`;
}

const CELLS = 10;

/** How far the steps of an operation have come, such as `[####------]`; full only when all of them have succeeded. */
export function progressBar({ steps }: Operation): Harmless {
  const shares = steps.map((step) =>
    step.status === "succeeded" ? 1 : Math.min(0.99, (step.progressPercentage ?? 0) / 100),
  );
  const share = shares.reduce((sum, each) => sum + each, 0) / Math.max(1, steps.length);
  // Sums of tenths are not exact.
  const full = Math.floor(share * CELLS + 1e-9);
  return harmlessLine(`[${"#".repeat(full)}${"-".repeat(CELLS - full)}]`);
}

/** A step in one line: its name, status, percentage and the service's estimate. */
export function stepLine(step: Step): Harmless {
  const progress = step.progressPercentage === undefined ? "" : ours` ${Math.round(step.progressPercentage)} %`;
  const estimate = step.estimate === undefined ? "" : ours`, estimated ${harmlessLine(step.estimate, 40)}`;
  return ours`${inQuotes(step.name, 80)} (${STATUS_TEXTS[step.status]}${progress}${estimate})`;
}

/** So much of the reasons leaves room for what to do about them, within what the runner shows of an annotation. */
const MOST_OF_REASONS = 2_000;

/**
 * Why an operation did not succeed: its own fault, then the error messages of it and of its steps, once each. Those
 * beyond a readable length are counted, as far as they were read.
 */
export function failureReasons(operation: Operation): readonly Harmless[] {
  const { fault } = operation;
  const own = fault === undefined ? [] : [faultText(fault)];
  const general = operation.messages.filter(isError).map((message) => message.text);
  const bySteps = operation.steps.flatMap((step) =>
    step.messages.filter(isError).map((message) => `Step ${inQuotes(step.name, 80)}: ${message.text}`),
  );
  const silent = operation.steps
    .filter((step) => hasFailed(step) && !step.messages.some(isError))
    .map((step) => ours`Step ${inQuotes(step.name, 80)} ended as ${inQuotes(step.statusWord, 40)} without a message.`);
  const reasons = [...own, ...general, ...bySteps, ...silent].map((reason) => harmlessLine(reason));
  return withinReason([...new Set(reasons)].filter((reason) => reason !== ""));
}

/** What was said comes first, and its code after it. */
function faultText({ code = "", text }: Fault): string {
  if (text === "" || code === "") return text || code;
  return `${text} (${code})`;
}

function withinReason(reasons: readonly Harmless[]): readonly Harmless[] {
  let length = 0;
  const end = reasons.findIndex((reason) => (length += reason.length) > MOST_OF_REASONS);
  if (end === -1) return reasons;
  const left = reasons.length - end;
  return [
    ...reasons.slice(0, end),
    ours`And at least ${left} more ${left === 1 ? "message" : "messages"}: see Partner Center.`,
  ];
}

/** Why a blocked step is blocked, as far as its messages say. */
export function blockedReasons(step: Step): Harmless {
  const texts = step.messages.filter((message) => message.level !== "information").map((message) => message.text);
  return texts.length === 0 ? ours("The service gives no reason.") : harmlessLine(texts.join(" "));
}

function hasFailed(step: Step): boolean {
  return step.status === "failed" || step.status === "rejected" || step.status === "canceled";
}

function isError(message: { readonly level: string }): boolean {
  return message.level === "error";
}
