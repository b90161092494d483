import { expect, test } from "@jest/globals";
import type { EndedStatus, Fault } from "../../emulator/emulator.ts";
import { annotations, startScenario, texts, WAITING } from "../harness/scenario.ts";

/** What a success is followed by: the question whether anything speaks against it. */
const CONFIRMED = ["GET list", "GET status"] as const;

function offersWith(goLive: { readonly durationMs: number; readonly outcome?: EndedStatus }) {
  return [{ publisherId: "contoso", offerId: "contoso-vm", goLive }];
}

/** Operations answer these bodies first, then the truth. */
function answers(bodies: readonly unknown[]): readonly Fault[] {
  return bodies.map((body, at) => ({
    on: "operation",
    nth: at + 1,
    act: { kind: "garbage", body: JSON.stringify(body) },
  }));
}

test.each(["array", "object"] as const)("reads an operation that is answered as %s", async (body) => {
  const { run, asked } = await startScenario({ offers: offersWith({ durationMs: 60 }), behaviour: { body } });
  const result = await run(WAITING);
  expect(asked()).toContain("GET operation");
  expect(asked().slice(-2)).toEqual(CONFIRMED);
  expect(texts(result, "warning")).toEqual([]);
  expect(result.log).not.toContain("No usable answer");
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

const DONE_WORDS = [
  ["succeeded", "Completed"],
  ["succeeded", "COMPLETE"],
  ["succeeded", " succ-eeded "],
  ["succeeded", "Suc cess"],
  ["failed", "failed"],
  ["failed", "FAILURE"],
  ["canceled", "Canceled"],
  ["canceled", "CAN_CELLED"],
] as const;

test.each(DONE_WORDS)("ends as %s when the service says “%s”", async (outcome, word) => {
  const { run, asked } = await startScenario({
    offers: offersWith({ durationMs: 0, outcome }),
    behaviour: { words: { [outcome]: word } },
  });
  const result = await run(WAITING);
  // Only a success is doubted.
  const confirmed = outcome === "succeeded" ? CONFIRMED : [];
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", ...confirmed]);
  expect(annotations(result).map(({ level }) => level)).toEqual([outcome === "succeeded" ? "notice" : "error"]);
  expect(result).toMatchObject({ exitCode: outcome === "succeeded" ? 0 : 1, outputs: { status: outcome } });
});

const GOING_ON = [
  "notStarted",
  "not started",
  "Running",
  "in progress",
  "IN_PROGRESS",
  "waiting-for-publisher-review",
  "waitingForApproval",
  "Queued",
  "pending",
];

test("goes on waiting for every word that means no end, without a warning", async () => {
  const faults = answers(GOING_ON.map((status) => [{ status, steps: [] }]));
  const { run, asked } = await startScenario({ offers: offersWith({ durationMs: 0 }), faults });
  const result = await run(WAITING);
  const questions = Array(GOING_ON.length + 1).fill("GET operation");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions, ...CONFIRMED]);
  expect(texts(result, "warning")).toEqual([]);
  expect(result.log).not.toContain("No usable answer");
  expect(result.outputs["status"]).toBe("succeeded");
});

test("goes on waiting for a word that it does not know, and quotes it in one warning", async () => {
  const words = ["mothballed", "mothballed", "Mostly Completed", "mothballed", "completedWithIssues", "constructor"];
  const { run, asked } = await startScenario({
    offers: offersWith({ durationMs: 0 }),
    faults: answers(words.map((status) => ({ status }))),
  });
  const result = await run(WAITING);
  const questions = Array(words.length + 1).fill("GET operation");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions, ...CONFIRMED]);
  expect(annotations(result).filter(({ level }) => level === "warning")).toEqual(
    [...new Set(words)].map((word) => ({
      level: "warning",
      title: "The service uses an unknown word",
      text: `The service calls the go-live “${word}”, a word that this action does not know. It is taken as still running; only a known word ends the wait.`,
    })),
  );
  expect(result).toMatchObject({ exitCode: 0, outputs: { status: "succeeded" } });
});

test("ends on the operation's own status only, whatever its steps say", async () => {
  const steps = [{ id: "live", stepName: "Live", status: "complete", progressPercentage: 100, messages: [] }];
  const rejected = [{ ...steps[0], status: "rejected" }];
  const faults = answers([
    { status: "running", steps },
    { status: "running", steps: rejected },
  ]);
  const { run, asked } = await startScenario({ offers: offersWith({ durationMs: 0 }), faults });
  const { outputs } = await run(WAITING);
  const questions = Array(3).fill("GET operation");
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive", ...questions, ...CONFIRMED]);
  expect(outputs["status"]).toBe("succeeded");
});

test("asks its first question within 2 s of the go-live", async () => {
  const timeFactor = 2;
  const { emulator, run } = await startScenario({ offers: offersWith({ durationMs: 0 }) });
  await run({ wait: "true" }, { timeFactor });
  const [goLive, first] = emulator.requests.slice(1).map(({ atMs }) => atMs);
  expect((Number(first) - Number(goLive)) * timeFactor).toBeLessThan(2_000);
});

test("shows each new state of the operation once, with its steps", async () => {
  const step = { id: "live", stepName: "Live", status: "inProgress", estimatedTimeFrame: "~2-5 days", messages: [] };
  const looks = [
    { progressPercentage: 20 },
    { progressPercentage: 20 },
    { progressPercentage: 21 },
    { progressPercentage: 60, status: "waitingForApproval" },
  ];
  const faults = answers(looks.map((look) => ({ status: "running", steps: [{ ...step, ...look }] })));
  const { run } = await startScenario({ offers: offersWith({ durationMs: 0 }), faults });
  const { log } = await run(WAITING);
  expect(log.match(/^0:00:\d\d {2}\[[#-]+\] running.*$/gm)?.map((line) => line.slice(9))).toEqual([
    "[##--------] running, 0 of 1 steps done, at “Live” (running 20 %, estimated ~2-5 days)",
    "[######----] running, 0 of 1 steps done, at “Live” (waiting 60 %)",
  ]);
});
