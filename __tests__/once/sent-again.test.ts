import { expect, test } from "@jest/globals";
import type { Fault } from "../../emulator/emulator.ts";
import { annotations, operationOutputs, startScenario, texts } from "../harness/scenario.ts";
import { ACCEPTED, FAST, LOOK, NO_TRACE, POST, SERVICE, UNKNOWN } from "./unclear-answers.ts";

test("sends again what left no trace in list and status for three minutes", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", nth: 1, act: { kind: "reset", at: "request" } }],
  });
  const { outputs, log } = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, ...NO_TRACE, POST]);
  expect(emulator.goLives).toHaveLength(1);
  expect(log).toMatch(
    /The list shows no go-live, and the offer still waits for one: so nothing seems to have been started\. Sending again in 2 s\.\r?\n.*Sending the go-live again of \S+ \(sending 2\)\./,
  );
  expect(outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
});

test("sends three times at the most, each time after looking, and says that nothing was started", async () => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", act: { kind: "status", status: 500 } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, ...NO_TRACE, POST, ...NO_TRACE, POST, ...NO_TRACE]);
  expect(emulator.goLives).toEqual([]);
  expect(annotations(result)).toEqual([
    {
      level: "error",
      title: "As far as can be seen, no go-live of contoso/contoso-vm was started",
      text: expect.stringMatching(
        /^“The emulator was told to answer 500.” \[HTTP 500 .*\]\.\nA sending before got no clear answer, and the offer's operations show no go-live since: .*\nThe fault is on the service's side\./,
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
  expect(asked()).toEqual([...LOOK, POST, ...NO_TRACE]);
  expect(emulator.goLives).toHaveLength(1);
  expect(result.log).toContain(
    "The list shows no go-live, but something runs for the offer, and its list does not show what (step “Publisher signoff”: “complete”): it is not sent again.",
  );
  expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
  expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
});

const OLD_ENTRIES = [
  { what: "last month's success, shown only now", history: { endedAgoMs: 2_592_000_000 } },
  { what: "an hour-old failure, shown only now", history: { endedAgoMs: 3_600_000, outcome: "failed" } },
] as const;

test("does not take an old go-live for its own that the list shows only now, however it ended", () =>
  Promise.all(
    OLD_ENTRIES.map(async ({ history }) => {
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
    }),
  ));

test.each([301, 302, 307, 308])("sends once to a service that answers with a redirect: %i", async (status) => {
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    faults: [{ on: "goLive", act: { kind: "redirect", to: "/elsewhere", status } }],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST]);
  expect(emulator.goLives).toEqual([]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(new RegExp(`^.*HTTP ${status} \\(redirect, not followed\\)`)),
  ]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});

test.each([
  { seconds: 15, looks: [] },
  { seconds: 20, looks: LOOK },
])(
  "sends again what was turned away after the $seconds s that the service asks for, after longer ones with a look",
  async ({ seconds, looks }) => {
    const act = { kind: "status", status: 429, headers: { "retry-after": String(seconds) } } as const;
    const { emulator, run, asked } = await startScenario({ faults: [{ on: "goLive", nth: [1, 2], act }] });
    const { log } = await run({}, FAST);
    expect(asked()).toEqual([...LOOK, POST, ...looks, POST, ...looks, POST]);
    expect(emulator.goLives).toHaveLength(1);
    expect(log.match(new RegExp(`Next try in ${seconds} s\\.`, "g"))).toHaveLength(2);
    const [first = 0, second = 0, third = 0] = emulator.requests.flatMap(({ route, atMs }) =>
      route === "goLive" ? [atMs] : [],
    );
    expect(Math.min(second - first, third - second)).toBeGreaterThanOrEqual((seconds * 1_000) / FAST.timeFactor - 2);
  },
);

test("sends no other when somebody else starts one in the pause that the service asks for", async () => {
  const asks = { kind: "status", status: 429, headers: { "retry-after": "600" } } as const;
  const { emulator, run, asked } = await startScenario({
    ...SERVICE(),
    offers: [
      {
        publisherId: "contoso",
        offerId: "contoso-vm",
        state: "goingLive",
        running: { durationMs: Infinity, listedFromNth: 2 },
      },
    ],
    behaviour: { secondGoLive: "accepted" },
    faults: [
      { on: "status", nth: 1, act: { kind: "garbage", body: '{"status":"waitingForPublisherReview"}' } },
      { on: "goLive", nth: 1, act: asks },
    ],
  });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST, "GET list"]);
  expect(emulator.goLives).toEqual([]);
  expect(result.log).toContain(
    "A go-live of this offer is already running: no other is started, this run follows that one.",
  );
});

test("does not send again when the pause asked for is longer than anybody waits", async () => {
  const act = { kind: "status", status: 429, headers: { "retry-after": "86400" } } as const;
  const { run, asked } = await startScenario({ faults: [{ on: "goLive", act }] });
  const result = await run({}, FAST);
  expect(asked()).toEqual([...LOOK, POST]);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(/HTTP 429 .*\nThe service turned the request away because/),
  ]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});

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

// Side by side, because each of them looks for three minutes.
test("never sends again after a 2xx without a place or a 303, whatever the list says", () =>
  Promise.all(
    ACCEPTED.map(async ({ act }) => {
      const { run, asked } = await startScenario({ ...SERVICE(), faults: [{ on: "goLive", act }] });
      const result = await run({}, FAST);
      expect(asked()).toEqual([...LOOK, POST, ...NO_TRACE]);
      expect(result.log).toContain("It is not sent again.");
      expect(texts(result, "error")).toEqual([expect.stringMatching(UNKNOWN)]);
      expect(operationOutputs(result.outputs)).toEqual({ status: "unknown" });
    }),
  ));

test("sends nothing when the look before cannot be had", async () => {
  const { run, asked } = await startScenario({ faults: [{ on: "list", act: { kind: "status", status: 503 } }] });
  const result = await run({}, FAST);
  expect(new Set(asked())).toEqual(new Set(["GET list"]));
  expect(texts(result, "error")).toEqual([expect.stringMatching(/HTTP 503 \(unavailable\)/)]);
  expect(result).toMatchObject({ outputs: { status: "rejected" }, exitCode: 1 });
});
