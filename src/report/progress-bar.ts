import type { Operation } from "../marketplace/operation.ts";

const CELLS = 10;

/** How far the steps of an operation have come, such as `[####------]`; full only when all of them have succeeded. */
export function progressBar({ steps }: Operation): string {
  const shares = steps.map((step) =>
    step.status === "succeeded" ? 1 : Math.min(0.99, (step.progressPercentage ?? 0) / 100),
  );
  const share = shares.reduce((sum, each) => sum + each, 0) / Math.max(1, steps.length);
  // Sums of tenths are not exact.
  const full = Math.floor(share * CELLS + 1e-9);
  return `[${"#".repeat(full)}${"-".repeat(CELLS - full)}]`;
}
