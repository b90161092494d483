import { expect, test } from "@jest/globals";
import { ENDING_KINDS } from "./promise.ts";
import { inThread } from "./thread.ts";

/** The same schedules in every run: what was green stays green. */
const SEED = 20_260_101;

test("keeps the promise of one go-live and the truth about it in 1,000 schedules of faults", async () => {
  const { runs, failure, endings } = await inThread("model", { runs: 1_000, seed: SEED });
  expect(failure).toBeUndefined();
  expect(runs).toBe(1_000);
  // A model that never gets anywhere would prove nothing.
  expect(Object.keys(endings).toSorted()).toEqual(ENDING_KINDS.toSorted());
  for (const count of Object.values(endings)) expect(count).toBeGreaterThan(20);
}, 180_000);

test("keeps it in other schedules every time", async () => {
  const { failure } = await inThread("model", { runs: 200, seed: Math.trunc(Math.random() * 2 ** 31) });
  expect(failure).toBeUndefined();
}, 180_000);
