import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";

const FAST_TIME = new URL("../../emulator/step/fast-process.ts", import.meta.url).href;

/** What a process says whose clock runs a thousand times as fast. */
function fast(program: string): unknown {
  const options = ["--import", FAST_TIME, "--input-type=module", "--eval", program];
  return JSON.parse(
    execFileSync(process.execPath, options, { encoding: "utf8", env: { ...process.env, TIME_FACTOR: "1000" } }),
  );
}

test("timers, Date.now and new Date() run fast together", () => {
  const waited = fast(`
    const [now, date] = [Date.now(), new Date()];
    await new Promise((resolve) => setTimeout(resolve, 50_000));
    console.log(JSON.stringify({ now: Date.now() - now, date: new Date() - date }));
  `);
  expect(waited).toEqual({ now: expect.any(Number), date: expect.any(Number) });
  const { now, date } = waited as { readonly now: number; readonly date: number };
  // A timer may come a millisecond early, which is a second there.
  expect(now).toBeGreaterThan(45_000);
  expect(date).toBeGreaterThan(45_000);
});

test("a date that is given stays what it is", () => {
  const dates = fast(`
    const date = new Date(86_400_000);
    console.log(JSON.stringify([date, new Date("2026-11-23T00:00:00Z"), date instanceof Date]));
  `);
  expect(dates).toEqual(["1970-01-02T00:00:00.000Z", "2026-11-23T00:00:00.000Z", true]);
});
