import { expect, test } from "@jest/globals";
import { annotations, soon, startScenario } from "../harness/scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: Infinity } }] as const;
const INPUTS = { wait: "true", onCancel: "cancel", pollIntervalSeconds: "0.02" } as const;

test("cancels the go-live of a step that was killed while it waits", async () => {
  const { emulator, begin, run, asked } = await startScenario({ offers, behaviour: { cancelMs: 0 } });
  const step = begin(INPUTS);
  expect(await soon(() => asked().includes("GET operation"))).toBe(true);
  step.process.kill("SIGKILL");
  const { state } = await step.result;
  const result = await run(INPUTS, { state });
  expect(asked().at(-1)).toBe("POST cancel");
  expect(asked().filter((one) => one === "POST goLive")).toHaveLength(1);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("canceled");
  expect(annotations(result)).toEqual([
    expect.objectContaining({
      title: "The service was asked to cancel the go-live",
      text: expect.stringContaining("The go-live of contoso/contoso-vm is at http"),
    }),
  ]);
});

test("cancels nothing of a step that was killed before the answer came: what runs may be somebody else's", async () => {
  const faults = [{ on: "goLive", carriedOut: true, act: { kind: "stall", at: "headers" } }] as const;
  const { emulator, begin, run, asked } = await startScenario({ offers, faults });
  const step = begin(INPUTS);
  expect(await soon(() => asked().includes("POST goLive"))).toBe(true);
  step.process.kill("SIGKILL");
  const { state } = await step.result;
  const result = await run(INPUTS, { state });
  expect(asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
  expect(annotations(result)).toEqual([
    {
      level: "warning",
      title: "The service was not asked to cancel",
      text: "The service was not asked to cancel: nobody can tell whether a go-live that runs is the one of this run. A go-live of contoso/contoso-vm may have been sent, and no answer is known: look in Partner Center whether it runs.",
    },
  ]);
});

for (const origin of ["adopted", "watched"] as const) {
  test(`cancels nothing of a step that was killed while it followed what it had ${origin}`, async () => {
    const running = { state: "goingLive", running: { durationMs: Infinity } } as const;
    const scenario = await startScenario({ offers: [{ publisherId: "contoso", offerId: "contoso-vm", ...running }] });
    const path = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";
    const inputs = { ...INPUTS, ...(origin === "watched" ? { operationLocation: path } : {}) };
    const step = scenario.begin(inputs);
    expect(await soon(() => step.soFar().log.includes("running, 0 of 4 steps done"))).toBe(true);
    step.process.kill("SIGKILL");
    const { state } = await step.result;
    const result = await scenario.run(inputs, { state });
    expect(scenario.asked()).not.toContain("POST cancel");
    expect(scenario.asked()).not.toContain("POST goLive");
    expect(annotations(result)).toEqual([
      expect.objectContaining({ level: "notice", title: "The service was not asked to cancel" }),
    ]);
  });
}
