import { expect, test } from "@jest/globals";
import type { JobPlan } from "../../emulator/product-ingestion/plan.ts";
import { operationOutputs, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  type IngestionScenario,
  LOOK,
  POST,
  product,
  resultOf,
  ROOT,
  startIngestion,
  WAITING,
} from "./ingestion-scenario.ts";

const FOREVER = { durationMs: Infinity } as const;

/** A product whose go-live a first step has started, and what that step left behind. */
async function startPushed(push: JobPlan, factor: { readonly timeFactor: number } = FAST) {
  const scenario = await startIngestion({ ...fast(factor), ...product({ push }) });
  const { outputs } = await scenario.run({}, factor);
  const { operationLocation = "" } = outputs;
  return { ...scenario, operationLocation };
}

/** What was asked since the first step. */
function askedSince({ asked }: Pick<IngestionScenario, "asked">): readonly string[] {
  return asked().slice(LOOK.length + 1);
}

test.each([
  ["of a job, as an earlier step wrote it", (location: string) => location, "GET job"],
  ["of a submission", (_location: string, endpoint: string) => `${endpoint}/${FIRST}`, "GET submissions"],
  ["with a version", (location: string) => location.replace("#", "?$version=2022-07-01#"), "GET job"],
])("follows the address %s, once and without sending anything", async (_what, locate, question) => {
  const scenario = await startPushed(FOREVER);
  const { service, run } = scenario;
  const location = locate(scenario.operationLocation, service.endpoint);
  const result = await run({ operationLocation: location }, FAST);
  expect(askedSince(scenario)).toEqual([...LOOK, question]);
  expect(operationOutputs(result.outputs)).toEqual({
    operationLocation: location.replace(/\?[^#]*/, ""),
    operationId: location.includes("#") ? service.pushes()[0]?.jobId : FIRST.split("/")[2],
    status: "running",
  });
  expect(resultOf(result).operation).toMatchObject({ origin: "watched", startedByThisStep: false });
  expect(result.exitCode).toBe(0);
});

test.each([
  ["succeeded", 0],
  ["failed", 1],
] as const)("follows both addresses of a push to its end: %s", async (outcome, exitCode) => {
  for (const ofSubmission of [false, true]) {
    const scenario = await startPushed({ durationMs: 10_000, outcome });
    const operationLocation = ofSubmission ? `${scenario.service.endpoint}/${FIRST}` : scenario.operationLocation;
    const result = await scenario.run({ ...WAITING, operationLocation }, FAST);
    expect(scenario.sent()).toEqual([POST]);
    expect(result.outputs).toMatchObject({ status: outcome, operationLocation });
    expect(result.exitCode).toBe(exitCode);
  }
});

test("says what became of a push that ended long ago", async () => {
  const scenario = await startIngestion(product({ state: "live" }));
  const result = await scenario.run({ operationLocation: `${scenario.service.endpoint}/${FIRST}` });
  expect(scenario.sent()).toEqual([]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(result.exitCode).toBe(0);
});

test("does not announce the success of a job of which the address does not say what it pushes", async () => {
  const scenario = await startPushed({ durationMs: 1_000 }, FASTEST);
  const operationLocation = scenario.operationLocation.replace(/#.*/, "");
  const result = await scenario.run({ ...WAITING, operationLocation }, FASTEST);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("contradicted");
});

test("follows nothing that stands in preview, and nothing that is not there", async () => {
  const scenario = await startIngestion({ ...fast(), ...product() });
  for (const operationLocation of [
    `${scenario.service.endpoint}/${FIRST}`,
    `${scenario.service.endpoint}/${FIRST.slice(0, -3)}777`,
    `${scenario.service.endpoint}/configure/7/status`,
  ]) {
    const result = await scenario.run({ operationLocation }, FAST);
    expect(["unknown", "rejected"]).toContain(result.outputs["status"]);
    expect(result.exitCode).toBe(1);
  }
  expect(scenario.sent()).toEqual([]);
});

test("does not announce another offer's end under this one's name, nor wait for it", async () => {
  const scenario = await startIngestion({
    ...fast(),
    products: [{ offerId: "contoso-app", state: "live" }, { offerId: "contoso-vm" }],
  });
  const operationLocation = `${scenario.service.endpoint}/${FIRST}`;
  const result = await scenario.run({ ...WAITING, operationLocation }, FAST);
  expect(scenario.sent()).toEqual([]);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("lost");
  const [text = "", ...others] = texts(result, "error");
  expect(others).toEqual([]);
  expect(text).toContain("another offer");
  expect(text).toContain("`operationLocation` do not belong together");
  expect(text).not.toMatch(/proxy|To follow it/);
});

test.each([
  ["https://elsewhere.example{path}", "is on another origin"],
  ["{origin}@elsewhere.example{path}", "is on another origin"],
  ["{origin}/rp/product-ingestion/../product-ingestion/configure/7/status", "is not written as the address"],
  ["{origin}/rp/product-ingestion/configure/7", "is not written as the address"],
  ["{origin}/rp/product-ingestion/submission/x/7", "is not written as the address"],
  ["{origin}{path}#submission/x/7", "is not written as the address"],
  ["{origin}{path}/../../../../me", "is not written as the address"],
])("refuses the address %s, and asks nothing", async (text, why) => {
  const { run, asked, service } = await startIngestion();
  const operationLocation = text.replace("{origin}", service.url).replace("{path}", `${ROOT}/configure/7/status`);
  const result = await run({ operationLocation });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringContaining(why)]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(result.exitCode).toBe(1);
});
