import type { Operation, Step } from "../marketplace/operation.ts";
import type { StepTime, Timeline } from "./timeline.ts";

const MOST_BARS = 30;
const LONGEST_BAR_NAME = 60;
const DAY_MS = 86_400_000;
const TEN_MINUTES_MS = 600_000;
/** A phone shows so many times side by side. */
const MOST_TICKS = 5;
const TICKS = [
  ["10second", 10_000],
  ["1minute", 60_000],
  ["5minute", 300_000],
  ["15minute", 900_000],
  ["1hour", 3_600_000],
  ["3hour", 10_800_000],
  ["12hour", 43_200_000],
  ["1day", DAY_MS],
] as const satisfies readonly (readonly [name: string, durationMs: number])[];

/**
 * When the steps were at work, in lines of a Mermaid diagram in UTC (https://mermaid.js.org/syntax/gantt.html); no lines when
 * fewer than two moments are known, because that is no picture.
 */
export function ganttLines(operation: Operation, timeline: Timeline): readonly string[] {
  const lastMs = timeline.lastMs() ?? 0;
  const bars = operation.steps.flatMap((step, at) => {
    const time = timeline.timeOf(step);
    return time === undefined ? [] : [{ step, at, time, endMs: time.endedMs ?? lastMs }];
  });
  const moments = new Set(bars.flatMap(({ time, endMs }) => [time.startedMs, endMs]));
  if (moments.size < 2) return [];
  const spanMs = Math.max(...moments) - Math.min(...moments);
  return [
    "gantt",
    "  title Steps as observed in UTC",
    "  dateFormat YYYY-MM-DD HH:mm:ss",
    `  axisFormat ${axisFormat(spanMs)}`,
    `  tickInterval ${tickInterval(spanMs)}`,
    "  todayMarker off",
    ...bars
      .slice(0, MOST_BARS)
      .map(({ step, at, time, endMs }) => `  ${barName(step, at)} :${tagOf(step, time)}${span(time.startedMs, endMs)}`),
  ];
}

/** Letters, digits and spaces only; with its number first it can be no word of Mermaid's. */
function barName(step: Step, at: number): string {
  const words = step.name
    .toWellFormed()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return `${at + 1} ${[...words].slice(0, LONGEST_BAR_NAME).join("")}`.trim();
}

function tagOf({ status }: Step, { endedMs }: StepTime): string {
  if (status === "succeeded") return "done, ";
  return endedMs !== undefined || status === "blocked" ? "crit, " : "active, ";
}

/** A bar of no length would not be seen. */
function span(startMs: number, endMs: number): string {
  return `${timeText(startMs)}, ${timeText(Math.max(endMs, startMs + 1_000))}`;
}

function timeText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace("T", " ");
}

function tickInterval(spanMs: number): string {
  return TICKS.find(([, durationMs]) => spanMs / durationMs <= MOST_TICKS)?.[0] ?? "2day";
}

function axisFormat(spanMs: number): string {
  if (spanMs < TEN_MINUTES_MS) return "%H:%M:%S";
  return spanMs < DAY_MS ? "%H:%M" : "%d %b %H:%M";
}
