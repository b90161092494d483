import { expect, test } from "@jest/globals";
import type { Step } from "../../src/marketplace/operation.ts";
import { ganttLines } from "../../src/report/gantt.ts";
import { createTimeline } from "../../src/report/timeline.ts";
import { strangeLines } from "../harness/summary-form.ts";
import { operation, step } from "../harness/operation.ts";
import { BAITS } from "../hostile/bait.ts";

const START_MS = Date.UTC(2026, 10, 23, 16, 0, 0);
const MINUTE_MS = 60_000;

/** The diagram of steps that were at work from the start on and are seen again at the end. */
function draw(steps: readonly Step[], spanMs: number): readonly string[] {
  const timeline = createTimeline();
  timeline.see(operation({ steps: steps.map((each) => ({ ...each, status: "running" })) }), START_MS);
  timeline.see(operation({ steps }), START_MS + spanMs);
  return ganttLines(operation({ steps }), timeline);
}

test("draws each step from when it was at work to its end, in UTC, marked by its state", () => {
  const lines = draw(
    [
      step({ name: "Certification", status: "succeeded" }),
      step({ name: "Provisioning", status: "rejected" }),
      step({ name: "Packaging", status: "blocked" }),
      step({ name: "Live", status: "running" }),
    ],
    90 * MINUTE_MS,
  );
  expect(lines).toEqual([
    "gantt",
    "  title Steps as observed in UTC",
    "  dateFormat YYYY-MM-DD HH:mm:ss",
    "  axisFormat %H:%M",
    "  tickInterval 1hour",
    "  todayMarker off",
    "  1 Certification :done, 2026-11-23 16:00:00, 2026-11-23 17:30:00",
    "  2 Provisioning :crit, 2026-11-23 16:00:00, 2026-11-23 17:30:00",
    "  3 Packaging :crit, 2026-11-23 16:00:00, 2026-11-23 17:30:00",
    "  4 Live :active, 2026-11-23 16:00:00, 2026-11-23 17:30:00",
  ]);
});

test.each([
  [MINUTE_MS, "%H:%M:%S"],
  [10 * MINUTE_MS, "%H:%M"],
  [24 * 60 * MINUTE_MS, "%d %b %H:%M"],
])("labels a span of %d ms so that it can be read", (spanMs, format) => {
  expect(draw([step()], spanMs)).toContain(`  axisFormat ${format}`);
});

test.each([
  [MINUTE_MS / 2, "10second"],
  [5 * MINUTE_MS, "1minute"],
  [6 * MINUTE_MS, "5minute"],
  [75 * MINUTE_MS, "15minute"],
  [76 * MINUTE_MS, "1hour"],
  [15 * 60 * MINUTE_MS, "3hour"],
  [24 * 60 * MINUTE_MS, "12hour"],
  [5 * 24 * 60 * MINUTE_MS, "1day"],
  [6 * 24 * 60 * MINUTE_MS, "2day"],
])("marks a span of %d ms no more than five times, which a phone can show", (spanMs, interval) => {
  expect(draw([step()], spanMs)).toContain(`  tickInterval ${interval}`);
});

test("leaves the diagram out when fewer than two moments are known", () => {
  expect(draw([step()], 0)).toEqual([]);
  expect(draw([], MINUTE_MS)).toEqual([]);
  expect(draw([step({ status: "notStarted" })], MINUTE_MS)).toEqual([]);
});

test("draws thirty steps at the most, and names of sixty characters", () => {
  const steps = Array.from({ length: 50 }, (_, at) => step({ id: `${at}`, name: `${"n".repeat(100)}` }));
  const lines = draw(steps, MINUTE_MS);
  expect(lines).toHaveLength(6 + 30);
  expect(lines[6]).toMatch(/^ {2}1 n{60} :active, /);
});

test.each([...BAITS, "section x", "title y", "click z", "```", "%% c", "", "a:done, b; c#d"])(
  "takes no name of a step for Mermaid or Markdown: %j",
  (name) => {
    const lines = draw([step({ name })], MINUTE_MS);
    expect(strangeLines(["```mermaid", ...lines, "```"].join("\n"))).toEqual([]);
    expect(lines[6]).toMatch(/^ {2}1 [\p{L}\p{N} ]*:active, [\d :-]+, [\d :-]+$/u);
  },
);
