import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { annotations, fastService, startScenario, texts, WAITING_FAST, operationOutputs } from "../harness/scenario.ts";

/** The emulator counts its operations: the publish to preview before is the first one. */
const RUNNING_ID = "56615b67-2185-49fe-80d2-000000000002";

const GOING_LIVE = [
  { publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } },
] as const;

function listOnce(entries: readonly unknown[]): Fault {
  return { on: "list", nth: 1, act: { kind: "garbage", body: JSON.stringify(entries) } };
}

/** An offer that goes live for a minute more. */
function goingLive(outcome: "succeeded" | "failed" | "canceled") {
  return [{ ...GOING_LIVE[0], running: { durationMs: 60_000, outcome } }] as const;
}

const FAST = 60;

function locationOf(url: string, id = RUNNING_ID): string {
  return `${url}/api/publishers/contoso/offers/contoso-vm/operations/${id}`;
}

test("adopts the go-live that is already running, and sends nothing", async () => {
  const { emulator, run, asked } = await startScenario({ offers: GOING_LIVE });
  const result = await run();
  expect(asked()).toEqual(["GET list"]);
  expect(emulator.goLives).toEqual([]);
  expect(operationOutputs(result.outputs)).toEqual({
    operationLocation: locationOf(emulator.url),
    operationId: RUNNING_ID,
    status: "running",
  });
  expect(result.log).toContain(
    "A go-live of this offer is already running: no other is started, this run follows that one.",
  );
  expect(annotations(result)).toEqual([
    {
      level: "notice",
      title: "The go-live is under way",
      text: [
        "A go-live of contoso/contoso-vm was already under way; no other was started.",
        "This step did not start that go-live.",
        `To follow it, run this action with \`operationLocation: ${locationOf(emulator.url)}\` and \`wait: true\`: that starts nothing.`,
      ].join("\n"),
    },
  ]);
  expect(result.summary).toContain("no other was started");
  expect(result.exitCode).toBe(0);
});

test.each([
  ["succeeded", 0],
  ["failed", 1],
  ["canceled", 1],
] as const)("follows the go-live that is already running until it has %s", async (outcome, exitCode) => {
  const { run, asked } = await startScenario({ offers: goingLive(outcome), ...fastService(FAST) });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  const asides = outcome === "succeeded" ? ["GET operation", "GET list", "GET status"] : ["GET operation"];
  expect(new Set(asked().slice(0, -asides.length))).toEqual(new Set(["GET list", "GET operation"]));
  expect(asked().slice(-asides.length)).toEqual(asides);
  expect(asked().filter((one) => one === "GET list")).toHaveLength(outcome === "succeeded" ? 2 : 1);
  expect(result.outputs).toMatchObject({ operationId: RUNNING_ID, status: outcome });
  expect(result.exitCode).toBe(exitCode);
});

test("fails instead of following with ifRunning: fail, and says where the other one is", async () => {
  const { emulator, run, asked } = await startScenario({ offers: GOING_LIVE });
  const result = await run({ ifRunning: "fail", wait: "true" });
  expect(asked()).toEqual(["GET list"]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
  expect(annotations(result)).toEqual([
    {
      level: "error",
      title: "No go-live of contoso/contoso-vm was started",
      text: [
        `A go-live of this offer is already running and \`ifRunning\` is \`fail\` (${locationOf(emulator.url)}).`,
        "Wait for it to end, or set `ifRunning: attach` to follow it.",
      ].join("\n"),
    },
  ]);
  expect(result.exitCode).toBe(1);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["a slot of production", { slot: "production", submissionType: "publish" }],
  ["a type that reads go-live in another way", { slot: "", submissionType: "go-live" }],
  ["no word for its state", { slot: "production", submissionState: "" }],
  ["a slot of `live`", { slot: "live" }],
  ["a number for a slot", { slot: 2 }],
  ["neither slot nor type", {}],
  ["a preview's type, without a slot", { submissionType: "publish" }],
  ["a status instead of a state", { slot: "production", submissionState: undefined, status: "not started" }],
])("knows a running go-live by %s", async (_what, entry) => {
  const entries = [
    { id: "1", slot: "staging", submissionState: "completed" },
    { id: "2", submissionState: "running", ...entry },
  ];
  const { run, asked } = await startScenario({ faults: [listOnce(entries)] });
  const { outputs, exitCode } = await run();
  expect(asked()).toEqual(entry["submissionState"] === "" ? ["GET list", "GET status"] : ["GET list"]);
  expect(outputs).toMatchObject({ operationId: "2", status: "running" });
  expect(exitCode).toBe(0);
});

test("adopts a go-live whose state is an unknown word, with a warning that quotes it", async () => {
  const { run, asked } = await startScenario({
    faults: [listOnce([{ id: "2", submissionState: "Simmering", slot: "production" }])],
  });
  const result = await run();
  // The word may be one for an end: the status is asked as well, and decides nothing against the entry.
  expect(asked()).toEqual(["GET list", "GET status"]);
  expect(texts(result, "warning")).toEqual([
    expect.stringMatching(/^The service calls the go-live “Simmering”, a word/),
  ]);
});

test("does not take an earlier go-live that has ended for one that runs", async () => {
  const { emulator, run, asked } = await startScenario({
    offers: [
      {
        publisherId: "contoso",
        offerId: "contoso-vm",
        history: [{ slot: "production" }, { slot: "production", outcome: "failed" }, { slot: "staging" }],
      },
    ],
  });
  const { outputs } = await run();
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(outputs["operationId"]).toBe(emulator.goLives[0]?.id);
});

test.each(["attach", "fail"])(
  "sends nothing while a publish to preview runs and none waits for the sign-off (ifRunning: %s)",
  async (ifRunning) => {
    const { emulator, run, asked } = await startScenario({
      offers: [{ publisherId: "contoso", offerId: "contoso-vm", state: "publishing" }],
    });
    const result = await run({ ifRunning });
    expect(asked()).toEqual(["GET list", "GET status"]);
    expect(emulator.goLives).toEqual([]);
    expect(texts(result, "error")).toEqual([
      "A publish to preview is running (56615b67-2185-49fe-80d2-000000000001).\nWait until it has ended and its preview is ready.",
    ]);
    expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
  },
);

test("starts the go-live that the service takes although a publish to preview runs", async () => {
  const { emulator, run } = await startScenario({
    faults: [listOnce([{ id: "9", submissionState: "running", slot: "staging", submissionType: "publish" }])],
  });
  const { log, outputs } = await run();
  expect(log).toContain(
    "A publish to preview of this offer is running (9). It is no go-live; the service decides whether it takes one now.",
  );
  expect(outputs["operationId"]).toBe(emulator.goLives[0]?.id);
});

/** The first look shows nothing of what runs, neither in the list nor in the offer's status. */
const UNSEEN: readonly Fault[] = [
  listOnce([]),
  { on: "status", nth: 1, act: { kind: "garbage", body: '{"status":"waitingForPublisherReview"}' } },
];

const REFUSALS = [
  { status: 409, secondGoLive: "conflict" },
  { status: 400, secondGoLive: "badRequest" },
] as const;

test.each(REFUSALS)("adopts the go-live that a $status turns out to be about", async ({ secondGoLive }) => {
  const { emulator, run, asked } = await startScenario({
    offers: goingLive("succeeded"),
    behaviour: { secondGoLive },
    faults: UNSEEN,
    ...fastService(FAST),
  });
  const { outputs, log, exitCode } = await run(WAITING_FAST, { timeFactor: FAST });
  expect(asked().slice(0, 5)).toEqual(["GET list", "GET status", "POST goLive", "GET list", "GET operation"]);
  expect(asked().filter((one) => one.startsWith("POST"))).toHaveLength(1);
  expect(emulator.goLives).toEqual([]);
  expect(outputs).toMatchObject({ operationId: RUNNING_ID, status: "succeeded" });
  expect(log).toContain("A go-live of this offer is already running: no other is started");
  expect(exitCode).toBe(0);
});

test.each(REFUSALS)(
  "fails on a $status that turns out to be about a running go-live, with ifRunning: fail",
  async ({ secondGoLive }) => {
    const { emulator, run, asked } = await startScenario({
      offers: GOING_LIVE,
      behaviour: { secondGoLive },
      faults: UNSEEN,
    });
    const result = await run({ ifRunning: "fail" }, { timeFactor: 30 });
    expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET list"]);
    expect(texts(result, "error")).toEqual([
      expect.stringContaining(`\`ifRunning\` is \`fail\` (${locationOf(emulator.url)})`),
    ]);
    expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
  },
);

test("looks for a lagging go-live behind a 409 for 15 s, then believes the refusal", async () => {
  const act = { kind: "status", status: 409 } as const;
  const { run, asked } = await startScenario({ faults: [{ on: "goLive", act }] });
  const result = await run({}, { timeFactor: 60 });
  expect(asked()).toEqual([
    "GET list",
    "GET status",
    "POST goLive",
    ...Array.from({ length: 5 }, () => ["GET list", "GET status"]).flat(),
  ]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/HTTP 409 \(conflict\).*\nLook in Partner Center what else runs for the offer/),
  ]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});
