import { expect, test } from "@jest/globals";
import { ENDING_KINDS } from "../ending.ts";
import type { ModelReport } from "../model.ts";
import { inThread } from "../thread.ts";

/** The same schedules in every run: what was green stays green. */
const SEED = 20_260_309;
const API = { api: "productIngestion" } as const;

test("keeps the promise of one push and the truth about it in 900 schedules of faults", async () => {
  const parts = [SEED, SEED + 1].map((seed) => inThread("model", { ...API, runs: 450, seed }));
  const reports: readonly ModelReport[] = await Promise.all(parts);
  expect(reports.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  expect(reports.map(({ runs }) => runs)).toEqual([450, 450]);
  // A model that never gets anywhere would prove nothing.
  for (const kind of ENDING_KINDS) {
    const counts = reports.map(({ endings }) => endings[kind] ?? 0);
    expect({ kind, isRare: counts.reduce((sum, count) => sum + count) < 8 }).toEqual({ kind, isRare: false });
  }
}, 180_000);

test("keeps it in 100 other schedules every time", async () => {
  const { failure } = await inThread("model", { ...API, runs: 100, seed: Math.trunc(Math.random() * 2 ** 31) });
  expect(failure).toBeUndefined();
}, 180_000);
