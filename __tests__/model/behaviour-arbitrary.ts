import * as fc from "fast-check";
import type { Behaviour } from "../../emulator/emulator.ts";

/** The list lags for less than this after an answer: the action's last look is then. */
export const LONGEST_LAG_MS = 14_900;

/** Everything that the reference of the service leaves open, or that differs from offer to offer. */
export const behaviourArbitrary: fc.Arbitrary<Partial<Behaviour>> = fc.record(
  {
    location: fc.constantFrom("absolute", "migrated", "notMigrated", "none"),
    body: fc.constantFrom("array", "object"),
    words: fc.constantFrom(
      {},
      { notStarted: "Not Started", running: "In_Progress", succeeded: "SUCCEEDED", canceled: "Cancelled" },
      { running: "reviewing", succeeded: "complete", failed: "Failed" },
    ),
    secondGoLive: fc.constantFrom("conflict", "badRequest", "accepted"),
    listLagMs: fc.constantFrom(0, 0, 1_000, 4_000, 9_000, LONGEST_LAG_MS),
    operationLagMs: fc.constantFrom(0, 0, 2_000, 20_000, 60_000),
    notStartedMs: fc.constantFrom(0, 0, 5_000, 60_000),
    pollRetryAfter: fc.constantFrom("0", "3", "40", "7200", "soon", "Thu, 01 Jan 2026 00:01:00 GMT"),
    goLiveSubmissionType: fc.constantFrom("goLive", "publish"),
  },
  { requiredKeys: ["secondGoLive", "listLagMs"] },
);
