import { expect, test } from "@jest/globals";
import { operationOutputs, startScenario, texts } from "../harness/scenario.ts";
import { ACCEPTED, FAST, LOOK, looks, POST, SERVICE, UNCLEAR, UNKNOWN } from "./unclear-answers.ts";

/** An offer whose go-live is over in no time. */
const QUICK = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 1 } }] as const;

test.each([...UNCLEAR, ...ACCEPTED])(
  "finds the go-live that was started behind $what, although the list lags",
  async ({ act }) => {
    const { emulator, run, asked } = await startScenario({
      ...SERVICE(),
      behaviour: { listLagMs: 20_000 },
      faults: [{ on: "goLive", carriedOut: true, act }],
    });
    const result = await run({}, FAST);
    // The last look shows that it runs: that is enough to know.
    expect(asked()).toEqual([...LOOK, POST, ...looks((asked().length - 4) / 2), "GET list"]);
    expect(emulator.goLives).toHaveLength(1);
    expect(result.log).toMatch(
      /No clear answer to the go-live: .*\r?\n.*looking for it in the list of the offer's operations/,
    );
    expect(result.log).toContain(
      "The list of the offer's operations shows a go-live that was not there before the sending: this run takes it for its own.",
    );
    expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
    expect(result.exitCode).toBe(0);
  },
);

test.each([20_000, 60_000, 120_000, 150_000])(
  "sends no other go-live while the list lags by %i ms behind one that was started",
  async (lagMs) => {
    const { emulator, run, asked } = await startScenario({
      ...SERVICE(),
      offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }],
      behaviour: { listLagMs: lagMs, statusLagMs: lagMs, secondGoLive: "accepted" },
      faults: [{ on: "goLive", nth: 1, carriedOut: true, act: { kind: "reset", at: "request" } }],
    });
    const { outputs } = await run({}, FAST);
    expect(emulator.goLives).toHaveLength(1);
    expect(asked().filter((one) => one === POST)).toHaveLength(1);
    expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
  },
);

test("finds a go-live that took effect only seconds after its connection broke", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", carriedOutAfterMs: 5_000, act: { kind: "reset", at: "request" } }],
  });
  const { outputs } = await run({}, FAST);
  expect(asked().filter((one) => one === POST)).toHaveLength(1);
  expect(outputs["operationId"]).toBe(emulator.goLives[0]?.id);
});

test.each(["true", "false"])(
  "finds a go-live that has ended before the list shows it, and says how it ended (wait: %s)",
  async (wait) => {
    const { emulator, run } = await startScenario({
      ...SERVICE(),
      offers: QUICK,
      behaviour: { listLagMs: 4_000 },
      faults: [{ on: "goLive", carriedOut: true, act: { kind: "reset", at: "request" } }],
    });
    const { outputs, exitCode } = await run({ wait }, FAST);
    expect(emulator.goLives).toHaveLength(1);
    expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "succeeded" });
    expect(exitCode).toBe(0);
  },
);

test("knows an operation again whose id the list spells in another case", async () => {
  const { emulator, run } = await startScenario({
    ...SERVICE(),
    offers: [
      {
        publisherId: "contoso",
        offerId: "contoso-vm",
        history: [{ slot: "production", endedAgoMs: 1 }, { slot: "staging" }],
      },
    ],
    behaviour: { listIdCase: "alternating", listLagMs: 8_000 },
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "status", status: 202, body: "" } }],
  });
  const { outputs } = await run({}, FAST);
  expect(emulator.goLives).toHaveLength(1);
  expect(outputs["operationId"]?.toLowerCase()).toBe(emulator.goLives[0]?.id);
});

test("finds a go-live whose entry gets its slot late, and sends no other", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    behaviour: {
      slotLagMs: 60_000,
      listEntries: { production: { submissionType: "publish" } },
      secondGoLive: "accepted",
    },
    faults: [{ on: "goLive", nth: 1, carriedOut: true, act: { kind: "status", status: 500 } }],
  });
  const { outputs } = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, "GET list"]);
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
});

test("takes one forbidden look for a stray one, and three for an answer", async () => {
  const forbidden = { kind: "status", status: 403 } as const;
  const reset = { kind: "reset", at: "request" } as const;
  const stray = await startScenario({
    ...SERVICE(),
    faults: [
      { on: "goLive", nth: 1, carriedOut: true, act: reset },
      { on: "list", nth: [2, 3], act: forbidden },
    ],
  });
  const found = await stray.run({}, FAST);
  expect(found.outputs).toMatchObject({ operationId: stray.emulator.goLives[0]?.id });
  const { run, asked } = await startScenario({
    ...SERVICE(),
    faults: [
      { on: "goLive", act: reset },
      { on: "list", nth: [2, 3, 4], act: forbidden },
    ],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, ...Array<string>(3).fill("GET list")]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
});
