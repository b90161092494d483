import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { annotations, startScenario, texts, WAITING } from "../harness/scenario.ts";
import { expectHarmless } from "./harmless-check.ts";

const LONG = "bait ".repeat(200_000);
const MANY = 10_000;
/** Nobody reads more of them. */
const STEPS_READ = 200;

/** A go-live that has ended by the first question, whatever that is answered. */
const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 0 } }] as const;

function answer(on: Fault["on"], body: unknown, nth?: number): Fault {
  const act = { kind: "garbage", status: 200, body: JSON.stringify(body) } as const;
  return nth === undefined ? { on, act } : { on, nth, act };
}

function manySteps(status: string) {
  return Array.from({ length: MANY }, (_, at) => ({
    id: `step-${at}`,
    stepName: `Step ${at}`,
    status,
    messages: [{ messageHtml: `<b>Reason</b> ${at}`, level: "error" }],
  }));
}

test.each([
  ["step's name", { status: "failed", steps: [{ id: "a", stepName: LONG, status: "failed" }] }],
  ["step's status", { status: "failed", steps: [{ id: "a", stepName: "A", status: LONG }] }],
  ["step's message", { status: "failed", steps: [{ messages: [{ messageHtml: `<p>${LONG}</p>`, level: "error" }] }] }],
  ["error", { status: "failed", error: { code: LONG.slice(0, 400_000), message: LONG } }],
])("bounds what is said of an operation whose %s is of a megabyte", async (_what, failed) => {
  const running = { ...failed, status: "running" };
  const { run } = await startScenario({ faults: [answer("operation", running, 1), answer("operation", [failed])] });
  const result = await run(WAITING);
  expectHarmless(result);
  expect(result.outputs["status"]).toBe("failed");
  const [text = ""] = texts(result, "error");
  expect(text).toContain(
    "\nMend this in Partner Center, publish to preview again, then run this job again.\nOperation: ",
  );
});

test("bounds a status word of a megabyte, and says it once", async () => {
  const faults = [1, 2].map((nth) => answer("operation", { status: LONG }, nth));
  const { run } = await startScenario({ offers, faults });
  const result = await run(WAITING);
  expectHarmless(result);
  expect(texts(result, "warning")).toEqual([expect.stringMatching(/^The service calls the go-live “bait bait /)]);
  expect(result.exitCode).toBe(0);
});

test("bounds a refusal of a megabyte, and keeps what to do about it", async () => {
  const body = JSON.stringify({ error: { code: "Bad", message: LONG } });
  const { run } = await startScenario({ faults: [{ on: "goLive", act: { kind: "status", status: 400, body } }] });
  const result = await run();
  expectHarmless(result);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/^“bait .*…” \[HTTP 400 \(bad request\), Bad\]\.\nRead what the service says and mend it/s),
  ]);
});

test("reads two hundred of ten thousand steps: ten of their warnings are annotations, some more lines, the rest a count", async () => {
  const { run } = await startScenario({
    offers,
    faults: [answer("operation", { status: "running", steps: manySteps("blocked") }, 1)],
  });
  const result = await run(WAITING);
  expectHarmless(result);
  const all = annotations(result);
  expect(all.filter(({ level }) => level === "warning").map(({ title }) => title)).toEqual(
    Array.from({ length: 10 }, (_, at) => `Step “Step ${at}” is blocked`),
  );
  expect(result.log.match(/^warning: Step “Step \d+” is blocked: Reason \d+ .*$/gm)).toHaveLength(40);
  expect(result.log.trimEnd().split("\n").at(-1)).toBe(
    "The page of a run shows 10 warnings of a step: 190 more are not shown; the first 40 of them are in this log only.",
  );
  expect(all.at(-1)).toMatchObject({ level: "notice", title: "contoso/contoso-vm is live" });
});

test("says that an eleventh warning is only in the log", async () => {
  const { run } = await startScenario({
    offers,
    faults: [answer("operation", { status: "running", steps: manySteps("blocked").slice(0, 11) }, 1)],
  });
  const result = await run(WAITING);
  expect(texts(result, "warning")).toHaveLength(10);
  expect(result.log).toContain("\nwarning: Step “Step 10” is blocked: Reason 10 The go-live is not over");
  expect(result.log).toMatch(/\nThe page of a run shows 10 warnings of a step: 1 more is only in this log\.\r?\n$/);
});

test("names the first of ten thousand reasons for a failure, counts those that were read and still says what to do", async () => {
  const { run } = await startScenario({
    faults: [answer("operation", { status: "failed", steps: manySteps("failed") })],
  });
  const result = await run(WAITING);
  expectHarmless(result);
  const [text = ""] = texts(result, "error");
  const lines = text.split("\n");
  const named = lines.filter((line) => line.includes("Step “Step ")).length;
  expect(named).toBeGreaterThan(20);
  expect(lines.slice(0, 2)).toEqual(["Step “Step 0”: Reason 0", "Step “Step 1”: Reason 1"]);
  expect(lines.slice(named)).toEqual([
    `And at least ${STEPS_READ - named} more messages: see Partner Center.`,
    "Mend this in Partner Center, publish to preview again, then run this job again.",
    expect.stringMatching(/^Operation: http/),
  ]);
});

test("reads ten thousand messages of one step in one line", async () => {
  const messages = Array.from({ length: MANY }, (_, at) => ({ messageHtml: `Reason ${at}.`, level: "error" }));
  const steps = [{ id: "a", stepName: "A", status: "blocked", messages }];
  const { run } = await startScenario({
    offers,
    faults: [answer("operation", { status: "running", steps }, 1)],
  });
  const result = await run(WAITING);
  expectHarmless(result);
  expect(texts(result, "warning")).toEqual([
    expect.stringMatching(/^Reason 0\. Reason 1\. .*… The go-live is not over/),
  ]);
});
