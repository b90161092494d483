import * as fc from "fast-check";
import type { Behaviour, Fault, OfferPlan, PublishPlan } from "../../emulator/emulator.ts";
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
    /** The publish that alone may go live, by its place among the emulator's operations; none: whichever stands. */
    readonly pin?: number | undefined;
  };
  readonly offer: Required<Omit<OfferPlan, "publisherId" | "offerId" | "publishes">> & Pick<OfferPlan, "publishes">;
  readonly behaviour: Partial<Behaviour>;
  readonly faults: readonly Fault[];
  readonly cut: Cut | undefined;
  readonly hasBrokenSummary: boolean;
  readonly chance: number;
}

/** Stands for the publish whose preview stands at the start. */
const STANDING = 0;
const STANDING_PINS = [STANDING, STANDING, STANDING, STANDING, STANDING, STANDING, STANDING, STANDING] as const;

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
 *  - a publish to preview says of itself that it is one, and shows in the list before its preview stands;
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
    inputs: { ...schedule.inputs, pin: pinOf(schedule) },
    offer: honestOffer(schedule),
    faults: schedule.faults.map((fault) => honest(fault, schedule.behaviour)),
  }));

/** A go-live that is listed later than in so many answers may be so for everybody who looks. */
const MOST_LOOKS = 9;

/** Whether the go-live that runs at the start may not be listed as long as anybody looks for it. */
export function isHidden({ offer }: Pick<Schedule, "offer">): boolean {
  return offer.state === "goingLive" && (offer.running.listedFromNth ?? 1) > MOST_LOOKS;
}

function pinOf({ inputs: { pin, watched }, offer }: Pick<Schedule, "inputs" | "offer">): number | undefined {
  if (watched !== undefined || pin !== STANDING) return watched === undefined ? pin : undefined;
  return offer.history.findLastIndex(({ slot, outcome }) => slot === "staging" && outcome !== "failed") + 1 || 1;
}

function honestOffer({
  inputs,
  offer,
  behaviour,
}: Pick<Schedule, "inputs" | "offer" | "behaviour">): Schedule["offer"] {
  const isBlind = hasBlindList(behaviour);
  const isSilent = inputs.watched !== undefined || (behaviour.slotLagMs ?? 0) > 0;
  const publishes = isSilent ? [] : (offer.publishes ?? []);
  return {
    ...offer,
    ...(isBlind ? { goLive: { ...offer.goLive, outcome: "succeeded" } } : {}),
    running: offer.state === "publishing" ? { ...offer.running, listedFromNth: 1 } : offer.running,
    history: offer.history.map((one) => (one.slot === "staging" ? { ...one, listedFromNth: 1 } : one)),
    publishes: isBlind ? publishes.map((publish) => ({ ...publish, durationMs: Infinity })) : publishes,
  };
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
      pin: sometimes(fc.constantFrom(...STANDING_PINS, 1, 2, 3, 4), 4),
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
    publishes: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(publishArbitrary(), { minLength: 1, maxLength: 2 }) },
    ),
  });
}

/** A publish to preview that somebody starts while the run is at it. It takes longer than anything lags. */
function publishArbitrary(): fc.Arbitrary<PublishPlan> {
  return fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 400_000 })),
    durationMs: fc.constantFrom(200_000, 200_000, 400_000, Infinity),
    outcome: fc.constantFrom("succeeded", "succeeded", "succeeded", "failed", "canceled"),
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
