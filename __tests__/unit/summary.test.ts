import { expect, test } from "@jest/globals";
import type { Outcome } from "../../src/outcome.ts";
import { summaryMarkdown } from "../../src/report/summary.ts";
import { followed, operation } from "../harness/operation.ts";

/** Markdown as it is read: character references are characters, what is written between words is not shown. */
const readable = (markdown: string): string =>
  markdown.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));

const rejected: Outcome = { kind: "notStarted", status: "rejected", error: new Error("x") };

test("is a page of a title, the sentences and the facts that a later run needs", () => {
  const outcome: Outcome = { ...followed(), kind: "ended", status: "succeeded", operation: operation() };
  const markdown = summaryMarkdown(outcome, { level: "notice", title: "It is live", sentences: ["One.", "Two."] });
  expect(readable(markdown)).toBe(
    [
      "## ✅ It is live",
      "",
      "One.",
      "",
      "Two.",
      "",
      "| | |",
      "|---|---|",
      "| status | `succeeded` (succeeded) |",
      "| operationLocation | https://service.example/api/publishers/contoso/offers/contoso-vm/operations/7 |",
      "| operationId | 7 |",
      "",
    ].join("\n"),
  );
});

test("names no operation where there is none", () => {
  const markdown = summaryMarkdown(rejected, { level: "error", title: "Nothing", sentences: [] });
  expect(markdown).toBe("## ❌ Nothing\n\n| | |\n|---|---|\n| status | `rejected` (rejected) |\n");
});

test.each<[Outcome, "notice" | "warning" | "error", string]>([
  [{ ...followed(), kind: "underWay", status: "notStarted", operation: undefined }, "notice", "## ⏳ T\n"],
  [{ ...followed(), kind: "ended", status: "succeeded", operation: operation() }, "notice", "## ✅ T\n"],
  [rejected, "warning", "## ⚠️ T\n"],
  [rejected, "error", "## ❌ T\n"],
])("marks the page by how it ended (%#)", (outcome, level, start) => {
  expect(summaryMarkdown(outcome, { level, title: "T", sentences: [] }).startsWith(start)).toBe(true);
});

test("says the status in the words of the outputs and in plain ones", () => {
  const outcome: Outcome = { ...followed(), kind: "underWay", status: "notStarted", operation: undefined };
  expect(summaryMarkdown(outcome, { level: "notice", title: "T", sentences: [] })).toContain(
    "| status | `notStarted` (not started) |",
  );
});

test("says so when the status is unknown", () => {
  const outcome: Outcome = { kind: "unclear", status: "unknown", error: new Error("x") };
  expect(summaryMarkdown(outcome, { level: "error", title: "T", sentences: [] })).toContain(
    "| status | `unknown` (unknown) |",
  );
});

test("takes nothing for markup that was said", () => {
  const outcome: Outcome = {
    ...followed(),
    reference: { id: "a|b`<i>", location: new URL("https://service.example/api/operations/a%7Cb") },
    kind: "underWay",
    status: "running",
    operation: undefined,
  };
  const conclusion = {
    level: "notice",
    title: "<b>|x",
    sentences: ["# no heading", "<img src=x>", "a\n| b |", "[x](y)"],
  } as const;
  const markdown = summaryMarkdown(outcome, conclusion);
  const ours = markdown.split("\n").filter((line) => /^[|#]/.test(line));
  expect(ours).toHaveLength(6);
  expect(markdown).not.toMatch(/[<>[\]]/);
  expect(readable(markdown)).toContain("| operationId | a|b`<i> |");
});

test("bounds a sentence, but not as short as a line of the log", () => {
  const markdown = summaryMarkdown(rejected, {
    level: "error",
    title: "T",
    sentences: ["x".repeat(3_000), "y".repeat(3_001)],
  });
  expect(readable(markdown)).toContain(`\n${"x".repeat(3_000)}\n`);
  expect(readable(markdown)).toContain(`\n${"y".repeat(2_999)}…\n`);
});
