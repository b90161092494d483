import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readReports, readValidations } from "../../src/marketplace/partner-center/failure.ts";

const RESELL = {
  errorCode: "Resell-20007",
  severity: "Error",
  message: "ResellerConfiguration module is missing..",
  resource: "Reseller",
} as const;
const SIGNED = "https://reports.example/7.pdf?sig=secret";

test.each([
  ["a whole finding", RESELL, ["Reseller: Resell-20007: ResellerConfiguration module is missing.."]],
  [
    "one of no resource",
    { ...RESELL, resource: undefined },
    ["Resell-20007: ResellerConfiguration module is missing.."],
  ],
  ["a code alone", { errorCode: " Resell-20007 " }, ["Resell-20007"]],
  ["a message alone", { message: "No." }, ["No."]],
  ["a message of a resource", { message: "No.", resource: "Package" }, ["Package: No."]],
  ["a resource alone, which says nothing", { resource: "Package", severity: "Error" }, []],
  ["nothing", {}, []],
  ["what is no text", { errorCode: 7, message: ["No."], resource: {} }, []],
  ["blanks", { errorCode: " ", message: "", resource: "Package" }, []],
])("tells of a finding with %s", (_what, finding, texts) => {
  expect(readValidations({ value: [finding] })).toStrictEqual(texts);
  expect(readValidations([finding])).toStrictEqual(texts);
});

test("tells the findings in their order, the first twenty of them, and each as long as can be read", () => {
  const long = "x".repeat(5_000);
  const findings = Array.from({ length: 500 }, (_, at) => ({
    errorCode: `E-${at} ${long}`,
    message: long,
    resource: long,
  }));
  const texts = readValidations({ value: findings });
  expect(texts).toHaveLength(20);
  expect(texts[19]).toBe(`${"x".repeat(100)}: ${`E-19 ${long}`.slice(0, 100)}: ${"x".repeat(1_000)}`);
});

/** Bodies that hold no list of objects. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  "",
  "[]",
  7,
  {},
  { value: null },
  { value: {} },
  { value: ["x", null] },
];

test.each(ODD)("reads no finding and no report in the body %j", (body) => {
  expect(readValidations(body)).toStrictEqual([]);
  expect(readReports(body)).toStrictEqual([]);
});

test.each([
  [["Failed"], "Failed"],
  [["Passed", "Failed"], "Failed"],
  [["Failed", "Failed"], "Failed"],
  [["Pending", "Failed", "Unknown"], "Pending, Failed, Unknown"],
  [["somethingNew"], "somethingNew"],
])("says that there is a report of the status %j", (words, told) => {
  const reports = words.map((status) => ({ status, fileUri: SIGNED }));
  const text = `There is a report of the certification (${told}): see Partner Center.`;
  expect(readReports({ value: reports })).toStrictEqual([text]);
  expect(readReports(reports)).toStrictEqual([text]);
});

test.each([["Passed"], ["PassedWithNotes"], ["passed with notes"], ["PASSED"], [""], [undefined], [7]])(
  "says nothing of a report of the status %j, which is no reason",
  (status) => {
    expect(readReports({ value: [{ status, fileUri: SIGNED }] })).toStrictEqual([]);
  },
);

test("cuts the word of a report, and reads the first twenty", () => {
  expect(readReports([{ status: "w".repeat(500) }])[0]).toContain(`(${"w".repeat(50)})`);
  const reports = Array.from({ length: 21 }, (_, at) => ({ status: at < 20 ? "Passed" : "Failed" }));
  expect(readReports(reports)).toStrictEqual([]);
  expect(readReports(reports.slice(1))).toHaveLength(1);
});

test("never tells where a report's file is, whatever else the service says", () => {
  const report = fc.record({ status: fc.string(), reportTimeInUtc: fc.string(), fileUri: fc.constant(SIGNED) });
  fc.assert(
    fc.property(fc.array(report), (value) => {
      expect(readReports({ value }).join("")).not.toContain("reports.example");
    }),
  );
});
