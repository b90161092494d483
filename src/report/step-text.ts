import { hasEnded, type Message, type Operation, type Step } from "../marketplace/operation.ts";
import { durationText } from "../text/time-text.ts";
import {
  type Harmless,
  harmlessColumns,
  harmlessLine,
  harmlessMarkdown,
  linkedMarkdown,
  type Markdown,
  markup,
  ours,
} from "../text/harmless.ts";
import { STATUS_TEXTS } from "./operation-text.ts";
import type { Timeline } from "./timeline.ts";

const MOST_STEPS = 40;
/** As many as `result` holds; all of them are in the log. */
const MOST_MESSAGES_A_STEP = 20;
const LONGEST_NAME = 80;
const LONGEST_MESSAGE = 1_000;
/** So much of the page goes to messages; steps beyond that are shown without. */
const MOST_OF_MESSAGES = 25_000;

/** How long a step took, as far as it was seen; empty when nothing is known of it. */
export function tookText(step: Step, operation: Operation, timeline: Timeline): Harmless | "" {
  const time = timeline.timeOf(step);
  if (time === undefined) return "";
  const tookMs = (time.endedMs ?? timeline.lastMs() ?? time.startedMs) - time.startedMs;
  // "under 0 s" would be nonsense.
  const text = durationText(time.bound === "atMost" ? Math.max(1_000, tookMs) : tookMs);
  const isGoingOn = time.endedMs === undefined && !hasEnded(operation.status);
  const bound = { exact: "", atLeast: "over ", atMost: "under " } as const;
  return ours`${bound[time.bound]}${text}${isGoingOn ? " so far" : ""}`;
}

/** The steps of an operation as a Markdown table of three columns, which a phone can show. */
export function stepTable(operation: Operation, timeline: Timeline): readonly Markdown[] {
  const { steps } = operation;
  if (steps.length === 0) return [];
  let room = MOST_OF_MESSAGES;
  const rows = steps.slice(0, MOST_STEPS).map((step) => {
    const below = messageTexts(step.messages).reduce<Markdown>(
      (before, text) => markup`${before}<br>${linkedMarkdown(text, LONGEST_MESSAGE)}`,
      markup``,
    );
    const isShown = below.length <= room;
    if (isShown) room -= below.length;
    const name = harmlessMarkdown(step.name, LONGEST_NAME);
    const took = harmlessMarkdown(tookText(step, operation, timeline));
    const state = harmlessMarkdown(stateText(step, operation));
    return markup`| ${name}${isShown ? below : ""} | ${state} | ${took} |`;
  });
  const left = steps.length - rows.length;
  return [
    markup`| Step and messages | State | Took |`,
    markup`|---|---|---|`,
    ...rows,
    ...(left > 0 ? [markup`| and ${left} more | | |`] : []),
  ];
}

/** The same as lines of the log, one a step. */
export function stepLines(operation: Operation, timeline: Timeline): readonly Harmless[] {
  const shown = operation.steps.slice(0, MOST_STEPS);
  const rows = shown.map((step) => [
    harmlessLine(step.name, LONGEST_NAME),
    stateText(step, operation),
    ours`${tookText(step, operation, timeline)}`,
  ]);
  const left = operation.steps.length - shown.length;
  return [...harmlessColumns(rows), ...(left > 0 ? [ours`and ${left} more`] : [])];
}

/** The messages of one level and text each, the worst first, as far as there is room. */
function messageTexts(messages: readonly Message[]): readonly string[] {
  const ranks = { error: 0, warning: 1, information: 2 } as const;
  const sorted = messages.toSorted((one, other) => ranks[one.level] - ranks[other.level]);
  const texts = [...new Set(sorted.map(({ level, text }) => `${level}: ${text}`))];
  const left = texts.length - MOST_MESSAGES_A_STEP;
  return left > 0 ? [...texts.slice(0, MOST_MESSAGES_A_STEP), `and ${left} more: see the log of this step`] : texts;
}

/** An operation that has ended leaves nothing running, whatever its steps say. */
function stateText(step: Step, operation: Operation): Harmless {
  const text = STATUS_TEXTS[step.status];
  const isLeft = hasEnded(operation.status) && ["running", "waiting", "blocked"].includes(step.status);
  return isLeft ? ours`${text} at the end` : ours(text);
}
