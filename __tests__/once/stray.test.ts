import { expect, test } from "@jest/globals";
import { fastService, startScenario, texts, WAITING_FAST } from "../harness/scenario.ts";

const FAST = 150;
const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const STRAY = [400, 403, 404, 409, 410, 423, 425, 499] as const;
const PATH = "/api/publishers/contoso/offers/contoso-vm/operations/56615b67-2185-49fe-80d2-000000000002";

test.each(STRAY)("takes one %i in mid-wait for a stray one", async (status) => {
  const { run } = await startScenario({
    ...fastService(FAST),
    offers: [{ ...OFFER, goLive: { durationMs: 60_000 } }],
    faults: [{ on: "operation", nth: [2, 4, 5], act: { kind: "status", status } }],
  });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  expect(result.log).toContain("No usable answer, still waiting: ");
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
});

test.each(STRAY)("takes two %i at a single look for stray ones", async (status) => {
  const { run, asked } = await startScenario({
    ...fastService(FAST),
    offers: [{ ...OFFER, state: "goingLive", running: { durationMs: Infinity } }],
    faults: [{ on: "operation", nth: [1, 2], act: { kind: "status", status } }],
  });
  const result = await run({ operationLocation: PATH }, { timeFactor: FAST });
  expect(asked()).toEqual(["GET list", ...Array<string>(3).fill("GET operation")]);
  expect(result).toMatchObject({ outputs: { status: "running" }, exitCode: 0 });
});

test.each([400, 403, 410])(
  "gives the watch up when a %i stays for two minutes, and says how to go on",
  async (status) => {
    const { run } = await startScenario({
      ...fastService(FAST),
      offers: [{ ...OFFER, goLive: { durationMs: Infinity } }],
      faults: [{ on: "operation", act: { kind: "status", status } }],
    });
    const result = await run(WAITING_FAST, { timeFactor: FAST });
    expect(texts(result, "error")).toEqual([
      expect.stringMatching(new RegExp(`^.*HTTP ${status}.*\\nIt may still run\\.`)),
    ]);
    expect(Number(result.outputs["durationSeconds"])).toBeGreaterThanOrEqual(120);
    expect(result).toMatchObject({ outputs: { status: "unknown" }, exitCode: 1 });
  },
);

test.each(["succeeded", "failed", "canceled"] as const)(
  "follows the list when the operation is never at its address: it %s",
  async (outcome) => {
    const { run, asked } = await startScenario({
      ...fastService(FAST),
      offers: [{ ...OFFER, goLive: { durationMs: 400_000, outcome } }],
      behaviour: { operationLagMs: Infinity },
    });
    const result = await run(WAITING_FAST, { timeFactor: FAST });
    expect(result.log).toContain(
      "The operation is not at its address (HTTP 404). Its entry in the offer's list is followed instead.",
    );
    expect(result.outputs["status"]).toBe(outcome);
    expect(Number(result.outputs["durationSeconds"])).toBeLessThan(600);
    expect(asked().filter((one) => one === "POST goLive")).toHaveLength(1);
  },
);

test("is not blind for days when the service asks once to be left alone for that long", async () => {
  const { run } = await startScenario({
    ...fastService(FAST),
    offers: [{ ...OFFER, goLive: { durationMs: 60_000 } }],
    faults: [{ on: "operation", nth: 1, act: { kind: "status", status: 429, headers: { "retry-after": "410000" } } }],
  });
  const result = await run(WAITING_FAST, { timeFactor: FAST });
  expect(result.log).toMatch(/The service asks to be left alone for 4 d 17 h.*; it is asked again in 10 min\./);
  expect(result).toMatchObject({ outputs: { status: "succeeded" }, exitCode: 0 });
  expect(Number(result.outputs["durationSeconds"])).toBeLessThan(700);
});
