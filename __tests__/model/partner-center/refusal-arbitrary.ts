import * as fc from "fast-check";
import type { Schedule } from "./schedule.ts";

/**
 * The same schedule, but for a refusal of what was done all the same: it shows within a minute, and nothing else goes wrong
 * then, for that is how long a refusal is doubted.
 */
export function refusalArbitrary(schedule: Schedule): fc.Arbitrary<Schedule> {
  const { behaviour, product, inputs } = schedule;
  const plan = fc.oneof(
    fc.record({ outcome: fc.constant("live" as const), durationMs: fc.constantFrom(0, 3_000, 400_000) }),
    fc.record({ outcome: fc.constant("failed" as const), durationMs: fc.constantFrom(90_000, Infinity) }),
  );
  return fc
    .record({
      plan,
      queuedMs: fc.constantFrom(0, 300, 5_000, 45_000),
      status: fc.constantFrom(400, 403, 404, 405, 409, 422),
    })
    .map(({ plan: how, queuedMs, status }) => ({
      ...schedule,
      inputs: { ...inputs, watched: undefined },
      product: { ...product, state: "ready", goLive: { ...product.goLive, ...how, queuedMs } },
      behaviour: { ...behaviour, submissionsLagMs: 0, listLagMs: 0 },
      happenings: [],
      faults: [{ on: "promote", nth: 1, carriedOut: true, act: { kind: "status", status } }],
      cut: undefined,
    }));
}
