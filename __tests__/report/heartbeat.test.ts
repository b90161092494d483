import { expect, test } from "@jest/globals";
import { withHeartbeat } from "../../src/clock.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

test.each([
  [0, [0], 0],
  [1_000, [1_000], 0],
  [1_001, [1_000, 1], 1],
  [3_500, [1_000, 1_000, 1_000, 500], 3],
])("beats within a sleep of %d ms, and sleeps as long as it was asked to", async (durationMs, sleeps, beats) => {
  const clock = createVirtualClock(7);
  let count = 0;
  const beating = withHeartbeat(clock, 1_000, () => void (count += 1));
  await beating.sleep(durationMs);
  expect(clock.sleeps).toEqual(sleeps);
  expect(count).toBe(beats);
  expect(beating.now()).toBe(7 + durationMs);
});

test("neither sleeps nor beats any more when it is cancelled", async () => {
  const clock = createVirtualClock();
  const cancelled = new AbortController();
  clock.at(1_500, () => cancelled.abort());
  let count = 0;
  await withHeartbeat(clock, 1_000, () => void (count += 1)).sleep(10_000, cancelled.signal);
  expect(count).toBe(1);
  expect(clock.now()).toBe(1_500);
});
