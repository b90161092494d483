import { expect, test } from "@jest/globals";
import { MODEL_NAMES } from "./models.ts";
import { inThread } from "./thread.ts";

/** A few of the schedules that `npm run model` checks whole before a change lands. */
const RUNS = 100;
/** The same schedules in every run: what was green stays green. */
const SEED = 20_260_101;

test.each(MODEL_NAMES)(
  "keeps the promise of one go-live and the truth about it in a few schedules of faults: %s",
  async (api) => {
    const { runs, failure, endings } = await inThread("model", { api, runs: RUNS, seed: SEED });
    expect(failure).toBeUndefined();
    expect(runs).toBe(RUNS);
    // A model that never gets anywhere would prove nothing.
    expect(Object.keys(endings).length).toBeGreaterThan(7);
  },
  180_000,
);

test.each(MODEL_NAMES)(
  "keeps it in other schedules every time: %s",
  async (api) => {
    const { failure } = await inThread("model", { api, runs: 50, seed: Math.trunc(Math.random() * 2 ** 31) });
    expect(failure).toBeUndefined();
  },
  180_000,
);
