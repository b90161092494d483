import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { EmulatorOptions, Fault } from "../../emulator/emulator.ts";
import type { RunningStep, StepResult } from "../../emulator/step/runner.ts";
import { INPUTS as SIGN_IN, startSignInScenario } from "../harness/identity-scenario.ts";
import { annotations, type Scenario, soon, startScenario } from "../harness/scenario.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const offers = [{ ...OFFER, goLive: { durationMs: Infinity } }] as const;
/** A wait whose first question comes soon; the next ones come as the service wants. */
const INPUTS = { wait: "true", onCancel: "cancel", pollIntervalSeconds: "0.02" } as const;
const CALM = { pollRetryAfter: "30", cancelMs: 0 } as const;
const RUNNING_PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";
const PREVIEW_PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000001";
/** What the runner gives a cancelled step before it sends SIGTERM; the service is to be asked sooner. */
const RUNNER_PATIENCE_MS = 7_500;
const ASKED_WITHIN_MS = 5_000;
const GO_ON =
  "To follow it, run this action with `operationLocation: {location}` and `wait: true`: that starts nothing.";

type Moment = (scenario: Scenario, step: RunningStep) => boolean;
const hasSeen: Moment = (_scenario, step) => step.soFar().log.includes("running, 0 of 4 steps done");
const hasSent: Moment = (scenario) => scenario.asked().includes("POST goLive");

interface Cancelled extends StepResult {
  /** Between the signal and the end of the step, and the first cancel, on the step's own clock. */
  readonly tookMs: number;
  readonly askedAfterMs: number | undefined;
  /** The one annotation, with the location taken out. */
  readonly says: { readonly title: string; readonly text: string };
  readonly told: Readonly<Record<string, unknown>>;
}

async function cancelAt(
  signal: NodeJS.Signals,
  moment: Moment,
  scenario: Scenario,
  inputs: Readonly<Record<string, string>> = INPUTS,
  timeFactor = 1,
): Promise<Cancelled> {
  const step = scenario.begin(inputs, timeFactor === 1 ? {} : { timeFactor });
  expect(await soon(() => moment(scenario, step))).toBe(true);
  const [startMs, startedAtMs] = [performance.now(), Date.now()];
  step.process.kill(signal);
  const result = await step.result;
  const cancel = scenario.emulator.requests.find(({ route }) => route === "cancel");
  const [one, ...more] = annotations(result);
  expect(more).toEqual([]);
  expect(one?.level).toBe("error");
  expect(result.exitCode).toBe(1);
  const text = (one?.text ?? "").replaceAll(result.outputs["operationLocation"] || "{none}", "{location}");
  return {
    ...result,
    tookMs: (performance.now() - startMs) * timeFactor,
    askedAfterMs: cancel === undefined ? undefined : (cancel.atMs - startedAtMs) * timeFactor,
    says: { title: one?.title ?? "", text },
    told: JSON.parse(result.outputs["result"] ?? "{}"),
  };
}

async function postAfter(
  scenario: Scenario,
  state: StepResult["state"],
  inputs: Readonly<Record<string, string>> = INPUTS,
) {
  const before = scenario.asked().length;
  const result = await scenario.run(inputs, { state, timeFactor: 10 });
  return { ...result, asked: scenario.asked().slice(before) };
}

const NOT_OURS: readonly {
  readonly what: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly options: EmulatorOptions;
}[] = [
  {
    what: "ran already",
    inputs: INPUTS,
    options: { offers: [{ ...OFFER, state: "goingLive", running: { durationMs: Infinity } }] },
  },
  {
    what: "the inputs name",
    inputs: { ...INPUTS, operationLocation: RUNNING_PATH },
    options: { offers: [{ ...OFFER, state: "goingLive", running: { durationMs: Infinity } }] },
  },
  {
    what: "the inputs name, a publish to preview of which the list could not be asked",
    inputs: { ...INPUTS, operationLocation: PREVIEW_PATH },
    options: {
      offers: [{ ...OFFER, state: "publishing", running: { durationMs: Infinity } }],
      faults: [{ on: "list", act: { kind: "status", status: 503 } }],
    },
  },
];

const FAILURES = [
  { what: "a 403", act: { kind: "status", status: 403 }, tries: 1, says: "HTTP 403 (not allowed)" },
  { what: "a 503", act: { kind: "status", status: 503 }, tries: 2, says: "HTTP 503 (unavailable)" },
  { what: "a reset", act: { kind: "reset", at: "request" }, tries: 2, says: "the connection broke" },
  { what: "silence", act: { kind: "stall", at: "headers" }, tries: 1, says: "no answer within 3 s" },
] as const satisfies readonly { readonly act: Fault["act"]; readonly [key: string]: unknown }[];

/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const SIGNALS: readonly NodeJS.Signals[] = process.platform === "win32" ? [] : ["SIGINT"];

for (const signal of SIGNALS) {
  test.each([
    {
      when: "while it waits",
      inputs: INPUTS,
      faults: [],
      moment: hasSeen,
      sent: ["GET list", "GET status", "POST goLive", "GET operation", "GET operation", "POST cancel"],
    },
    {
      when: "just before it was accepted",
      inputs: { ...INPUTS, wait: "false" },
      faults: [{ on: "goLive", act: { kind: "delay", durationMs: 150 } }] satisfies readonly Fault[],
      moment: hasSent,
      sent: ["GET list", "GET status", "POST goLive", "GET operation", "POST cancel"],
    },
  ])("a step that is cancelled $when asks itself to cancel what it has started", async (one) => {
    const scenario = await startScenario({ offers, faults: one.faults, behaviour: CALM });
    const { says, state, outputs, summary, told, log, askedAfterMs } = await cancelAt(
      signal,
      one.moment,
      scenario,
      one.inputs,
    );
    expect(scenario.asked()).toEqual(one.sent);
    expect(askedAfterMs).toBeLessThan(ASKED_WITHIN_MS);
    expect(scenario.emulator.requests.at(-1)).toMatchObject({
      body: "",
      headers: expect.objectContaining({ "content-length": "0" }),
    });
    expect(scenario.emulator.operationStatus(scenario.emulator.goLives[0]?.id ?? "")).toBe("canceled");
    expect(says).toEqual({
      title: "The run was cancelled, and the service was asked to cancel the go-live",
      text: `The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm. It took the wish: it takes 1 to 3 minutes until the go-live is canceled; check in Partner Center, for it also answers so when nothing runs.\n${GO_ON}`,
    });
    expect(log).toContain(
      "The run was cancelled: the service is to cancel the go-live, if it still runs (onCancel: cancel).",
    );
    expect(outputs["status"]).toBe("running");
    expect(told).toMatchObject({ ending: "interrupted", cancellation: { kind: "asked", answer: "underWay" } });
    expect(summary).toContain("## ⏳ The run was cancelled&#44; the service was asked to cancel the go&#45;live of");
    for (const text of [says.title, says.text, summary]) expect(text).not.toMatch(/go.{0,6}live not|was not\b/);
    expect(state["cancelAsked"]).toBe("underWay");
    const post = await postAfter(scenario, state, one.inputs);
    expect([post.exitCode, post.asked, annotations(post)]).toEqual([0, [], []]);
    expect(post.log).toContain("Nothing is left to do: this step has asked the service to cancel the go-live");
  });

  test.each(NOT_OURS)("never cancels what $what, and says why not", async ({ inputs, options }) => {
    const scenario = await startScenario({ ...options, behaviour: CALM });
    const result = await cancelAt(signal, hasSeen, scenario, inputs);
    expect(scenario.asked()).not.toContain("POST cancel");
    expect(result.says).toEqual({
      title: "The run was cancelled, the go-live was not",
      text: `The run was cancelled; the go-live of contoso/contoso-vm goes on at Microsoft (running).\nThis step did not start that go-live.\nThe service was not asked to cancel it (\`onCancel: cancel\`): this run did not start it.\n${GO_ON}`,
    });
    expect(result.told).toMatchObject({ cancellation: { kind: "notOwn", answer: null } });
    const post = await postAfter(scenario, result.state, inputs);
    expect(post.asked).toEqual([]);
    expect(annotations(post)).toEqual([expect.objectContaining({ title: "The service was not asked to cancel" })]);
  });

  test("finds the go-live that was never answered with one more look, and cancels it", async () => {
    const faults = [{ on: "goLive", carriedOut: true, act: { kind: "stall", at: "headers" } }] as const;
    const scenario = await startScenario({ offers, faults });
    const result = await cancelAt(signal, hasSent, scenario, INPUTS, 5);
    expect(scenario.asked()).toEqual([
      "GET list",
      "GET status",
      "POST goLive",
      "GET list",
      "GET operation",
      "POST cancel",
    ]);
    expect(result.outputs["operationId"]).toBe(scenario.emulator.goLives[0]?.id);
    expect(result.told).toMatchObject({ status: "running", cancellation: { kind: "asked", answer: "underWay" } });
  });

  test("cancels nothing when nobody can tell whether its go-live was started, and says so", async () => {
    const faults = [{ on: "goLive", carriedOut: true, act: { kind: "stall", at: "headers" } }] as const;
    const scenario = await startScenario({ offers, faults, behaviour: { listLagMs: 60_000 } });
    const result = await cancelAt(signal, hasSent, scenario, INPUTS, 5);
    expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive", "GET list", "GET status"]);
    expect(result.says.title).toBe("Nobody can tell whether a go-live of contoso/contoso-vm was started");
    expect(result.says.text).toContain(
      "\nThe service was not asked to cancel it (`onCancel: cancel`): nobody can tell whether a go-live that runs is the one of this run.\n",
    );
    expect(result.told).toMatchObject({ status: "unknown", cancellation: { kind: "unclear", answer: null } });
    const post = await postAfter(scenario, result.state);
    expect(post.asked).toEqual([]);
  });

  test.each([
    { outcome: "failed", status: "failed" },
    { outcome: "canceled", status: "canceled" },
    // A success is not taken from a look in passing.
    { outcome: "succeeded", status: "unknown" },
  ] as const)("cancels nothing that has $outcome between the last look and the signal", async ({ outcome, status }) => {
    const goLive = { durationMs: 600, outcome } as const;
    const scenario = await startScenario({ offers: [{ ...OFFER, goLive }], behaviour: CALM });
    const hasEnded: Moment = (_, step) =>
      hasSeen(scenario, step) && scenario.emulator.operationStatus(scenario.emulator.goLives[0]?.id ?? "") === outcome;
    const result = await cancelAt(signal, hasEnded, scenario);
    expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "GET operation"]);
    expect(result.says.title).toBe("The run was cancelled, the go-live had ended");
    expect(result.says.text).toMatch(
      new RegExp(
        `^The run was cancelled\\. The service was not asked to cancel: the go-live had ended before \\(${outcome}\\)\\.\nThe service says of the go-live of contoso/contoso-vm: ${outcome}, `,
      ),
    );
    expect(result.outputs["status"]).toBe(status);
    expect(result.told).toMatchObject({ status, cancellation: { kind: "ended", answer: null } });
  });

  test.each(FAILURES)("says so when the cancel gets $what, and leaves it to the post phase", async (failure) => {
    const faults = Array.from({ length: failure.tries }, (_, nth) => ({
      ...{ on: "cancel", nth: nth + 1, act: failure.act },
    })) as readonly Fault[];
    const scenario = await startScenario({ offers, faults, behaviour: CALM });
    const result = await cancelAt(signal, hasSeen, scenario, INPUTS, 2);
    expect(result.tookMs).toBeLessThan(RUNNER_PATIENCE_MS);
    expect(result.says.title).toBe("The run was cancelled, the go-live may still run");
    const [first, second, ...next] = result.says.text.split("\n");
    expect(first).toContain(
      "The run was cancelled. The service was asked to cancel the go-live of contoso/contoso-vm, in vain as far as this step can tell: ",
    );
    expect(first).toContain(failure.says);
    expect([second, ...next]).toEqual([
      "It is asked once more at the end of the job if the whole job was cancelled, and not if only this step was.",
      "Look in Partner Center whether the go-live still runs, and cancel it there.",
      GO_ON,
    ]);
    expect(result.state).not.toHaveProperty("cancelAsked");
    expect(result.told).toMatchObject({ status: "running", cancellation: { kind: "failed", answer: null } });
    expect(result.summary).toContain("## ⚠️ The run was cancelled&#44; the go&#45;live of");
    const post = await postAfter(scenario, result.state);
    expect(post.asked).toEqual(["GET operation", "POST cancel"]);
    expect(annotations(post)).toEqual([
      expect.objectContaining({ level: "notice", title: "The service was asked to cancel the go-live" }),
    ]);
  });

  test("asks in time even where everything before it is as slow as it may be", async () => {
    const scenario = await startScenario({
      offers,
      behaviour: CALM,
      faults: [
        // On a clock that runs five times as fast these are nearly the 3 s that an answer is waited for.
        { on: "goLive", act: { kind: "delay", durationMs: 500 } },
        { on: "operation", act: { kind: "stall", at: "headers" } },
      ],
    });
    const result = await cancelAt(signal, hasSent, scenario, INPUTS, 5);
    expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive", "GET operation", "POST cancel"]);
    expect(result.says.title).toBe("The run was cancelled, and the service was asked to cancel the go-live");
    expect(result.askedAfterMs).toBeLessThan(ASKED_WITHIN_MS);
    expect(result.tookMs).toBeLessThan(RUNNER_PATIENCE_MS);
  });

  test("signs in anew where the token has run out, though the run's own signal has aborted", async () => {
    const scenario = await startSignInScenario({
      entra: { lifetimeSeconds: 1 },
      emulator: { offers, behaviour: CALM },
    });
    const step = scenario.begin({ with: { ...SIGN_IN.secret, ...INPUTS } });
    expect(await soon(() => step.soFar().log.includes("running, 0 of 4 steps done"))).toBe(true);
    const signIns = scenario.entra.tokens.length;
    await sleep(1_000);
    step.process.kill(signal);
    const result = await step.result;
    expect(scenario.asked().slice(-2)).toEqual(["GET operation", "POST cancel"]);
    expect(scenario.entra.tokens.length).toBeGreaterThan(signIns);
    expect(annotations(result)).toEqual([
      expect.objectContaining({ title: "The run was cancelled, and the service was asked to cancel the go-live" }),
    ]);
  });
}
