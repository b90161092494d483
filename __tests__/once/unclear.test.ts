import { expect, test } from "@jest/globals";
import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import { annotations, fastService, startScenario, texts, operationOutputs } from "../harness/scenario.ts";

/** The 185 s of looks pass in 0.9 s. */
const FAST = { timeFactor: 200 } as const;
const SERVICE = (): Pick<EmulatorOptions, "clock"> => fastService(FAST.timeFactor);
const POST = "POST goLive";
const LOOKS = Array<string>(11).fill("GET list");
const NO_TRACE = [...LOOKS, "GET status"];

/** Ways in which it stays open whether the go-live was started. */
const UNCLEAR = [
  { what: "a reset", act: { kind: "reset", at: "request" } },
  { what: "a connection that closes", act: { kind: "close", at: "request" } },
  { what: "a time-out", act: { kind: "stall", at: "headers" } },
  { what: "a 500", act: { kind: "status", status: 500 } },
  { what: "a gateway's 502", act: { kind: "status", status: 502, body: "<html><title>Bad Gateway</title></html>" } },
  { what: "a 408", act: { kind: "status", status: 408 } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

/** Words of the service that it took the go-live, without a place where it is. */
const ACCEPTED = [
  { what: "a 200", act: { kind: "status", status: 200, body: "{}" } },
  { what: "a 201", act: { kind: "status", status: 201, body: "" } },
  { what: "a 202", act: { kind: "status", status: 202, body: "" } },
  { what: "a 204", act: { kind: "status", status: 204, body: "" } },
  { what: "a 303", act: { kind: "redirect", to: "/elsewhere", status: 303 } },
] as const satisfies readonly { readonly what: string; readonly act: Fault["act"] }[];

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
    expect(asked()).toEqual(["GET list", POST, ...Array<string>(asked().length - 2).fill("GET list")]);
    expect(emulator.goLives).toHaveLength(1);
    expect(result.log).toMatch(
      /No clear answer to the go-live: .*\r?\n.*looking for it in the list of the offer's operations/,
    );
    expect(result.log).toContain("Found it: the go-live was started, and is in the list of the offer's operations.");
    expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
    expect(result.exitCode).toBe(0);
  },
);

test.each([20_000, 60_000, 120_000, 150_000])(
  "sends no other go-live while the list lags by %i ms behind one that was started",
  async (lagMs) => {
    const { emulator, run, asked } = await startScenario({
      ...SERVICE(),
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

test("finds a go-live that has ended before the list shows it, and says how it ended", async () => {
  const { emulator, run } = await startScenario({
    ...SERVICE(),
    offers: QUICK,
    behaviour: { listLagMs: 4_000 },
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "reset", at: "request" } }],
  });
  const { outputs, exitCode } = await run({ wait: "true" }, FAST);
  expect(emulator.goLives).toHaveLength(1);
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "succeeded" });
  expect(exitCode).toBe(0);
});

test("sends again what left no trace in list and status for three minutes", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", nth: 1, act: { kind: "reset", at: "request" } }],
  });
  const { outputs, log } = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...NO_TRACE, POST]);
  expect(emulator.goLives).toHaveLength(1);
  expect(log).toMatch(
    /The list shows no go-live, and the offer still waits for the publisher's sign-off: nothing seems to have been started\. Sending again in 2 s\.\r?\n.*Sending the go-live again \(sending 2\)\./,
  );
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
});

test("sends three times at the most, each time after looking, and says that nothing was started", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", act: { kind: "status", status: 500 } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...NO_TRACE, POST, ...NO_TRACE, POST, ...NO_TRACE]);
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

test("sends nothing again when the list shows no go-live, but the offer's status does", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }],
    behaviour: { listLagMs: Infinity, secondGoLive: "accepted" },
    faults: [{ on: "goLive", nth: 1, carriedOut: true, act: { kind: "reset", at: "request" } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...NO_TRACE]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.log).toContain(
    "The list shows no go-live, but the offer does not wait for the publisher's sign-off any more (“running”): it is not sent again.",
  );
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

test.each([
  { what: "last month's success, shown only now", history: { endedAgoMs: 2_592_000_000 } },
  { what: "an hour-old failure, shown only now", history: { endedAgoMs: 3_600_000, outcome: "failed" } },
] as const)("does not take for its own: $what", async ({ history }) => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    offers: [
      {
        publisherId: "contoso",
        offerId: "contoso-vm",
        history: [{ slot: "production", ...history, listedFromNth: 2 }, { slot: "staging" }],
      },
    ],
    faults: [{ on: "goLive", act: { kind: "reset", at: "request" } }],
  });
  const result = await run({ wait: "true" }, FAST);
  expect(asked().filter((one) => one === POST)).toHaveLength(3);
  expect(emulator.goLives).toEqual([]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});

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
  expect(asked()).toEqual(["GET list", POST, "GET list"]);
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
});

test.each([301, 302, 307, 308])("sends once to a service that answers with a redirect: %i", async (status) => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", act: { kind: "redirect", to: "/elsewhere", status } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST]);
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      new RegExp(`^No go-live of contoso/contoso-vm was started: .*HTTP ${status} \\(redirect, not followed\\)`),
    ),
  ]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});

test("sends again without a look what was turned away, after the pause that the service asks for", async () => {
  const act = { kind: "status", status: 429, headers: { "retry-after": "20" } } as const;
  const { emulator, run, asked } = await startScenario({ faults: [{ on: "goLive", nth: [1, 2], act }] });
  const { log } = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, POST, POST]);
  expect(emulator.goLives).toHaveLength(1);
  expect(log.match(/Next try in 20 s\./g)).toHaveLength(2);
  const [, first = 0, second = 0, third = 0] = emulator.requests.map(({ atMs }) => atMs);
  expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual(20_000 / FAST.timeFactor - 2);
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
  expect(asked()).toEqual(["GET list", POST, ...Array<string>(3).fill("GET list")]);
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
});

test.each(ACCEPTED)("never sends again after $what, whatever the list says", async ({ act }) => {
  const { run, asked } = await startScenario({ ...SERVICE(), faults: [{ on: "goLive", act }] });
  const result = await run({}, FAST);
  expect(asked()).toEqual(["GET list", POST, ...LOOKS]);
  expect(result.log).toContain("It is not sent again.");
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
