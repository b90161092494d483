import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { clockText, durationText } from "../../src/text/time-text.ts";

const [S, MIN, H, D] = [1_000, 60_000, 3_600_000, 86_400_000] as const;

test.each([
  [0, "0 s"],
  [499, "0 s"],
  [500, "1 s"],
  [-5 * S, "0 s"],
  [Number.NaN, "0 s"],
  [S, "1 s"],
  [45 * S, "45 s"],
  [59_499, "59 s"],
  [59_500, "1 min"],
  [MIN, "1 min"],
  [MIN + S, "1 min 1 s"],
  [59 * MIN + 59 * S, "59 min 59 s"],
  [H, "1 h"],
  [4 * H + 12 * MIN + 59 * S, "4 h 12 min"],
  [H + 5 * S, "1 h"],
  [H - 400, "1 h"],
  [330 * MIN, "5 h 30 min"],
  [D, "1 d"],
  [5 * D, "5 d"],
  [D + 5 * MIN, "1 d"],
  [2 * D + 23 * H + 59 * MIN, "2 d 23 h"],
])("%d ms reads %s", (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text);
});

test("a duration never reads as more than one unit too few", () => {
  const unitsMs: Readonly<Record<string, number>> = { s: S, min: MIN, h: H, d: D };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 * D }), (durationMs) => {
      const words = durationText(durationMs).split(" ");
      const counts = words.filter((_, at) => at % 2 === 0).map(Number);
      const units = words.filter((_, at) => at % 2 === 1).map((unit) => unitsMs[unit] ?? Number.NaN);
      const readMs = counts.reduce((sum, count, at) => sum + count * (units[at] ?? Number.NaN), 0);
      const roundedMs = Math.round(durationMs / S) * S;
      expect(readMs).toBeLessThanOrEqual(roundedMs);
      expect(roundedMs - readMs).toBeLessThan({ [D]: H, [H]: MIN }[units[0] ?? 0] ?? S);
    }),
  );
});

test.each([
  [0, "0:00:00"],
  [-1, "0:00:00"],
  [999, "0:00:00"],
  [1_000, "0:00:01"],
  [59_999, "0:00:59"],
  [MIN, "0:01:00"],
  [59 * MIN + 59 * S, "0:59:59"],
  [4 * MIN + 12 * S, "0:04:12"],
  [H, "1:00:00"],
  [10 * H + 10 * MIN + 10 * S, "10:10:10"],
  [120 * H, "120:00:00"],
])("%d ms on the clock is %s", (durationMs, text) => {
  expect(clockText(durationMs)).toBe(text);
});
