import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { annotations, startScenario, texts, operationOutputs } from "../harness/scenario.ts";

const FAST = { timeFactor: 60 } as const;
const POST = "POST goLive";
const LOOKS = Array<string>(5).fill("GET list");
const LONG_LOOKS = Array<string>(7).fill("GET list");

/** Ways in which it stays open whether the go-live was started. */
const UNCLEAR = [
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a connection that closes", act: { kind: "close", at: "request" } },
  { what: "a time-out", act: { kind: "stall", at: "headers" } },
  { what: "a 500", act: { kind: "status", status: 500 } },
  { what: "a gateway's 502", act: { kind: "status", status: 502, body: "<html><title>Bad Gateway</title></html>" } },
  { what: "a 408", act: { kind: "status", status: 408 } },
  { what: "a 303", act: { kind: "redirect", to: "/elsewhere", status: 303 } },
  { what: "a 202 without a location", act: { kind: "status", status: 202, body: "" } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

/** The list does not show the new go-live yet. */
function lag(nth: readonly number[]): Fault {
  return { on: "list", nth, act: { kind: "garbage", body: "[]" } };
}

test.each(UNCLEAR)("finds the go-live that was started behind $what, although the list lags", async ({ act }) => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", carriedOut: true, act }, lag([2, 3])],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, "GET list", "GET list", "GET list"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.log).toMatch(
    /No clear answer to the go-live: .*\r?\n.*It may have been started all the same: looking at the offer's operations before anything is sent again\./,
  );
  expect(result.log).toContain("Found it: the go-live was started, and is in the list of the offer's operations.");
  expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
  expect(result.exitCode).toBe(0);
});

test("finds a go-live that took effect only seconds after its connection broke", async () => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", carriedOutAfterMs: 80, act: { kind: "reset", at: "request" } }],
  });
  const { outputs } = await run({}, FAST);
  expect(asked().filter((one) => one === POST)).toHaveLength(1);
  expect(outputs["operationId"]).toBe(emulator.goLives[0]?.id);
});

test("finds a go-live that has ended before the list shows it, and says how it ended", async () => {
  const { emulator, run } = await startScenario({
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 1 } }],
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "reset", at: "request" } }, lag([2, 3])],
  });
  const { outputs, exitCode } = await run({ wait: "true" }, FAST);
  expect(emulator.goLives).toHaveLength(1);
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "succeeded" });
  expect(exitCode).toBe(0);
});

test("sends again what left no trace, after looking for 15 s", async () => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", nth: 1, act: { kind: "reset", at: "request" } }],
  });
  const { outputs, log } = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...LOOKS, POST]);
  expect(emulator.goLives).toHaveLength(1);
  expect(log).toMatch(
    /The go-live was not started: .* Next try in 2 s\.\r?\n.*Sending the go-live again \(sending 2\)\./,
  );
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
});

test("sends three times at the most, each time after looking, and says that nothing was started", async () => {
  const { emulator, run, asked } = await startScenario({
    faults: [{ on: "goLive", act: { kind: "status", status: 500 } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...LOOKS, POST, ...LOOKS, POST, ...LOOKS]);
  expect(emulator.goLives).toEqual([]);
  expect(annotations(result)).toEqual([
    {
      level: "error",
      title: "Nothing was started",
      text: expect.stringMatching(
        /^No go-live of contoso\/contoso-vm was started, as far as the offer's operations show: POST .*\/golive was answered with HTTP 500 .*\[request id .*\]\.\nThe fault is on the service's side\./,
      ),
    },
  ]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});

test("finds the first go-live when the list shows it only after a second was sent", async () => {
  const reset = { kind: "reset", at: "request" } as const;
  const { emulator, run, asked } = await startScenario({
    faults: [
      { on: "goLive", nth: 1, carriedOut: true, act: reset },
      { on: "goLive", nth: 2, act: reset },
      lag([2, 3, 4, 5, 6]),
    ],
  });
  const { outputs } = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...LOOKS, POST, "GET list"]);
  expect(emulator.goLives).toHaveLength(1);
  expect(outputs["operationId"]).toBe(emulator.goLives[0]?.id);
});

test("sends again without a look what was turned away, after the pause that the service asks for", async () => {
  const act = { kind: "status", status: 429, headers: { "retry-after": "20" } } as const;
  const { emulator, run, asked } = await startScenario({ faults: [{ on: "goLive", nth: [1, 2], act }] });
  const { log } = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, POST, POST]);
  expect(emulator.goLives).toHaveLength(1);
  expect(log.match(/Next try in 20 s\./g)).toHaveLength(2);
  const [, first = 0, second = 0, third = 0] = emulator.requests.map(({ atMs }) => atMs);
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(330);
});

test("does not send again when the pause asked for is longer than anybody waits", async () => {
  const act = { kind: "status", status: 429, headers: { "retry-after": "86400" } } as const;
  const { run, asked } = await startScenario({ faults: [{ on: "goLive", act }] });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/HTTP 429 .*\nThe service turned the request away because/),
  ]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});

const UNKNOWN =
  /^Nobody can tell whether a go-live of contoso\/contoso-vm was started: it was sent, then .*, and the offer's operations could not settle it\.\nIt was not sent again\. Look in Partner Center whether the offer is going live\.\nIt is safe to run this job again once the service answers/;

test.each([true, false])("sends nothing again when nobody can tell (started in truth: %s)", async (carriedOut) => {
  const { emulator, run, asked } = await startScenario({
    faults: [
      { on: "goLive", carriedOut, act: { kind: "reset", at: "request" } },
      ...Array.from({ length: 40 }, (_, at): Fault => ({
        on: "list",
        nth: at + 2,
        act: { kind: "status", status: 503 },
      })),
    ],
  });
  const result = await run({ wait: "true" }, FAST);
  expect(asked().filter((one) => one === POST)).toHaveLength(1);
  expect(emulator.goLives).toHaveLength(carriedOut ? 1 : 0);
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(result.summary).toContain("Started or not");
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test("sends nothing again after a look that is forbidden", async () => {
  const { run, asked } = await startScenario({
    faults: [
      { on: "goLive", act: { kind: "reset", at: "request" } },
      { on: "list", nth: 2, act: { kind: "status", status: 403 } },
    ],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, "GET list"]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
});

test("never sends again after a 202, whatever the list says", async () => {
  const { run, asked } = await startScenario({
    faults: [{ on: "goLive", act: { kind: "status", status: 202, body: "" } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...LONG_LOOKS]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
});

test("sends nothing when the look before cannot be had", async () => {
  const { run, asked } = await startScenario({ faults: [{ on: "list", act: { kind: "status", status: 503 } }] });
  const result = await run({}, FAST);
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/^No go-live of contoso\/contoso-vm was started: GET .* HTTP 503/),
  ]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});
