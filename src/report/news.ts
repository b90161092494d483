import type { Goal } from "../marketplace/marketplace.ts";
import type { Message, Operation, Step } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";
import type { GOAL_NAMES } from "../marketplace/goal.ts";
import { blockedReasons, STATUS_TEXTS, stepKey } from "./operation-text.ts";

export interface Warning {
  readonly title: Harmless;
  readonly text: Harmless;
}

/** What an operation says that it had not said before. */
export interface News {
  /** Lines of the log: messages below the name of their step. */
  readonly lines: readonly Harmless[];
  /** Blocked steps, and the service's warnings. */
  readonly warnings: readonly Warning[];
}

/** A service gone mad must not fill the log. */
const MOST_LOGGED_MESSAGES = 100;
const LONGEST_MESSAGE = 1_000;
const LONGEST_KEY = 600;
/** What is remembered must not grow for days. */
const MOST_SAID = 20_000;

/** What an operation is, in the middle of a sentence. */
export type OperationKind = (typeof GOAL_NAMES)[Goal];

/** Tells what is new in each look at an operation; everything once. */
export function createNews(): (operation: Operation, kind?: OperationKind) => News {
  const said = new Set<string>();
  let room = MOST_LOGGED_MESSAGES;
  const isNew = (...parts: readonly string[]): boolean => {
    const key = parts.join("\n").slice(0, LONGEST_KEY);
    if (said.has(key) || said.size >= MOST_SAID) return false;
    said.add(key);
    return true;
  };
  const messageLines = (title: Harmless, key: string, messages: readonly Message[]): readonly Harmless[] => {
    if (room <= 0) return [];
    const fresh = messages.filter(({ level, text }) => isNew("line", key, level, text)).slice(0, room);
    if (fresh.length === 0) return [];
    room -= fresh.length;
    const lines = fresh.map(({ level, text }) => ours`    ${level}: ${harmlessLine(text, LONGEST_MESSAGE)}`);
    const end = room > 0 ? [] : [ours("More messages are not shown here: see Partner Center.")];
    return [ours`  ${title}`, ...lines, ...end];
  };
  const serviceWarnings = (title: Harmless, key: string, messages: readonly Message[]): readonly Warning[] =>
    messages
      .filter(({ level, text }) => level === "warning" && isNew("warning", key, text))
      .map(({ text }) => ({ title, text: harmlessLine(text) }));
  const stepWarnings = (step: Step, kind: OperationKind): readonly Warning[] => {
    const name = inQuotes(step.name, 80);
    const own = serviceWarnings(ours`Step ${name} warns`, stepKey(step), step.messages);
    if (step.status !== "blocked") return own;
    // The reasons of a blocked step say its warnings, too.
    const [title, text] = [ours`Step ${name} is blocked`, ours`${blockedReasons(step)} ${blockedEnd(kind)}`];
    return isNew("blocked", stepKey(step), text) ? [{ title, text }] : [];
  };
  return ({ messages, steps }, kind = "go-live") => ({
    lines: [
      ...messageLines(ours`The ${ours(kind)} as a whole`, "", messages),
      ...steps.flatMap((step) => messageLines(stepTitle(step), stepKey(step), step.messages)),
    ],
    warnings: [
      ...serviceWarnings(ours("The service warns"), "", messages),
      ...steps.flatMap((step) => stepWarnings(step, kind)),
    ],
  });
}

function blockedEnd(kind: OperationKind): Harmless {
  return ours`The ${ours(kind)} is not over: mend this in Partner Center, or wait if it is Microsoft's turn.`;
}

function stepTitle(step: Step): Harmless {
  return ours`${inQuotes(step.name, 80)} (${STATUS_TEXTS[step.status]})`;
}
