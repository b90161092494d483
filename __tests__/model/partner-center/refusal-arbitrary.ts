import * as fc from "fast-check";
import { cutArbitrary, sometimes } from "../schedule.ts";
import type { Schedule } from "./schedule.ts";

/** The looks behind the first one, as many as anybody asks for. */
const LATER: readonly number[] = Array.from({ length: 40 }, (_, at) => at + 2);

/**
 * The same schedule, but for a refusal of what was done all the same: it shows within a minute, for that is how long a
 * refusal is doubted, unless the submissions cannot be read, or nobody waits for them.
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
      unread: fc.constantFrom(undefined, undefined, 403, 500),
      cut: sometimes(cutArbitrary(), 4),
    })
    .map(({ plan: how, queuedMs, status, unread, cut }) => ({
      ...schedule,
      inputs: { ...inputs, watched: undefined },
      product: { ...product, state: "ready", goLive: { ...product.goLive, ...how, queuedMs } },
      behaviour: { ...behaviour, submissionsLagMs: 0, listLagMs: 0 },
      isAbsent: false,
      happenings: [],
      faults: [
        { on: "promote", nth: 1, carriedOut: true, act: { kind: "status", status } },
        ...(unread === undefined
          ? []
          : [{ on: "submissions", nth: LATER, act: { kind: "status", status: unread } } as const]),
      ],
      cut,
    }));
}
