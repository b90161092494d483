import { expect, test } from "@jest/globals";
import type { EmulatorOptions } from "../../emulator/emulator.ts";
import { annotations, soon, startScenario, texts, TOKEN } from "../harness/scenario.ts";
import { startApprovalScenario } from "../approval/approval-scenario.ts";
import { readResult } from "../report/result-schema.ts";

const FAST = { timeFactor: 60 } as const;

interface Refusal {
  readonly what: string;
  readonly options: EmulatorOptions;
  readonly asked: readonly string[];
  readonly says: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: "a token that is not accepted (401)",
    options: { tokens: {} },
    asked: ["GET list"],
    says: "HTTP 401 (the token was not accepted)",
  },
  {
    what: "a stranger's token (403)",
    options: { tokens: { [TOKEN]: { role: "stranger" } } },
    asked: ["GET list"],
    says: "HTTP 403 (not allowed)",
  },
  {
    what: "an offer that does not exist (404)",
    options: { offers: [] },
    asked: ["GET list"],
    says: "HTTP 404 (not found) for publisher contoso, offer contoso-vm",
  },
  {
    what: "a status that may not be read (403)",
    options: { faults: [{ on: "status", act: { kind: "status", status: 403 } }] },
    asked: ["GET list", "GET status"],
    says: "HTTP 403 (not allowed)",
  },
];

test.each(REFUSALS)("fails on $what: it cannot find out", async ({ options, asked: expected, says }) => {
  const { run, asked } = await startScenario(options);
  const result = await run({ dryRun: "true" });
  expect(asked()).toEqual(expected);
  expect(annotations(result)).toEqual([
    {
      level: "error",
      title: "Ready or not: unknown",
      text: expect.stringMatching(
        /^It could not be found out whether a go-live of contoso\/contoso-vm would be accepted now: .*\n.*\n(?:.*`api: auto`.*\n)?Nothing was sent \(`dryRun`\)\.$/,
      ),
    },
  ]);
  expect(annotations(result)[0]?.text).toContain(says);
  expect(result.summary).toContain("## ❌ Ready or not");
  expect(result.outputs).toMatchObject({ ready: "false", status: "unknown" });
  expect(result.exitCode).toBe(1);
});

test.each(["list", "status"] as const)("waits out faults of the service when it reads the %s", async (on) => {
  const { run, asked } = await startScenario({
    faults: [
      { on, nth: 1, act: { kind: "status", status: 503 } },
      { on, nth: 2, act: { kind: "garbage", body: '{"value":7}' } },
      { on, nth: 3, act: { kind: "reset", at: "request" } },
    ],
  });
  const result = await run({ dryRun: "true" }, FAST);
  const failed = on === "list" ? ["GET list"] : ["GET list", "GET status"];
  expect(asked()).toEqual([...failed, ...failed, ...failed, "GET list", "GET status"]);
  expect(result.log).toContain("No answer to a question: GET ");
  expect(result).toMatchObject({ exitCode: 0, outputs: { ready: "true", status: "notStarted" } });
});

test.each(["list", "status"] as const)("fails when the %s is never told, and says why", async (on) => {
  const { run, asked, emulator } = await startScenario({ faults: [{ on, act: { kind: "status", status: 500 } }] });
  const result = await run({ dryRun: "true" }, FAST);
  expect(asked().filter((one) => one === `GET ${on}`)).toHaveLength(6);
  expect(asked().every((one) => one.startsWith("GET"))).toBe(true);
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")[0]).toContain("HTTP 500 (internal error)");
  const told = readResult(result.outputs["result"]);
  expect(told).toMatchObject({
    ...{ ending: "dryRun", ready: false, status: "unknown", operation: null },
    reasons: [expect.stringContaining("HTTP 500 (internal error)")],
    next: [expect.stringContaining("The fault is on the service's side.")],
    requestIds: { goLive: null, failed: expect.stringMatching(/./) },
  });
  expect(result).toMatchObject({ exitCode: 1, outputs: { ready: "false", status: "unknown" } });
});

test("a go-live that runs is enough to know, even when the status is not told", async () => {
  const { run } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } }],
    faults: [{ on: "status", act: { kind: "status", status: 404 } }],
  });
  expect(await run({ dryRun: "true" })).toMatchObject({ exitCode: 0, outputs: { ready: "false", status: "running" } });
});

test.each(["list", "status"] as const)("a cancelled run ends at once while the %s is owed", async (on) => {
  const { begin, asked, emulator } = await startScenario({ faults: [{ on, act: { kind: "stall", at: "headers" } }] });
  const step = begin({ dryRun: "true" });
  expect(await soon(() => emulator.requests.some(({ route }) => route === on))).toBe(true);
  step.process.kill("SIGINT");
  const result = await step.result;
  expect(asked().every((one) => one.startsWith("GET"))).toBe(true);
  expect(texts(result, "error")[0]).toContain("the run was cancelled");
  expect(result).toMatchObject({ exitCode: 1, outputs: { ready: "false", status: "unknown" } });
});

test("a dry run passes the approval gate first, when one is required", async () => {
  const reviews = [
    { environments: ["production"], state: "approved", user: { login: "anna" }, comment: "Go" },
  ] as const;
  const { run, asked } = await startApprovalScenario({ gitHub: { reviews } });
  const result = await run({ dryRun: "true" });
  expect(asked()).toEqual(["GET list", "GET status"]);
  expect(result.summary).toContain("- **Approved by** anna");
  expect(result).toMatchObject({ exitCode: 0, outputs: { approvedBy: "anna", ready: "true", status: "notStarted" } });
  expect(readResult(result.outputs["result"])).toMatchObject({
    approval: { environment: "production", approvedBy: ["anna"], comments: ["Go"] },
  });
});

test("a dry run that is not approved asks the marketplace nothing, and is not ready", async () => {
  const { run, asked } = await startApprovalScenario();
  const result = await run({ dryRun: "true" });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")[0]).toContain("nobody reviewed this run");
  expect(result).toMatchObject({ exitCode: 1, outputs: { ready: "false", status: "rejected" } });
});

test.each([
  { with: { dryRun: "true", offerId: "" }, ready: "false" },
  { with: { dryRun: "yes" }, ready: "false" },
  { with: { dryRun: "" }, ready: "false" },
  { with: { dryRun: "true", operationLocation: "/somewhere" }, ready: "false" },
  { with: { dryRun: "FALSE", offerId: "" }, ready: undefined },
  { with: { offerId: "" }, ready: undefined },
])("a dry run whose inputs are not usable is not ready: $with", async ({ with: inputs, ready }) => {
  const { run, asked } = await startScenario();
  const result = await run(inputs);
  expect(asked()).toEqual([]);
  expect([result.exitCode, result.outputs["status"], result.outputs["ready"]]).toEqual([1, "rejected", ready]);
});
