import { hasEnded, type Message, type Operation, type Step } from "../marketplace/operation.ts";
import { durationText } from "../text/time-text.ts";
import { harmlessLine, harmlessMarkdown } from "../text/harmless.ts";
import { STATUS_TEXTS } from "./operation-text.ts";
import type { Timeline } from "./timeline.ts";

const MOST_STEPS_IN_TABLE = 40;
const MOST_MESSAGES_A_STEP = 3;
const LONGEST_STEP_NAME = 80;
const LONGEST_MESSAGE_IN_TABLE = 300;
/** So much of the page goes to messages; steps beyond that are shown without. */
const MOST_OF_MESSAGES = 25_000;

/** How long a step took, as far as it was seen; empty when nothing is known of it. */
export function tookText(step: Step, operation: Operation, timeline: Timeline): string {
  const time = timeline.timeOf(step);
  if (time === undefined) return "";
  const tookMs = (time.endedMs ?? timeline.lastMs() ?? time.startedMs) - time.startedMs;
  // "under 0 s" would be nonsense.
  const text = durationText(time.bound === "atMost" ? Math.max(1_000, tookMs) : tookMs);
  const isGoingOn = time.endedMs === undefined && !hasEnded(operation.status);
  const bound = { exact: "", atLeast: "over ", atMost: "under " } as const;
  return `${bound[time.bound]}${text}${isGoingOn ? " so far" : ""}`;
}

/** The steps of an operation as a Markdown table of three columns, which a phone can show; harmless. */
export function stepTable(operation: Operation, timeline: Timeline): readonly string[] {
  const { steps } = operation;
  if (steps.length === 0) return [];
  let room = MOST_OF_MESSAGES;
  const rows = steps.slice(0, MOST_STEPS_IN_TABLE).map((step) => {
    const messages = messageTexts(step.messages).map(
      (text) => `<br>${harmlessMarkdown(text, LONGEST_MESSAGE_IN_TABLE)}`,
    );
    const below = messages.join("");
    const isShown = below.length <= room;
    if (isShown) room -= below.length;
    const name = harmlessMarkdown(step.name, LONGEST_STEP_NAME) + (isShown ? below : "");
    const took = harmlessMarkdown(tookText(step, operation, timeline));
    return `| ${name} | ${stateText(step, operation)} | ${took} |`;
  });
  const left = steps.length - rows.length;
  return [
    "| Step and messages | State | Took |",
    "|---|---|---|",
    ...rows,
    ...(left > 0 ? [`| and ${left} more | | |`] : []),
  ];
}

/** The same as lines of the log, one a step; harmless. */
export function stepLines(operation: Operation, timeline: Timeline): readonly string[] {
  const shown = operation.steps.slice(0, MOST_STEPS_IN_TABLE);
  const rows = shown.map((step) => [
    harmlessLine(step.name, LONGEST_STEP_NAME),
    stateText(step, operation),
    tookText(step, operation, timeline),
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const left = operation.steps.length - shown.length;
  return [
    ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].map((line) => line.trimEnd());
}

/** The messages of one level and text each, the worst first, as far as there is room. */
function messageTexts(messages: readonly Message[]): readonly string[] {
  const ranks = { error: 0, warning: 1, information: 2 } as const;
  const sorted = messages.toSorted((one, other) => ranks[one.level] - ranks[other.level]);
  const texts = [...new Set(sorted.map(({ level, text }) => `${level}: ${text}`))];
  const left = texts.length - MOST_MESSAGES_A_STEP;
  return left > 0 ? [...texts.slice(0, MOST_MESSAGES_A_STEP), `and ${left} more`] : texts;
}

/** An operation that has ended leaves nothing running, whatever its steps say. */
function stateText(step: Step, operation: Operation): string {
  const text = STATUS_TEXTS[step.status];
  const isLeft = hasEnded(operation.status) && ["running", "waiting", "blocked"].includes(step.status);
  return isLeft ? `${text} at the end` : text;
}
