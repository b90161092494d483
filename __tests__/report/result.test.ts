import { expect, test } from "@jest/globals";
import type { Operation, Step } from "../../src/marketplace/operation.ts";
import { resultJson } from "../../src/report/result.ts";
import { harmlessLine } from "../../src/text/harmless.ts";
import { followed, message, operation, step } from "../harness/operation.ts";
import { report } from "./report-of.ts";
import { readResult } from "./result-schema.ts";
import { STORIES } from "./stories.ts";
import { tell } from "./story.ts";

const QUICK = STORIES.filter(({ name }) => /under-way|failed|rejected|unclear|bug|lost|contradicted/.test(name));

test.each(QUICK)("is as the schema says, and agrees with the other outputs: $name", async (story) => {
  const { outputs } = await tell(story);
  const result = readResult(outputs["result"] ?? "");
  expect(result).toMatchObject({
    version: 1,
    status: outputs["status"],
    durationSeconds: Number(outputs["durationSeconds"]),
    listingUrl: outputs["listingUrl"] ?? null,
    operation: outputs["operationId"] === undefined ? null : { id: outputs["operationId"] },
    run: { url: "https://github.com/contoso/release/actions/runs/4711", id: "4711", attempt: 1 },
  });
});

test("holds the steps with their times and messages, the approval and the request ids", () => {
  const live = step({ id: "live", name: "Live", status: "succeeded", messages: [message("warning", "Slow.")] });
  const seen = operation({ status: "succeeded", steps: [live], messages: [message("information", "Hello.")] });
  const approval = { environment: "production", approvedBy: ["ada"], comments: ["Ship\nit."] };
  const given = report({ operation: seen, approval, requestIds: { goLive: "r1", last: "r2" } });
  given.timeline.begin(1_000);
  given.timeline.see(operation({ steps: [{ ...live, status: "running" }] }), 2_000);
  given.timeline.see(seen, 62_000);
  expect(readResult(resultJson(given))).toMatchObject({
    approval: { environment: "production", approvedBy: ["ada"], comments: ["Ship it."] },
    requestIds: { goLive: "r1", failed: null, last: "r2" },
    messages: [{ level: "information", text: "Hello." }],
    steps: [
      {
        id: "live",
        name: "Live",
        status: "succeeded",
        startedAt: "1970-01-01T00:00:02Z",
        endedAt: "1970-01-01T00:01:02Z",
        durationSeconds: 60,
        bound: "exact",
        messages: [{ level: "warning", text: "Slow." }],
      },
    ],
    omitted: [],
  });
});

const HUGE = "語".repeat(1_000);
const messages = Array.from({ length: 30 }, (_, at) => message("error", `${at} ${HUGE}`));
const manySteps = (parts: Partial<Step>): readonly Step[] =>
  Array.from({ length: 300 }, (_, at) =>
    step({ id: `${at} ${HUGE}`, name: `${at} ${HUGE}`, estimate: HUGE, ...parts }),
  );

test.each<[string, Partial<Operation>, readonly string[], number]>([
  ["a few messages", { messages: messages.slice(0, 3), steps: [step()] }, [], 1],
  ["many messages", { messages, steps: Array.from({ length: 20 }, () => step({ messages })) }, ["messages"], 20],
  ["too many messages of one step", { steps: [step({ messages: messages.slice(0, 21) })] }, ["messages"], 1],
  ["many small steps", { steps: Array.from({ length: 101 }, () => step()) }, ["steps"], 100],
  ["many steps", { steps: manySteps({ messages }) }, ["messages", "steps"], 20],
])("stays within 64 KiB: %s", (_what, parts, omitted, steps) => {
  const json = resultJson(report({ operation: operation(parts) }));
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(64 * 1024);
  const result = readResult(json);
  expect(result["omitted"]).toEqual(omitted);
  expect(result["steps"]).toHaveLength(steps);
});

test("lets no text of the service be more than one plain line", () => {
  const bait = "a\n::error::b\u001B[31m##[error]c";
  const json = resultJson(
    report({
      operation: operation({
        messages: [message("error", bait)],
        steps: [step({ id: bait, name: bait, estimate: bait })],
      }),
      approval: { environment: bait, approvedBy: [bait], comments: [bait] },
      requestIds: { goLive: bait, last: bait },
    }),
  );
  expect(json).not.toMatch(/\\n|\\u001b|##\[/);
  expect(json.match(/a ::error::b## \[error\]c/g)).toHaveLength(9);
});

const list = (count: number, text: string): readonly string[] => Array.from({ length: count }, (_, at) => text + at);

test("holds so many of what people and the service say, and no more", () => {
  const approval = { environment: "production", approvedBy: list(51, "login"), comments: list(11, "comment") };
  const told = readResult(resultJson(report({ approval })));
  expect(told).toMatchObject({ approval: { approvedBy: list(50, "login"), comments: list(10, "comment") } });
  const problems = list(51, "reason").map((text) => harmlessLine(text));
  const ending = { kind: "badInputs", problems } as const;
  expect(readResult(resultJson(report({ ending, plan: undefined })))["reasons"]).toEqual(list(50, "reason"));
});

test("leaves nothing out of as much as it may hold", () => {
  const whole = operation({
    messages: Array.from({ length: 20 }, () => message("error", "e")),
    steps: Array.from({ length: 100 }, () => step()),
  });
  const told = readResult(resultJson(report({ operation: whole })));
  expect(told["messages"]).toHaveLength(20);
  expect(told["steps"]).toHaveLength(100);
  expect(told["omitted"]).toEqual([]);
});

test("says so when steps are left out for their length alone", () => {
  const told = readResult(resultJson(report({ operation: operation({ steps: manySteps({}).slice(0, 100) }) })));
  expect(told).toMatchObject({ omitted: ["messages", "steps"], messages: [] });
  expect(told["steps"]).toHaveLength(20);
});

test.each([
  [4_000, true],
  [4_001, false],
])("of a location of %d characters tells the whole: %s", (length, isTold) => {
  const root = "https://service.example/api/";
  const location = new URL(root + "x".repeat(length - root.length));
  const outcome = {
    ...followed(),
    reference: { id: "7", key: "7", location },
    kind: "underWay",
    status: "running",
  } as const;
  const told = readResult(resultJson(report({ ending: { ...outcome, operation: undefined } })));
  expect(told).toMatchObject({ operation: { location: isTold ? location.href : null } });
});

test("tells the times of a step as far as they were seen, and no length before its end", () => {
  const given = report({ operation: operation({ steps: [step(), step({ id: "live", status: "notStarted" })] }) });
  given.timeline.see(operation({ steps: [step()] }), 2_000);
  expect(readResult(resultJson(given))).toMatchObject({
    steps: [
      { startedAt: "1970-01-01T00:00:02Z", endedAt: null, durationSeconds: null, bound: "atLeast" },
      { startedAt: null, endedAt: null, durationSeconds: null, bound: null },
    ],
  });
});

test.each([
  ["started", true],
  ["found", true],
  ["adopted", false],
  ["watched", false],
] as const)("says of an operation that was %s whether this step started it: %s", (origin, startedByThisStep) => {
  const outcome = { ...followed(origin), kind: "underWay", status: "running", operation: undefined } as const;
  expect(readResult(resultJson(report({ ending: outcome })))).toMatchObject({
    operation: { origin, startedByThisStep },
  });
});
