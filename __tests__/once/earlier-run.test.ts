import { expect, test } from "@jest/globals";
import { fastService, operationOutputs, type Scenario, startScenario, texts } from "../harness/scenario.ts";

const FAST = 150;
const LOOK = ["GET list", "GET status"] as const;
const BUSY =
  "The offer is at work, and nothing tells at what: it may be a go-live that is not listed yet. Looking again, for three minutes at the most.";

/** What a run asks whose first so many looks do not show what runs. */
function looks(count: number): readonly string[] {
  return Array.from({ length: count }, () => LOOK).flat();
}

interface Earlier extends Scenario {
  /** What was asked since the first run. */
  readonly askedSince: () => readonly string[];
}

/**
 * A service that takes every go-live, and a run that has started one: only the offer's status shows it in the first
 * `hiddenLooks` looks of the next run.
 */
async function afterFirstRun(hiddenLooks: number): Promise<Earlier> {
  const goLive = { durationMs: Infinity, listedFromNth: hiddenLooks + 2 };
  const scenario = await startScenario({
    ...fastService(FAST),
    offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive }],
    behaviour: { secondGoLive: "accepted" },
  });
  const { outputs } = await scenario.run({}, { timeFactor: FAST });
  expect(outputs).toMatchObject({ operationId: scenario.emulator.goLives[0]?.id, status: "running" });
  const before = scenario.asked().length;
  return { ...scenario, askedSince: () => scenario.asked().slice(before) };
}

test.each([
  { hiddenLooks: 1, seconds: 5 },
  { hiddenLooks: 2, seconds: 15 },
  { hiddenLooks: 4, seconds: 60 },
  { hiddenLooks: 8, seconds: 185 },
])(
  "follows the go-live of the run before, which the list shows only $seconds s later, and sends no other",
  async ({ hiddenLooks, seconds }) => {
    const { emulator, run, askedSince } = await afterFirstRun(hiddenLooks);
    const result = await run({}, { timeFactor: FAST });
    expect(emulator.goLives).toHaveLength(1);
    // Once the list shows that it runs, the status need not be asked.
    expect(askedSince()).toEqual([...looks(hiddenLooks), "GET list"]);
    expect(Number(result.outputs["durationSeconds"])).toBeGreaterThanOrEqual(seconds);
    expect(result.log.split(BUSY)).toHaveLength(2);
    expect(result.log).toContain(
      "A go-live of this offer is already running: no other is started, this run follows that one.",
    );
    expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
    expect(result.exitCode).toBe(0);
  },
);

test("fails with ifRunning: fail once the list shows the go-live of the run before", async () => {
  const { emulator, run, askedSince } = await afterFirstRun(2);
  const result = await run({ ifRunning: "fail" }, { timeFactor: FAST });
  expect(emulator.goLives).toHaveLength(1);
  expect(askedSince()).toEqual([...looks(2), "GET list"]);
  expect(texts(result, "error")).toEqual([expect.stringContaining("`ifRunning` is `fail`")]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("sends nothing when the list never shows the go-live of the run before, and says that something runs", async () => {
  const { emulator, run, askedSince } = await afterFirstRun(1_000);
  const result = await run({ wait: "true" }, { timeFactor: FAST });
  expect(emulator.goLives).toHaveLength(1);
  expect(askedSince()).toEqual(looks(9));
  expect(Number(result.outputs["durationSeconds"])).toBeGreaterThanOrEqual(185);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^Something runs for the offer, and its list does not show what \(step .*\)\.\nLook in Partner Center what runs/,
    ),
  ]);
  expect(operationOutputs(result.outputs)).toEqual({ status: "rejected" });
});
