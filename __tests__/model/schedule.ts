import * as fc from "fast-check";
import type { Behaviour, Fault, OfferPlan } from "../../emulator/emulator.ts";
import { behaviourArbitrary } from "./behaviour-arbitrary.ts";
import { faultsArbitrary, honest } from "./fault-arbitrary.ts";

/** When the run is cancelled: at a time, or as a request is about to be sent, is decided upon, or was answered. */
export type Cut =
  | { readonly at: "time"; readonly afterMs: number }
  | { readonly at: "sending" | "decision" | "answer"; readonly nth: number };

/** Everything that happens to one run. */
export interface Schedule {
  /** Without publisherId, offerId, token and endpoint, which never change. */
  readonly inputs: {
    readonly wait: boolean;
    readonly timeoutMinutes: number;
    readonly pollIntervalSeconds: number;
    readonly ifRunning: "attach" | "fail";
    /** The operation that is watched, by its place among the emulator's; none: a go-live is to be started. */
    readonly watched: number | undefined;
  };
  readonly offer: Required<Omit<OfferPlan, "publisherId" | "offerId">>;
  readonly behaviour: Partial<Behaviour>;
  readonly faults: readonly Fault[];
  readonly cut: Cut | undefined;
  readonly hasBrokenSummary: boolean;
  readonly chance: number;
}

/**
 * Schedules within what the promise of one go-live can be kept for. It is assumed of the service that
 *  - a go-live that it has accepted shows in the list less than 15 s after an answer, less than 60 s after a time-out
 *    (a network that gives up counts as an answer: whatever the request still does, it does within those 15 s);
 *  - a refusal is true: a 4xx but 408 means that this sending started nothing;
 *  - a 202 that names a location is kept, and the location names that go-live, once it can be read;
 *  - a list or an operation that can be read at all is right, though the list may lag;
 * and of the world that nobody else starts a go-live meanwhile. What happens when a list lags for longer is a test of
 * its own.
 */
export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc
  .record({
    inputs: inputsArbitrary(),
    offer: offerArbitrary(),
    behaviour: behaviourArbitrary,
    faults: faultsArbitrary(),
    cut: sometimes(cutArbitrary(), 4),
    hasBrokenSummary: fc.constantFrom(false, false, false, false, true),
    chance: fc.nat(0xffff),
  })
  .map((schedule) => ({
    ...schedule,
    faults: schedule.faults.map((fault) => honest(fault, schedule.behaviour)),
  }));

function inputsArbitrary(): fc.Arbitrary<Schedule["inputs"]> {
  return fc
    .record({
      wait: fc.constantFrom(true, true, true, false),
      timeoutMinutes: fc.constantFrom(0.05, 0.5, 2, 5, 20),
      pollIntervalSeconds: fc.constantFrom(0.5, 5, 20, 60, 600),
      ifRunning: fc.constantFrom("attach", "attach", "fail"),
      watched: sometimes(fc.integer({ min: 1, max: 4 }), 12),
    })
    .map((inputs) => ({
      ...inputs,
      // No more than a few dozen questions: what they show, hundreds show too, but slowly.
      pollIntervalSeconds: Math.max(inputs.pollIntervalSeconds, inputs.timeoutMinutes * 3),
    }));
}

function offerArbitrary(): fc.Arbitrary<Schedule["offer"]> {
  const operation = fc.record({
    durationMs: fc.constantFrom(0, 3_000, 20_000, 90_000, 400_000, Infinity),
    outcome: fc.constantFrom("succeeded", "succeeded", "failed", "canceled"),
  });
  const ended = fc.record({
    slot: fc.constantFrom("staging", "production"),
    outcome: fc.constantFrom("succeeded", "failed", "canceled"),
  });
  return fc.record({
    state: fc.oneof(
      { weight: 5, arbitrary: fc.constant("readyForGoLive") },
      { weight: 1, arbitrary: fc.constantFrom("goingLive", "publishing", "live", "neverPublished") },
    ),
    goLive: operation,
    running: operation,
    history: fc.array(ended, { maxLength: 3 }),
  });
}

function cutArbitrary(): fc.Arbitrary<Cut> {
  return fc.oneof(
    fc.record({ at: fc.constant("time"), afterMs: fc.integer({ min: 0, max: 120_000 }) }),
    fc.record({ at: fc.constantFrom("sending", "decision", "answer"), nth: fc.integer({ min: 1, max: 10 }) }),
  );
}

/** The value in one of so many schedules. */
function sometimes<T>(arbitrary: fc.Arbitrary<T>, rarity: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: rarity - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
