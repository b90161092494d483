import { expect, test } from "@jest/globals";
import type { Step, StepStatus } from "../../src/marketplace/operation.ts";
import { stepLines, stepTable } from "../../src/report/step-text.ts";
import { createTimeline } from "../../src/report/timeline.ts";
import { message, operation, step } from "../harness/operation.ts";

const steps = (count: number): readonly Step[] =>
  Array.from({ length: count }, (_, at) => step({ name: `Step ${at}` }));

test("has nothing to show of an operation without steps", () => {
  expect(stepTable(operation(), createTimeline())).toEqual([]);
  expect(stepLines(operation(), createTimeline())).toEqual([]);
});

test.each([
  [40, 40, []],
  [41, 40, ["and 1 more"]],
  [100, 40, ["and 60 more"]],
] as const)("of %d steps shows %d, and counts the others", (count, shown, more) => {
  const many = operation({ steps: steps(count) });
  const lines = stepLines(many, createTimeline());
  expect(lines.slice(0, 2)).toEqual(["Step 0   running", "Step 1   running"]);
  expect(lines.slice(shown)).toEqual(more);
  const rows = stepTable(many, createTimeline()).slice(2);
  expect(rows.slice(0, 1)).toEqual(["| Step 0 | running |  |"]);
  expect(rows.slice(shown)).toEqual(more.map((text) => `| ${text} | | |`));
});

test.each<[StepStatus, string]>([
  ["running", "running at the end"],
  ["waiting", "waiting at the end"],
  ["blocked", "blocked at the end"],
  ["notStarted", "not started"],
  ["failed", "failed"],
  ["succeeded", "succeeded"],
])("calls a step that is %s “%s” once the operation has ended", (status, text) => {
  const [line = ""] = stepLines(operation({ status: "failed", steps: [step({ status })] }), createTimeline());
  expect(line).toBe(`Certification  ${text}`);
});

test.each(["running", "waiting", "blocked"] as const)("calls a step that is %s just that until then", (status) => {
  const [line = ""] = stepLines(operation({ steps: [step({ status })] }), createTimeline());
  expect(line).toBe(`Certification  ${status}`);
});

test("shows no messages beyond what a page can hold, but those for which there is still room", () => {
  // Each "<" takes five characters of the page: three messages of a step, about 4,500.
  const long = ["1", "2", "3"].map((nth) => message("error", nth + "<".repeat(280)));
  const loud = Array.from({ length: 7 }, () => step({ messages: long }));
  const quiet = step({ name: "Quiet", messages: [message("error", "Short.")] });
  const rows = stepTable(operation({ steps: [...loud, quiet] }), createTimeline()).slice(2);
  expect(rows.map((row) => row.includes("<br>"))).toEqual([...[true, true, true, true, true], false, false, true]);
  expect(rows.at(-1)).toBe("| Quiet<br>error&#58; Short&#46; | running |  |");
  expect(rows.at(-2)).toBe("| Certification | running |  |");
});

test("leaves out what several steps say alike, and shows what one of them says", () => {
  const done = message("information", "Step completed.");
  const told = operation({
    steps: [
      step({ name: "One", messages: [done, message("warning", "Step completed.")] }),
      step({ name: "Two", messages: [done, message("information", "Only here.")] }),
    ],
  });
  expect(stepTable(told, createTimeline()).slice(2)).toEqual([
    "| One<br>warning&#58; Step completed&#46; | running |  |",
    "| Two<br>information&#58; Only here&#46; | running |  |",
  ]);
  const alone = operation({ steps: [step({ name: "One", messages: [done, done] })] });
  expect(stepTable(alone, createTimeline()).at(-1)).toBe(
    "| One<br>information&#58; Step completed&#46; | running |  |",
  );
});
