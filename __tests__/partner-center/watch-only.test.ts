import { expect, test } from "@jest/globals";
import { operationOutputs, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  FOREVER,
  LOOK,
  POST,
  product,
  PRODUCT,
  resultOf,
  ROOT,
  startCenter,
  WAITING,
} from "./center-scenario.ts";

test("follows the address of a submission, once and without sending anything", async () => {
  const scenario = await startCenter(product({ state: "goingLive", goLive: FOREVER }));
  const operationLocation = scenario.addressOf(FIRST);
  const result = await scenario.run({ operationLocation });
  expect(scenario.asked()).toEqual([...LOOK, "GET submission", "GET workflowDetails"]);
  expect(operationOutputs(result.outputs)).toEqual({ operationLocation, operationId: FIRST, status: "running" });
  expect(resultOf(result).operation).toMatchObject({ origin: "watched", startedByThisStep: false });
  expect(result.exitCode).toBe(0);
});

test.each([
  ["live", "succeeded", 0],
  ["failed", "failed", 1],
  ["canceled", "canceled", 1],
  ["ready", "failed", 1],
] as const)("follows what an earlier step has started to its end: %s", async (outcome, status, exitCode) => {
  const scenario = await startCenter({ ...fast(), ...product({ goLive: { durationMs: 60_000, outcome } }) });
  const { outputs } = await scenario.run({}, FAST);
  const { operationLocation = "" } = outputs;
  const result = await scenario.run({ ...WAITING, operationLocation }, FAST);
  expect(scenario.sent()).toEqual([POST]);
  expect(result.outputs).toMatchObject({ status, operationLocation });
  expect(result.exitCode).toBe(exitCode);
});

test("says what became of a go-live that ended long ago", async () => {
  const scenario = await startCenter(product({ state: "live" }));
  const result = await scenario.run({ operationLocation: scenario.addressOf(FIRST) });
  expect(scenario.sent()).toEqual([]);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(result.exitCode).toBe(0);
});

test("knows by its product whose a submission is, where the service refuses to look the offer up", async () => {
  const scenario = await startCenter({ ...product({ state: "live" }), behaviour: { refusedFilters: "all" } });
  const result = await scenario.run({ operationLocation: scenario.addressOf(FIRST) });
  expect(scenario.asked()).toContain("GET product");
  expect(result.outputs["status"]).toBe("succeeded");
  const others = await startCenter({
    ...product({ offerId: "contoso-vm", state: "live" }),
    behaviour: { refusedFilters: "all" },
  });
  const other = await others.run({ operationLocation: others.addressOf(FIRST) });
  expect(other.outputs["status"]).toBe("unknown");
  expect(texts(other, "error")).toEqual([expect.stringContaining("another offer")]);
});

test("calls what stands in preview no go-live that runs, and what is not there lost", async () => {
  const scenario = await startCenter({ ...fast(), ...product() });
  const waits = await scenario.run({ operationLocation: scenario.addressOf(FIRST) }, FAST);
  expect(waits.outputs["status"]).toBe("unknown");
  expect(waits.exitCode).toBe(1);
  const [text = ""] = texts(waits, "error");
  expect(text).toContain("The preview is ready, and no go-live of it shows.");
  expect(text).toContain("Nobody can tell that one was started.");
  expect(text).not.toContain("may still run");
  const gone = await scenario.run({ operationLocation: scenario.addressOf("777") }, FAST);
  expect(gone.outputs["status"]).toBe("unknown");
  expect(resultOf(gone).ending).toBe("lost");
  expect(gone.exitCode).toBe(1);
  expect(scenario.sent()).toEqual([]);
});

test("does not announce another offer's end under this one's name, nor wait for it", async () => {
  const scenario = await startCenter({
    ...fast(FASTEST),
    products: [{ offerId: "contoso-vm", state: "live" }, { offerId: "contoso-app" }],
  });
  const result = await scenario.run({ ...WAITING, operationLocation: scenario.addressOf(FIRST) }, FASTEST);
  expect(scenario.sent()).toEqual([]);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("lost");
  const [text = "", ...others] = texts(result, "error");
  expect(others).toEqual([]);
  expect(text).toContain("another offer");
  expect(text).toContain("`operationLocation` do not belong together");
  expect(text).not.toMatch(/proxy|To follow it/);
});

const PATH = `${ROOT}/products/${PRODUCT}/submissions/${FIRST}`;

test.each([
  ["https://elsewhere.example{path}", "is on another origin"],
  ["{origin}@elsewhere.example{path}", "is on another origin"],
  [`{origin}/rp/product-ingestion/submission/${PRODUCT}/7`, "is not written as the address"],
])("refuses the address %s, and asks nothing", async (text, why) => {
  const { run, asked, service } = await startCenter();
  const operationLocation = text.replace("{origin}", service.url).replace("{path}", PATH);
  const result = await run({ operationLocation });
  expect(asked()).toEqual([]);
  expect(texts(result, "error")).toEqual([expect.stringContaining(why)]);
  expect(result.outputs["status"]).toBe("rejected");
  expect(result.exitCode).toBe(1);
});
