import { expect, test } from "@jest/globals";
import { soon, startScenario, WAITING, operationOutputs } from "../harness/scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;

test("sets location, id and status while the step is still waiting, before its first question", async () => {
  const { begin, emulator, asked } = await startScenario({ offers });
  const step = begin({ wait: "true" });
  expect(await soon(() => step.soFar().outputs["status"] !== undefined)).toBe(true);
  const [goLive] = emulator.goLives;
  expect(step.process.exitCode).toBeNull();
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(operationOutputs(step.soFar().outputs)).toEqual({
    operationLocation: `${emulator.url}/api/publishers/contoso/offers/contoso-vm/operations/${goLive?.id}?api-version=2017-10-31`,
    operationId: goLive?.id,
    status: "running",
  });
});

test("keeps location, id and status of a step that is killed, for later steps and for its post phase", async () => {
  const { begin, emulator } = await startScenario({ offers });
  const step = begin(WAITING);
  expect(await soon(() => emulator.requests.some(({ route }) => route === "operation"))).toBe(true);
  step.process.kill("SIGKILL");
  const { exitCode, outputs, state } = await step.result;
  const operationLocation = `${emulator.url}/api/publishers/contoso/offers/contoso-vm/operations/${emulator.goLives[0]?.id}?api-version=2017-10-31`;
  expect(exitCode).toBeNull();
  expect(operationOutputs(outputs)).toEqual({
    operationLocation,
    operationId: emulator.goLives[0]?.id,
    status: "running",
  });
  expect(state).toMatchObject({ operationLocation });
});

test("leaves a trace of a go-live whose answer never came when the step is killed", async () => {
  const { begin, asked } = await startScenario({
    offers,
    faults: [{ on: "goLive", carriedOut: true, act: { kind: "stall", at: "headers" } }],
  });
  const step = begin(WAITING);
  expect(await soon(() => asked().includes("POST goLive"))).toBe(true);
  step.process.kill("SIGKILL");
  const { outputs, state } = await step.result;
  expect(outputs).not.toHaveProperty("operationLocation");
  expect(state).toMatchObject({ sent: "true" });
});

test("sets the new status as soon as the operation is seen to have another", async () => {
  const { begin } = await startScenario({ offers, behaviour: { notStartedMs: 3_600_000 } });
  const step = begin(WAITING);
  expect(await soon(() => step.soFar().outputs["status"] === "notStarted")).toBe(true);
  expect(step.process.exitCode).toBeNull();
});
