import type { StepMessagePlan } from "./plan.ts";
import { type StepWindow, timeIn } from "./step-window.ts";
import type { StepStatus } from "./vocabulary.ts";

/** A step's message as the service answers it; `timestamp` is ISO 8601. */
export interface StepMessageBody {
  readonly messageHtml: string;
  readonly level: string;
  readonly timestamp: string;
}

/** What a step's messages depend on. */
export interface StepMoment {
  readonly window: StepWindow;
  readonly status: StepStatus;
  /** How much of the step's own time has passed, 0 to 1. */
  readonly share: number;
  /** In milliseconds since the epoch; not later than the operation's end. */
  readonly shownAtMs: number;
  /** Why the operation fails, when it does. */
  readonly reason: string | undefined;
}

/** The messages a step has by then, oldest first. */
export function messagesAt(moment: StepMoment): readonly StepMessageBody[] {
  const { window, share, shownAtMs } = moment;
  if (shownAtMs < window.startsAtMs) return [];
  const shown = [...(window.step.messages ?? []), ...blockedMessages(window)]
    .filter((message) => (message.atShare ?? 0) <= share)
    .toSorted((one, other) => (one.atShare ?? 0) - (other.atShare ?? 0))
    .map((message) => stamp(message, timeIn(window, message.atShare ?? 0)));
  return [...shown, ...endMessages(moment)];
}

function blockedMessages({ step }: StepWindow): readonly StepMessagePlan[] {
  const isBlockedOnce = step.blockedFrom !== undefined || step.blockedUntil !== undefined;
  if (!isBlockedOnce || step.messages?.some((message) => message.level === "error") === true) return [];
  const messageHtml = "No virtual machine image was found for the plan <b>standard</b>.";
  return [{ messageHtml, level: "error", atShare: step.blockedFrom ?? 0 }];
}

function endMessages({ window, status, shownAtMs, reason }: StepMoment): readonly StepMessageBody[] {
  if (status === "complete") return [stamp({ messageHtml: "Step completed.", level: "information" }, window.endsAtMs)];
  if (status !== "failed" && status !== "rejected") return [];
  const messageHtml = escapeHtml(reason ?? "The offer did not pass this step.");
  return [stamp({ messageHtml, level: "error" }, shownAtMs)];
}

function stamp(message: StepMessagePlan, atMs: number): StepMessageBody {
  return { messageHtml: message.messageHtml, level: message.level, timestamp: new Date(atMs).toISOString() };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
