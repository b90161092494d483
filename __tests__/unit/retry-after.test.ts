import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readRetryAfter } from "../../src/bearer/retry-after.ts";

const NOW_MS = Date.UTC(2026, 10, 6, 8, 49, 0);

test.each([
  ["0", 0],
  ["120", 120_000],
  [" 120 ", 120_000],
  ["1.5", 1_500],
  ["1.25", 1_250],
  ["007", 7_000],
  ["Fri, 06 Nov 2026 08:49:37 GMT", 37_000],
  ["Friday, 06-Nov-26 08:49:37 GMT", 37_000],
  ["Fri Nov  6 08:49:37 2026", 37_000],
  ["Fri, 06 Nov 2026 08:48:00 GMT", 0],
  ["Sun, 06 Nov 1994 08:49:37 GMT", 0],
])("reads %j as a pause of %d ms", (value, pauseMs) => {
  expect(readRetryAfter(value, NOW_MS)).toBe(pauseMs);
});

test.each([
  undefined,
  "",
  " ",
  "-5",
  "+5",
  "5s",
  "1e3",
  "1,5",
  ".5",
  "5.",
  "1.2.3",
  "soon",
  "NaN",
  "Infinity",
  "Wed -5",
  "2026-11-06T08:49:37Z",
  "5 June",
  "Fri, 06 Nov 2026",
  "Fri, 06 Nov 2026 08:49:37",
  "Fri, 06 Nov 2026 08:49:37 GMT x",
  "x Fri, 06 Nov 2026 08:49:37 GMT",
  "Fri, 06 Nov 2026 08:49:37 PST",
  "Fri, 45 Nov 2026 08:49:37 GMT",
  "Fri, 06 Nov 2026 08:49:37 GMT\nFri",
  "Fri Nov  6 08:49:37 12026",
])("cannot read %j", (value) => {
  expect(readRetryAfter(value, NOW_MS)).toBeUndefined();
});

test("reads a number too large for anything as for ever", () => {
  expect(readRetryAfter("9".repeat(400), NOW_MS)).toBe(Infinity);
});

test("a pause is never negative and never NaN", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        fc.double().map(String),
      ),
      (value) => {
        expect(readRetryAfter(value, NOW_MS) ?? 0).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test("reads a date without a time zone as GMT, wherever the runner stands", () => {
  const script = `
    import { readRetryAfter } from ${JSON.stringify(new URL("../../src/bearer/retry-after.ts", import.meta.url).href)};
    process.stdout.write(String(readRetryAfter("Fri Nov  6 08:49:37 2026", ${NOW_MS})));`;
  const args = ["--input-type=module", "--eval", script];
  expect(execFileSync(process.execPath, args, { env: { TZ: "Asia/Tokyo" }, encoding: "utf8" })).toBe("37000");
});
