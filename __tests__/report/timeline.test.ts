import { expect, test } from "@jest/globals";
import type { StepStatus } from "../../src/marketplace/operation.ts";
import { tookText } from "../../src/report/step-text.ts";
import { createTimeline, type StepTime } from "../../src/report/timeline.ts";
import { operation, step } from "../harness/operation.ts";

const MINUTE_MS = 60_000;

/** What is known of a step that was seen like this, a minute apart, from minute 1 on. */
function seen(statuses: readonly StepStatus[], isFromBegin = false) {
  const timeline = createTimeline();
  if (isFromBegin) timeline.begin(0);
  const looks = statuses.map((status) => operation({ steps: [step({ status })] }));
  looks.forEach((look, at) => timeline.see(look, (at + 1) * MINUTE_MS));
  const last = step({ status: statuses.at(-1) ?? "notStarted" });
  return { time: timeline.timeOf(last), took: tookText(last, operation(), timeline) };
}

function time(started: number, ended: number | undefined, bound: StepTime["bound"]): StepTime {
  return { startedMs: started * MINUTE_MS, endedMs: ended === undefined ? undefined : ended * MINUTE_MS, bound };
}

test.each<[readonly StepStatus[], boolean, StepTime | undefined, string]>([
  [["notStarted", "running", "running", "succeeded"], false, time(2, 4, "exact"), "2 min"],
  [["running", "succeeded"], false, time(1, 2, "atLeast"), "over 1 min"],
  [["running", "succeeded"], true, time(1, 2, "exact"), "1 min"],
  [["notStarted", "succeeded", "succeeded"], false, time(1, 2, "atMost"), "under 1 min"],
  [["succeeded"], true, time(0, 1, "atMost"), "under 1 min"],
  [["succeeded", "succeeded"], false, undefined, ""],
  [["notStarted", "notStarted"], false, undefined, ""],
  [["notStarted", "blocked", "waiting", "running"], false, time(2, undefined, "exact"), "2 min so far"],
  [["running", "running"], false, time(1, undefined, "atLeast"), "over 1 min so far"],
  [["notStarted", "running", "failed", "running"], false, time(2, undefined, "exact"), "2 min so far"],
  [["notStarted", "running", "rejected"], false, time(2, 3, "exact"), "1 min"],
  [["notStarted", "running", "canceled"], false, time(2, 3, "exact"), "1 min"],
])("knows of a step seen as %j (from its beginning: %s) when it was at work", (statuses, isFromBegin, known, text) => {
  const { time: told, took } = seen(statuses, isFromBegin);
  expect(told).toEqual(known);
  expect(took).toBe(text);
});

test("leaves nothing going on when the operation has ended", () => {
  const timeline = createTimeline();
  const running = step();
  timeline.see(operation({ steps: [running] }), 0);
  timeline.see(operation({ status: "failed", steps: [running] }), 5 * MINUTE_MS);
  expect(tookText(running, operation({ status: "failed" }), timeline)).toBe("over 5 min");
});

test("keeps steps apart by id and name, and remembers 200 at the most", () => {
  const timeline = createTimeline();
  const steps = Array.from({ length: 300 }, (_, at) => step({ id: `${at}`, name: "Same" }));
  timeline.see(operation({ steps }), 0);
  timeline.see(operation({ steps: steps.map((each) => ({ ...each, status: "succeeded" })) }), MINUTE_MS);
  expect(steps.filter((each) => timeline.timeOf(each) !== undefined)).toHaveLength(200);
  expect(timeline.timeOf(step({ id: "1", name: "Other" }))).toBeUndefined();
  expect(timeline.lastMs()).toBe(MINUTE_MS);
});

test("says of a step that came and went within a second that it took under 1 s, not under 0 s", () => {
  const timeline = createTimeline();
  timeline.see(operation({ steps: [step({ status: "notStarted" })] }), 0);
  timeline.see(operation({ steps: [step({ status: "succeeded" })] }), 300);
  expect(tookText(step({ status: "succeeded" }), operation(), timeline)).toBe("under 1 s");
});
