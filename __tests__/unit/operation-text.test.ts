import { expect, test } from "@jest/globals";
import type { Operation, Step } from "../../src/marketplace/operation.ts";
import {
  blockedReasons,
  currentStep,
  failureReasons,
  operationLine,
  stepLine,
} from "../../src/report/operation-text.ts";
import { message, operation, step } from "../harness/operation.ts";

const done = step({ id: "a", name: "A", status: "succeeded" });
const atWork = step({ id: "b", name: "B", status: "running" });
const waiting = step({ id: "c", name: "C", status: "waiting" });
const blocked = step({ id: "d", name: "D", status: "blocked" });
const later = step({ id: "e", name: "E", status: "notStarted" });
const failed = step({ id: "f", name: "F", status: "failed" });

test.each<[readonly Step[], string | undefined]>([
  [[], undefined],
  [[done], undefined],
  [[done, atWork, later], "b"],
  [[done, later, waiting], "c"],
  [[atWork, blocked, { ...blocked, id: "x" }], "d"],
  [[done, later, { ...later, id: "x" }], "e"],
  [[failed, later], "e"],
  [[failed], undefined],
  [
    [
      { ...failed, status: "rejected" },
      { ...failed, status: "canceled" },
    ],
    undefined,
  ],
])("finds the step that an operation is at (%#)", (steps, id) => {
  expect(currentStep(operation({ steps }))?.id).toBe(id);
});

test.each<[Partial<Operation>, string]>([
  [{}, "running"],
  [{ status: "notStarted" }, "not started"],
  [{ status: "succeeded" }, "succeeded"],
  [{ steps: [done, atWork, later] }, "running, 1 of 3 steps done, at “B” (running)"],
  [{ steps: [done, done] }, "running, 2 of 2 steps done"],
  [{ steps: [done, failed] }, "running, 1 of 2 steps done"],
  [{ status: "failed", steps: [done, failed, later] }, "failed, 1 of 3 steps done"],
  [{ status: "canceled", steps: [done, atWork] }, "canceled, 1 of 2 steps done"],
  [{ status: "succeeded", steps: [done, atWork] }, "succeeded, 1 of 2 steps done"],
])("tells an operation in one line (%#)", (parts, line) => {
  expect(operationLine(operation(parts))).toBe(line);
});

test.each<[Partial<Step>, string]>([
  [{}, "“Certification” (running)"],
  [{ progressPercentage: 0 }, "“Certification” (running 0 %)"],
  [{ progressPercentage: 66.6, estimate: "< 5 day" }, "“Certification” (running 67 %, estimated < 5 day)"],
  [{ status: "notStarted", estimate: "~2-5 days" }, "“Certification” (not started, estimated ~2-5 days)"],
  [{ status: "waiting" }, "“Certification” (waiting)"],
  [{ status: "blocked" }, "“Certification” (blocked)"],
  [{ status: "rejected" }, "“Certification” (rejected)"],
  [{ status: "succeeded" }, "“Certification” (succeeded)"],
  [{ status: "failed" }, "“Certification” (failed)"],
  [{ status: "canceled" }, "“Certification” (canceled)"],
  [{ name: "::error::a\nb", estimate: "\u001b[31m##[x" }, "“: :error::a b” (running, estimated ## [x)"],
  [
    { name: "n".repeat(100), estimate: "e".repeat(100) },
    `“${"n".repeat(79)}…” (running, estimated ${"e".repeat(39)}…)`,
  ],
])("tells a step in one line (%#)", (parts, line) => {
  expect(stepLine(step(parts))).toBe(line);
});

test("why an operation failed: its error, its error messages, those of its steps, and steps that say nothing", () => {
  const all = failureReasons(
    operation({
      status: "failed",
      fault: { code: "E1", text: "The image is broken." },
      messages: [message("information", "i"), message("error", "General."), message("warning", "w")],
      steps: [
        step({
          name: "One",
          status: "failed",
          messages: [message("error", "First."), message("error", "Second."), message("warning", "w")],
        }),
        step({ name: "Two", status: "running", messages: [message("error", "Third.")] }),
        step({ name: "Three", status: "rejected", statusWord: "Rejected", messages: [message("warning", "w")] }),
        step({ name: "Four", status: "canceled", statusWord: "canceled" }),
        step({ name: "Five", status: "failed", statusWord: "failed" }),
        step({ name: "Six", status: "succeeded" }),
        step({ name: "Seven", status: "blocked" }),
      ],
    }),
  );
  expect(all).toEqual([
    "The image is broken. (E1)",
    "General.",
    "Step “One”: First.",
    "Step “One”: Second.",
    "Step “Two”: Third.",
    "Step “Three” ended as “Rejected” without a message.",
    "Step “Four” ended as “canceled” without a message.",
    "Step “Five” ended as “failed” without a message.",
  ]);
});

test.each<[Partial<Operation>, readonly string[]]>([
  [{}, []],
  [{ fault: { text: "Only a text." } }, ["Only a text."]],
  [{ fault: { code: "E1", text: "" } }, ["E1"]],
  [{ fault: { text: "" } }, []],
  [
    { fault: { text: "Twice." }, messages: [message("error", "Twice."), message("error", "Once.")] },
    ["Twice.", "Once."],
  ],
  [{ messages: [message("error", "::error::x\n##[y]")] }, [": :error::x ## [y]"]],
  [{ messages: [message("error", "\u200b")] }, []],
  [{ steps: [step({ name: "x\ny", messages: [message("error", "m")] })] }, ["Step “x y”: m"]],
  [
    { steps: [step({ name: "n".repeat(99), status: "failed", statusWord: "w".repeat(99) })] },
    [`Step “${"n".repeat(79)}…” ended as “${"w".repeat(39)}…” without a message.`],
  ],
])("tells every reason once, and harmlessly (%#)", (parts, expected) => {
  expect(failureReasons(operation(parts))).toEqual(expected);
});

const reasons = (...names: readonly string[]): readonly string[] =>
  failureReasons(operation({ messages: names.map((name) => message("error", name.repeat(1_000))) }));

test("counts the reasons that would be too much to read", () => {
  expect(reasons("a", "b")).toEqual(["a".repeat(1_000), "b".repeat(1_000)]);
  expect(reasons("a", "b", "c")).toEqual([...reasons("a", "b"), "And at least 1 more message: see Partner Center."]);
  expect(reasons("a", "b", "c", "d")).toEqual([
    ...reasons("a", "b"),
    "And at least 2 more messages: see Partner Center.",
  ]);
  expect(failureReasons(operation({ messages: [message("error", "x".repeat(9_000))] }))).toEqual([
    `${"x".repeat(999)}…`,
  ]);
});

test("why a step is blocked: its warnings and errors", () => {
  const messages = [message("error", "Sign\noff."), message("information", "i"), message("warning", "Hurry.")];
  expect(blockedReasons(step({ messages }))).toBe("Sign off. Hurry.");
  expect(blockedReasons(step({ messages: [message("information", "i")] }))).toBe("The service gives no reason.");
  expect(blockedReasons(step())).toBe("The service gives no reason.");
});
