import { expect, test } from "@jest/globals";
import type { Fault, RecordedRequest } from "../../emulator/emulator.ts";
import { annotations, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

/** Half a minute of the step's clock in half a second. */
const timeFactor = 60;

/** What a success is followed by: the question whether anything speaks against it. */
const CONFIRMED = ["GET list", "GET status"] as const;

/** The first questions are answered that it runs, with that pause asked for; and then the truth. */
function running(times: number, retryAfter: string): readonly Fault[] {
  const act = {
    kind: "status",
    status: 200,
    headers: { "retry-after": retryAfter },
    body: '{"status":"running"}',
  } as const;
  return Array.from({ length: times }, (_, at) => ({ on: "operation", nth: at + 1, act }));
}

function offersWith(durationMs: number) {
  return [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs } }];
}

function questions(requests: readonly RecordedRequest[]): readonly RecordedRequest[] {
  return requests.filter(({ route }) => route === "operation");
}

/** The longest pause between two questions, in milliseconds of the step's clock. */
function longestPauseMs(requests: readonly RecordedRequest[]): number {
  const times = questions(requests).map(({ atMs }) => atMs);
  return Math.max(...times.slice(1).map((atMs, index) => (atMs - Number(times[index])) * timeFactor));
}

test("fails at the deadline with the status running, and says how to go on", async () => {
  const { run, emulator, asked } = await startScenario({ offers: offersWith(Infinity) });
  const result = await run({ wait: "true", pollIntervalSeconds: "5", timeoutMinutes: "0.5" }, { timeFactor });
  const location = result.outputs["operationLocation"];
  expect(annotations(result)).toHaveLength(1);
  expect(annotations(result)[0]).toMatchObject({ level: "error", title: "The go-live did not end in time" });
  expect(texts(result, "error")[0]?.split("\n")).toEqual([
    "The go-live of contoso/contoso-vm had not ended after 30 s (`timeoutMinutes`); it goes on at Microsoft.",
    expect.stringMatching(
      /^Last seen \d+ s ago: running, 0 of 4 steps done, at “Certification” \(running 0 %, estimated ~2-5 days\)\.$/,
    ),
    `To follow it, run this action with \`operationLocation: ${location}\` and \`wait: true\`: that starts nothing.`,
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "running", operationId: emulator.goLives[0]?.id } });
  expect(result.summary).toContain("| status | running |");
  // Patience ran out, not the go-live: nothing is canceled.
  expect(new Set(asked())).toEqual(new Set(["GET list", "GET status", "POST goLive", "GET operation"]));
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
});

test("ends green at the deadline with the status running where a later run looks, and says that it is not live", async () => {
  const { run, emulator } = await startScenario({ offers: offersWith(Infinity) });
  const inputs = { wait: "true", pollIntervalSeconds: "5", timeoutMinutes: "0.5", onTimeout: "leave" };
  const result = await run(inputs, { timeFactor });
  const location = result.outputs["operationLocation"];
  expect(annotations(result)).toMatchObject([{ level: "notice", title: "The go-live was left at work" }]);
  expect(texts(result, "notice")[0]?.split("\n")).toEqual([
    "The go-live of contoso/contoso-vm had not ended after 30 s (`timeoutMinutes`); it goes on at Microsoft.",
    "It was left to a later run (`onTimeout: leave`): that this step is green does not say that it is live.",
    expect.stringMatching(/^Last seen \d+ s ago: running/),
    `To follow it, run this action with \`operationLocation: ${location}\` and \`wait: true\`: that starts nothing.`,
  ]);
  expect(result.summary).toContain("## ⏳ Not live yet");
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "running", operationId: emulator.goLives[0]?.id } });
});

test.each([
  ["7200 s", () => "7200"],
  ["until a date two hours away", () => new Date(Date.now() + 7_200_000).toUTCString()],
])("asks a last question at the deadline when Retry-After asks to wait %s", async (_what, retryAfter) => {
  const { run, emulator, asked } = await startScenario({ offers: offersWith(0), faults: running(1, retryAfter()) });
  const { exitCode, outputs } = await run({ wait: "true", timeoutMinutes: "0.5" }, { timeFactor });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "GET operation", ...CONFIRMED]);
  expect(longestPauseMs(emulator.requests)).toBeGreaterThan(15_000);
  expect(outputs["status"]).toBe("succeeded");
  expect(exitCode).toBe(0);
});

test("waits as long as Retry-After asks for", async () => {
  const { run, emulator } = await startScenario({ offers: offersWith(0), faults: running(1, "20") });
  const { outputs } = await run(WAITING_FAST, { timeFactor });
  expect(longestPauseMs(emulator.requests)).toBeGreaterThan(18_000);
  expect(outputs["status"]).toBe("succeeded");
});

test("waits as long as a refused question says, too", async () => {
  const headers = { "retry-after": "20" };
  const { run, emulator } = await startScenario({
    offers: offersWith(0),
    faults: [{ on: "operation", nth: 1, act: { kind: "status", status: 503, headers } }],
  });
  const { outputs } = await run(WAITING_FAST, { timeFactor });
  expect(longestPauseMs(emulator.requests)).toBeGreaterThanOrEqual(19_000);
  expect(outputs["status"]).toBe("succeeded");
});

test.each(["soon", "Mon, 01 Jan 2001 00:00:00 GMT"])(
  "neither hangs nor races when Retry-After is %j",
  async (pollRetryAfter) => {
    const { run, emulator } = await startScenario({ offers: offersWith(0), faults: running(4, pollRetryAfter) });
    const { outputs } = await run({ ...WAITING_FAST, pollIntervalSeconds: "2" }, { timeFactor });
    const [first, , , , last, ...others] = questions(emulator.requests);
    expect(others).toEqual([]);
    // Four pauses of 1.2 to 2 s.
    expect((Number(last?.atMs) - Number(first?.atMs)) * timeFactor).toBeGreaterThan(4_000);
    expect(outputs["status"]).toBe("succeeded");
  },
);

test("says at the deadline that the operation could not be observed once, and why", async () => {
  const { run } = await startScenario({
    offers: offersWith(Infinity),
    faults: [{ on: "operation", act: { kind: "status", status: 503, body: "down for repair" } }],
  });
  const result = await run({ wait: "true", pollIntervalSeconds: "5", timeoutMinutes: "0.3" }, { timeFactor });
  expect(texts(result, "error")[0]?.split("\n")).toEqual([
    "The go-live of contoso/contoso-vm could not be observed once, and the wait ended after 18 s (`timeoutMinutes`).",
    "The last question failed: “down for repair” [HTTP 503 (unavailable)].",
    expect.stringMatching(/^To follow it, run this action with `operationLocation: http/),
  ]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "unknown" } });
});

test("keeps the status running when it was seen before the service went away", async () => {
  const { run } = await startScenario({
    offers: offersWith(Infinity),
    faults: [...running(1, "0"), { on: "operation", act: { kind: "reset", at: "request" } }],
  });
  const result = await run({ wait: "true", pollIntervalSeconds: "3600", timeoutMinutes: "0.5" }, { timeFactor });
  expect(texts(result, "error")[0]).toMatch(
    /had not ended after 30 s .*\nLast seen .*\nThe last question failed: .*the connection broke/,
  );
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "running" } });
});
