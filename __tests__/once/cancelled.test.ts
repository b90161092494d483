import { performance } from "node:perf_hooks";
import { expect, test } from "@jest/globals";
import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import type { RunningStep, StepResult } from "../../emulator/step/runner.ts";
import { annotations, type Scenario, soon, startScenario } from "../harness/scenario.ts";

/** What the runner gives a cancelled step before it sends SIGTERM. */
const RUNNER_PATIENCE_MS = 7_500;
/** A wait whose first question comes soon. */
const WAIT = { wait: "true", pollIntervalSeconds: "0.02" } as const;
const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;
const goingLive = [
  { publisherId: "contoso", offerId: "contoso-vm", state: "goingLive", running: { durationMs: Infinity } },
] as const;
const RUNNING_PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";

/** A moment at which a run is cancelled, and what is to be said then. */
interface Moment {
  readonly when: string;
  readonly options: EmulatorOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly timeFactor?: number;
  /** Whether it is tried with SIGTERM too. */
  readonly withBoth?: boolean;
  /** Whether the moment has come. */
  readonly hasCome: (scenario: Scenario, step: RunningStep) => boolean;
  readonly sent: readonly string[] | "a wait";
  readonly accepted: number;
  readonly status: string;
  readonly title: string;
  readonly says: RegExp;
}

const NOTHING = {
  accepted: 0,
  status: "rejected",
  title: "No go-live of contoso/contoso-vm was started",
  says: /^The run was cancelled\.\nRun this job again when you are ready\.$/,
} as const;
const UNKNOWN = {
  status: "unknown",
  title: "Nobody can tell whether a go-live of contoso/contoso-vm was started",
  says: /^The run was cancelled\.\nThe go-live had been sent, .*\nIt was not sent again\. Look in Partner Center/,
} as const;
const GOES_ON = {
  accepted: 1,
  status: "running",
  title: "The run was cancelled, the go-live was not",
  says: /^The run was cancelled; the go-live of contoso\/contoso-vm goes on at Microsoft \(running\)\.\nTo follow it, run this action with `operationLocation: \{location\}` and `wait: true`: that starts nothing\.$/,
} as const;

function asks(route: string): Moment["hasCome"] {
  return (scenario) => scenario.asked().includes(route);
}

function says(text: string): Moment["hasCome"] {
  return (_scenario, step) => step.soFar().log.includes(text);
}

const stall: Fault["act"] = { kind: "stall", at: "headers" };

const MOMENTS: readonly Moment[] = [
  {
    when: "during the look",
    withBoth: true,
    options: { offers, faults: [{ on: "list", act: stall }] },
    hasCome: asks("GET list"),
    sent: ["GET list"],
    ...NOTHING,
  },
  {
    when: "during a pause of the look",
    withBoth: true,
    options: { offers, faults: [{ on: "list", act: { kind: "status", status: 503 } }] },
    hasCome: says("Next try in 1 s."),
    sent: ["GET list"],
    ...NOTHING,
  },
  {
    when: "while it waits for the list to show what runs",
    options: { offers: [{ ...goingLive[0], running: { durationMs: Infinity, listedFromNth: 100 } }] },
    hasCome: says("it may be a go-live that is not listed yet. Looking again"),
    sent: ["GET list", "GET status"],
    ...NOTHING,
  },
  ...["true", "false"].map((wait) => ({
    when: `while the go-live is on its way and is accepted in time (wait: ${wait})`,
    options: { offers, faults: [{ on: "goLive", act: { kind: "delay", durationMs: 200 } }] } satisfies EmulatorOptions,
    inputs: { wait },
    withBoth: wait === "true",
    hasCome: asks("POST goLive"),
    sent: ["GET list", "GET status", "POST goLive"],
    ...GOES_ON,
  })),
  ...[true, false].map((carriedOut) => ({
    when: `while the go-live is on its way and is never answered (started in truth: ${carriedOut})`,
    options: { offers, faults: [{ on: "goLive", carriedOut, act: stall }] } satisfies EmulatorOptions,
    timeFactor: 5,
    withBoth: carriedOut,
    hasCome: asks("POST goLive"),
    // One look is left to find out where it is.
    sent: ["GET list", "GET status", "POST goLive", "GET list", ...(carriedOut ? [] : ["GET status"])],
    ...(carriedOut ? GOES_ON : { accepted: 0, ...UNKNOWN }),
  })),
  {
    when: "while it looks behind an unclear answer",
    options: { offers, faults: [{ on: "goLive", act: { kind: "reset", at: "request" } }] },
    hasCome: says("looking for it in the list of the offer's operations"),
    sent: ["GET list", "GET status", "POST goLive", "GET list", "GET status"],
    accepted: 0,
    ...UNKNOWN,
  },
  {
    when: "during the pause before a second sending",
    withBoth: true,
    options: { offers, faults: [{ on: "goLive", act: { kind: "status", status: 429 } }] },
    hasCome: says("Next try in 2 s."),
    sent: ["GET list", "GET status", "POST goLive"],
    ...NOTHING,
  },
  {
    when: "during a pause of the wait",
    withBoth: true,
    options: { offers, behaviour: { pollRetryAfter: "30" } },
    inputs: WAIT,
    hasCome: says("running, 0 of 4 steps done"),
    sent: ["GET list", "GET status", "POST goLive", "GET operation"],
    ...GOES_ON,
  },
  {
    when: "during a question of the wait",
    options: { offers, faults: [{ on: "operation", act: stall }] },
    inputs: WAIT,
    hasCome: asks("GET operation"),
    sent: ["GET list", "GET status", "POST goLive", "GET operation"],
    ...GOES_ON,
  },
  {
    when: "while it follows a go-live that ran already",
    options: { offers: goingLive, behaviour: { pollRetryAfter: "30" } },
    inputs: WAIT,
    hasCome: says("running, 0 of 4 steps done"),
    sent: ["GET list", "GET operation"],
    ...GOES_ON,
    accepted: 0,
    says: /goes on at Microsoft \(running\)\.\nThis step did not start that go-live\.\nTo follow it, run this action with `operationLocation: \{location\}`/,
  },
  {
    when: "before it has seen anything of the operation that the inputs name",
    options: { offers: goingLive, faults: [{ on: "operation", act: stall }] },
    inputs: { operationLocation: RUNNING_PATH },
    hasCome: asks("GET operation"),
    sent: ["GET list", "GET operation"],
    ...GOES_ON,
    accepted: 0,
    status: "unknown",
    says: /^The run was cancelled before anything was seen of the go-live of contoso\/contoso-vm; it may still run at Microsoft\.\nThis step did not start that go-live\.\nTo follow it, run this action with `operationLocation: \{location\}`/,
  },
];

interface Cancelled {
  readonly result: StepResult;
  /** How long the step took to end, as its own clock sees it. */
  readonly tookMs: number;
}

async function cancelWhen(
  step: RunningStep,
  hasCome: () => boolean,
  signal: NodeJS.Signals,
  timeFactor: number,
): Promise<Cancelled> {
  expect(await soon(hasCome)).toBe(true);
  const startMs = performance.now();
  step.process.kill(signal);
  const result = await step.result;
  return { result, tookMs: (performance.now() - startMs) * timeFactor };
}

/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const SIGNALS: readonly NodeJS.Signals[] = process.platform === "win32" ? [] : ["SIGINT", "SIGTERM"];

for (const signal of SIGNALS) {
  for (const moment of MOMENTS.filter(({ withBoth }) => signal === "SIGINT" || withBoth === true)) {
    test(`ends well on ${signal} ${moment.when}`, async () => {
      const { timeFactor = 1 } = moment;
      const scenario = await startScenario(moment.options);
      const step = scenario.begin(moment.inputs, moment.timeFactor === undefined ? {} : { timeFactor });
      const { result, tookMs } = await cancelWhen(step, () => moment.hasCome(scenario, step), signal, timeFactor);
      const { operationLocation = "" } = result.outputs;
      expect(tookMs).toBeLessThan(RUNNER_PATIENCE_MS);
      expect(result.exitCode).toBe(1);
      expect(scenario.asked()).toEqual(moment.sent);
      expect(scenario.emulator.goLives).toHaveLength(moment.accepted);
      expect(result.outputs["status"]).toBe(moment.status);
      const source = moment.says.source.replace("\\{location\\}", RegExp.escape(operationLocation));
      expect(annotations(result)).toEqual([
        { level: "error", title: moment.title, text: expect.stringMatching(new RegExp(source)) },
      ]);
      expect(operationLocation !== "").toBe(source !== moment.says.source);
      expect(result.state["operationLocation"] ?? "").toBe(operationLocation);
      expect(result.summary).toMatch(/^## (?:❌|⏳|⚠️) .*\n/u);
      expect(result.summary).toContain(`| status | ${moment.status} |`);
    });
  }
}

test("a step that is killed while it waits leaves its outputs and its state", async () => {
  const { emulator, begin, asked } = await startScenario({ offers });
  const step = begin(WAIT);
  const { result } = await cancelWhen(step, () => asked().includes("GET operation"), "SIGKILL", 1);
  const { operationLocation } = result.outputs;
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
  expect(result.outputs).toMatchObject({ operationId: emulator.goLives[0]?.id, status: "running" });
  expect(result.state).toEqual({ phase: "main", sent: "true", origin: "started", operationLocation });
});
