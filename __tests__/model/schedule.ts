import * as fc from "fast-check";
import type { Behaviour, Fault, OfferPlan } from "../../emulator/emulator.ts";
import { behaviourArbitrary, hasBlindList } from "./behaviour-arbitrary.ts";
import { faultsArbitrary, honest, PORTAL_FAULTS } from "./fault-arbitrary.ts";

/** When the run is cancelled: at a time, or as a request is about to be sent, is decided upon, or was answered. */
export type Cut =
  | { readonly at: "time"; readonly afterMs: number }
  | { readonly at: "sending" | "decision" | "answer"; readonly nth: number };

/** Everything that happens to one run. */
export interface Schedule {
  /** What the run is to reach. Default: a go-live. */
  readonly target?: "preview";
  /** Without publisherId, offerId, token and endpoint, which never change. */
  readonly inputs: {
    readonly wait: boolean;
    readonly timeoutMinutes: number;
    readonly pollIntervalSeconds: number;
    readonly ifRunning: "attach" | "fail";
    readonly onCancel: "leave" | "cancel";
    /**
     * The operation that is watched, by its place among the emulator's or at the place that they share; none: a go-live
     * is to be started.
     */
    readonly watched: number | "shared" | undefined;
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
 *  - a go-live that it has accepted shows in the list or in the offer's status less than three minutes after its sending
 *    was answered or given up, whatever the request still does; the other of the two may never show it;
 *  - where only the status shows it, the go-live does not end meanwhile in a way that makes the offer wait again;
 *  - a refusal is true: a redirect but 303 and a 4xx but 408 mean that this sending started nothing;
 *  - a 202 that names a location is kept, and the location names that go-live, once it can be read;
 *  - a list or an operation that can be read at all is right, though the list, its states and the status may lag, and
 *    spell ids in either case;
 *  - the offer's status tells of a go-live that was running before this run, which the list may show late or never;
 * and of the world that nobody else starts a go-live less than two seconds before this run sends its own, or later.
 * What happens when both lag for longer is a test of its own.
 */
export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc
  .record({
    inputs: inputsArbitrary(),
    offer: offerArbitrary(),
    behaviour: behaviourArbitrary,
    faults: faultsArbitrary(PORTAL_FAULTS),
    cut: sometimes(cutArbitrary(), 4),
    hasBrokenSummary: fc.constantFrom(false, false, false, false, true),
    chance: fc.nat(0xffff),
  })
  .map((schedule) => ({
    ...schedule,
    offer: honestOffer(schedule),
    faults: schedule.faults.map((fault) => honest(fault, schedule.behaviour)),
  }));

/** A go-live that is listed later than in so many answers may be so for everybody who looks. */
const MOST_LOOKS = 9;

/** Whether the go-live that runs at the start may not be listed as long as anybody looks for it. */
export function isHidden({ offer }: Pick<Schedule, "offer">): boolean {
  return offer.state === "goingLive" && (offer.running.listedFromNth ?? 1) > MOST_LOOKS;
}

function honestOffer({ offer, behaviour }: Pick<Schedule, "offer" | "behaviour">): Schedule["offer"] {
  return hasBlindList(behaviour) ? { ...offer, goLive: { ...offer.goLive, outcome: "succeeded" } } : offer;
}

function inputsArbitrary(): fc.Arbitrary<Schedule["inputs"]> {
  return fc
    .record({
      wait: fc.constantFrom(true, true, true, false),
      timeoutMinutes: fc.constantFrom(0.05, 0.5, 2, 5, 20, 20),
      pollIntervalSeconds: fc.constantFrom(0.5, 5, 20, 60, 600),
      ifRunning: fc.constantFrom("attach", "attach", "fail"),
      onCancel: fc.constantFrom("leave", "cancel"),
      watched: sometimes(
        fc.oneof(
          { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
          { weight: 1, arbitrary: fc.constant("shared" as const) },
        ),
        8,
      ),
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
  const listedFromNth = fc.constantFrom(1, 1, 1, 2, 3);
  const ended = fc.record({
    slot: fc.constantFrom("staging", "production"),
    outcome: fc.constantFrom("succeeded", "succeeded", "failed", "canceled"),
    listedFromNth,
  });
  return fc.record({
    state: fc.oneof(
      { weight: 5, arbitrary: fc.constant("readyForGoLive") },
      { weight: 1, arbitrary: fc.constant("goingLive") },
      { weight: 1, arbitrary: fc.constantFrom("publishing", "live", "neverPublished") },
    ),
    goLive: operation,
    running: fc
      .tuple(operation, fc.constantFrom(1, 1, 2, 3, 6, 9, 1_000))
      .map(([plan, from]) => ({ ...plan, listedFromNth: from })),
    publish: fc.constant({}),
    history: fc.array(ended, { maxLength: 3 }),
  });
}

/** When a run may be cancelled. */
export function cutArbitrary(): fc.Arbitrary<Cut> {
  return fc.oneof(
    fc.record({ at: fc.constant("time"), afterMs: fc.integer({ min: 0, max: 120_000 }) }),
    fc.record({ at: fc.constant("time"), afterMs: fc.integer({ min: 0, max: 900_000 }) }),
    fc.record({ at: fc.constantFrom("sending", "decision", "answer"), nth: fc.integer({ min: 1, max: 10 }) }),
  );
}

/** The value in one of so many schedules. */
export function sometimes<T>(arbitrary: fc.Arbitrary<T>, rarity: number): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: rarity - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
