import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import type { Schedule } from "./schedule.ts";
import { inThread } from "./thread.ts";

const DAY_MS = 86_400_000;

/** Every so many questions something goes wrong, and once nobody answers for hours. */
const FAULTS: readonly Fault[] = [
  { on: "operation", nth: counts(1_000, 1_100), act: { kind: "reset", at: "request" } },
  { on: "operation", nth: everyNth(7), act: { kind: "reset", at: "body" } },
  { on: "operation", nth: everyNth(11), act: { kind: "status", status: 502, body: "<html><title>Bad Gateway" } },
  { on: "operation", nth: everyNth(13), act: { kind: "stall", at: "headers" } },
  { on: "operation", nth: everyNth(17), act: { kind: "status", status: 503, headers: { "retry-after": "90" } } },
  { on: "operation", nth: everyNth(19), act: { kind: "truncate", keepBytes: 100 } },
  { on: "operation", nth: everyNth(23), act: { kind: "delay", durationMs: 20_000 } },
];

/** The longest wait that can be asked for. */
function waiting(durationMs: number, pollIntervalSeconds: number): Schedule {
  return {
    inputs: {
      wait: true,
      timeoutMinutes: 7_200,
      pollIntervalSeconds,
      ifRunning: "attach",
      onCancel: "leave",
      watched: undefined,
    },
    offer: { state: "readyForGoLive", goLive: { durationMs }, running: {}, publish: {}, history: [] },
    behaviour: {},
    faults: FAULTS,
    cut: undefined,
    hasBrokenSummary: false,
    chance: 1,
  };
}

test("waits for five days through hundreds of faults, and ends well", async () => {
  const result = await inThread("run", waiting(4.9 * DAY_MS, 300));
  expect(result).toMatchObject({ exitCode: 0, ending: "succeeded", accepted: 1, warnings: [] });
  expect(result.tookMs).toBeGreaterThanOrEqual(4.9 * DAY_MS);
  expect(result.tookMs).toBeLessThan(4.9 * DAY_MS + 10 * 60_000);
  expect(result.asked.length).toBeGreaterThan(1_500);
  // The success is held against the list and the offer's status.
  const others = result.asked.filter((request) => request !== "GET operation");
  expect(others).toEqual(["GET list", "GET status", "POST goLive", "GET list", "GET status"]);
}, 90_000);

test("ends after five days with a go-live that does not, and says how to go on", async () => {
  const result = await inThread("run", waiting(Infinity, 3_600));
  expect(result).toMatchObject({ exitCode: 1, ending: "deadline", outputs: { status: "running" }, warnings: [] });
  expect(result.tookMs).toBeGreaterThanOrEqual(5 * DAY_MS);
  expect(result.tookMs).toBeLessThanOrEqual(5 * DAY_MS + 30_000);
  expect(result.lastWord).toContain(
    `run this action with \`operationLocation: ${result.outputs["operationLocation"]}\``,
  );
}, 90_000);

function everyNth(step: number): readonly number[] {
  return counts(1, 3_000).filter((count) => count % step === 0);
}

function counts(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
