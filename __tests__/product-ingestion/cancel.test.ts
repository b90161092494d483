import { expect, test } from "@jest/globals";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { annotations, soon, texts } from "../harness/scenario.ts";
import { FIRST, type IngestionScenario, LOOK, POST, product, startIngestion } from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;
const CANCEL = { onCancel: "cancel" } as const;
const NOT_ASKED = "a go-live can be canceled by its job only, and of this one no job is known";
const JOB_TEXT = "Cannot cancel job, job has already completed.";
const ALREADY = { error: { code: "badRequest", message: JOB_TEXT } } as const;

/** Starts a step that waits, and cancels it when it has asked for that. */
async function cancelWhile(
  question: string,
  options: ProductIngestionOptions,
  inputs: Readonly<Record<string, string>>,
) {
  const scenario = await startIngestion({ ...product({ push: FOREVER }), ...options });
  const step = scenario.begin({ wait: "true", pollIntervalSeconds: "0.05", ...inputs });
  expect(await soon(() => scenario.asked().includes(question) && "operationLocation" in step.soFar().outputs)).toBe(
    true,
  );
  step.process.kill("SIGINT");
  return { ...scenario, result: await step.result };
}

/** Windows has no signals: there a runner ends a step as SIGKILL does. */
const onPosix = process.platform === "win32" ? [] : [true];

test.each(
  onPosix.flatMap(
    () =>
      [
        ["leave", [], "running"],
        ["cancel", ["POST cancel"], "cancelled"],
      ] as const,
  ),
)(
  "a step that is cancelled with onCancel: %s sends %j, and the job is %s in truth",
  async (onCancel, cancels, truth) => {
    const { sent, service, result } = await cancelWhile("GET job", {}, { onCancel });
    expect(sent()).toEqual([POST, ...cancels]);
    expect(service.jobState(service.pushes()[0]?.jobId ?? "")).toBe(truth);
    expect(result.outputs["status"]).toBe("running");
    expect(result.state["cancelAsked"] ?? "").toBe(onCancel === "cancel" ? "done" : "");
    expect(result.exitCode).toBe(1);
  },
);

test.each(onPosix)("a push that was found without a job is not asked to be cancelled, and that is said", async () => {
  const faults = [{ on: "configure", carriedOut: true, act: { kind: "reset", at: "request" } }] as const;
  const { sent, service, result } = await cancelWhile("GET submissions", { faults }, CANCEL);
  expect(sent()).toEqual([POST]);
  expect(result.outputs["operationLocation"]).toBe(`${service.endpoint}/${FIRST}`);
  expect(texts(result, "error")).toEqual([expect.stringContaining(NOT_ASKED)]);
});

/** What a main phase leaves that died while it waited. */
function leftBehind({ service }: IngestionScenario, location: string): Readonly<Record<string, string>> {
  return { phase: "main", sent: "true", origin: "started", operationLocation: `${service.endpoint}/${location}` };
}

/** A product that goes live, and the state of the step that has started that. */
async function startLeft(options: ProductIngestionOptions = {}) {
  const scenario = await startIngestion({ ...product({ push: FOREVER }), ...options });
  await scenario.run();
  const jobId = scenario.service.pushes()[0]?.jobId ?? "";
  const state = leftBehind(scenario, `configure/${jobId}/status#${FIRST}`);
  return { ...scenario, jobId, state, askedSince: () => scenario.asked().slice(LOOK.length + 1) };
}

test.each([
  ["takes the wish and has done so", {}, "cancelled"],
  ["takes the wish, which takes a while", { behaviour: { cancelMs: 60_000 } }, "running"],
] as const)("the post phase asks for the job to be cancelled, by a service that %s", async (_what, options, truth) => {
  const { run, state, jobId, service, sent } = await startLeft(options);
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST, "POST cancel"]);
  expect(service.requests.at(-1)).toMatchObject({
    path: `/rp/product-ingestion/configure/${jobId}/cancel?$version=2022-03-01-preview2`,
    body: "",
  });
  expect(service.jobState(jobId)).toBe(truth);
  expect(annotations(result)).toEqual([
    expect.objectContaining({ level: "notice", title: "The service was asked to cancel the go-live" }),
  ]);
  expect(result.exitCode).toBe(0);
});

test("the post phase leaves the push alone by default, and says where it is", async () => {
  const { run, state, askedSince } = await startLeft();
  const result = await run({}, { state });
  expect(askedSince()).toEqual([]);
  expect(texts(result, "notice")).toEqual([expect.stringContaining(state["operationLocation"] ?? "none")]);
});

test("says that it is too late where the job has ended by the time it is asked", async () => {
  const { run, state, sent, service } = await startLeft();
  service.setFaults([{ on: "cancel", act: { kind: "status", status: 400, body: JSON.stringify(ALREADY) } }]);
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST, "POST cancel"]);
  expect(annotations(result)).toEqual([expect.objectContaining({ text: expect.stringContaining("too late") })]);
});

test("asks nothing of a job that has ended before", async () => {
  const { run, state, sent, askedSince } = await startLeft(product({ push: { durationMs: 0 } }));
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST]);
  expect(askedSince()[0]).toBe("GET job");
  expect(annotations(result)).toEqual([expect.objectContaining({ title: "Nothing was left to cancel" })]);
});

test("says that a push may still run whose cancel was refused", async () => {
  const { run, state, sent } = await startLeft({ behaviour: { cancelWithinMs: -1 } });
  const result = await run(CANCEL, { state });
  expect(sent()).toEqual([POST, "POST cancel"]);
  expect(annotations(result)).toEqual([
    expect.objectContaining({ level: "error", title: "The go-live may still run" }),
  ]);
  expect(texts(result, "error")[0]).toContain("Cannot cancel job, job has progressed too far.");
  expect(result.exitCode).toBe(1);
});

test("says in the post phase that a push without a job cannot be cancelled", async () => {
  const scenario = await startIngestion(product({ state: "goingLive", push: FOREVER }));
  const result = await scenario.run(CANCEL, { state: leftBehind(scenario, FIRST) });
  expect(scenario.sent()).toEqual([]);
  expect([...texts(result, "notice"), ...texts(result, "error")]).toEqual([expect.stringContaining(NOT_ASKED)]);
});

test.each(["adopted", "watched", "doubtful"])("asks nobody to cancel a go-live that is %s", async (origin) => {
  const { run, state, sent } = await startLeft();
  await run(CANCEL, { state: { ...state, origin } });
  expect(sent()).toEqual([POST]);
});
