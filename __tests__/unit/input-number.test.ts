import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { quoted, readPositive } from "../../src/inputs/input-value.ts";
import { problemOf } from "../harness/input-problem.ts";

const RANGE = { fallback: 60, most: 3_600, unit: "seconds" } as const;

test.each([
  ["", 60],
  ["5", 5],
  ["0.5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["+5", 5],
  ["007", 7],
  ["3600", 3_600],
  ["3600.0", 3_600],
  ["0.001", 0.001],
])("reads the number %j as %d", (text, value) => {
  expect(readPositive("pollIntervalSeconds", text, RANGE)).toBe(value);
});

test.each([
  "0",
  "0.0",
  "-0",
  "-1",
  "+-1",
  "1e3",
  "1E3",
  "5,5",
  "1_000",
  "1 000",
  " 5 ",
  "5 ",
  "NaN",
  "Infinity",
  "-Infinity",
  "0x10",
  "0b1",
  "3600.001",
  "3601",
  "9".repeat(400),
  `0.${"0".repeat(400)}1`,
  ".",
  "+",
  "1.2.3",
  "five",
  "5s",
  "٣",
  "null",
  "5\n",
  "\n5",
])("refuses the number %j", (text) => {
  expect(problemOf(() => readPositive("pollIntervalSeconds", text, RANGE))).toMatchObject({
    input: "pollIntervalSeconds",
    problem: `got ${quoted(text)}.`,
    remedy:
      "Allowed is a number of seconds above 0 and up to 3600, such as `60` or `0.5`, with a point and without a unit.",
  });
});

test("a number that is taken is above 0, finite, and within its range", () => {
  const character = fc.constantFrom(..."0123456789.+-eE,_ xN∞");
  fc.assert(
    fc.property(fc.oneof(fc.double().map(String), fc.string({ unit: character, minLength: 1 })), (text) => {
      let value: number | undefined;
      try {
        value = readPositive("pollIntervalSeconds", text, RANGE);
      } catch {
        return;
      }
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(3_600);
      expect(value).toBe(Number(text));
    }),
    { numRuns: 500 },
  );
});
