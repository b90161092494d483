import { expect, test } from "@jest/globals";
import { resultJson } from "../../src/report/result.ts";
import { operation, step } from "../harness/operation.ts";
import { report } from "./report-of.ts";
import { resultFaults, SCHEMA } from "./result-schema.ts";

const told = JSON.parse(resultJson(report({ operation: operation({ steps: [step()] }) })));

test("readers take fields that are added later", () => {
  expect(JSON.stringify(SCHEMA)).not.toContain("additionalProperties");
  const later = { ...told, product: 1, run: { ...told.run, job: "x" }, steps: [{ ...told.steps[0], kind: "x" }] };
  expect(resultFaults(later, "reader")).toEqual([]);
});

test.each([
  { ...told, product: 1 },
  { ...told, run: { ...told.run, job: "x" } },
  { ...told, steps: [{ ...told.steps[0], kind: "x" }] },
  { ...told, messages: [{ level: "error", text: "x", code: "y" }] },
])("a field that is written is documented (%#)", (undocumented) => {
  expect(resultFaults(told, "writer")).toEqual([]);
  expect(resultFaults(undocumented, "writer")).toEqual([expect.stringContaining("additionalProperty")]);
});

test("a dry run says whether the offer is ready, and nothing else does", () => {
  expect(resultFaults({ ...told, ready: true }, "reader")).not.toEqual([]);
  expect(resultFaults({ ...told, ending: "dryRun" }, "reader")).not.toEqual([]);
  expect(resultFaults({ ...told, ending: "dryRun", ready: false }, "reader")).toEqual([]);
});

test("an offer need not name its publisher", () => {
  expect(resultFaults({ ...told, offer: { offerId: "contoso-vm" } }, "reader")).toEqual([]);
  expect(resultFaults({ ...told, offer: { publisherId: "contoso" } }, "reader")).not.toEqual([]);
});
