import * as fc from "fast-check";
import type { GoLiveOutcome, Route } from "../../../emulator/partner-center/vocabulary.ts";
import type { Fault } from "../../../emulator/wire/fault.ts";
import { OFFER_ID } from "./offer-id.ts";
import type { Schedule } from "./schedule.ts";

const OUTCOMES: readonly GoLiveOutcome[] = [
  ...(["live", "failed", "failedInCertification", "canceled"] as const),
  ...(["updateFailed", "ready", "ready", "absent"] as const),
];

/** What chance would seldom leave in peace: one preview of the offer that is ready, and found. */
function undisturbed(schedule: Schedule): Schedule {
  const { refusedFilters: _, paging: __, submissionsLagMs: ___, listLagMs: ____, ...behaviour } = schedule.behaviour;
  return {
    ...schedule,
    inputs: { ...schedule.inputs, wait: true, timeoutMinutes: 20, pollIntervalSeconds: 120, watched: undefined },
    product: { ...schedule.product, state: "ready", type: "AzureApplication" },
    isAbsent: false,
    behaviour,
    happenings: [],
    faults: [],
    cut: undefined,
  };
}

/** A go-live that is seen on its way, and ends in each way that one can end in. */
export function endingArbitrary(schedule: Schedule): fc.Arbitrary<Schedule> {
  const quiet = undisturbed(schedule);
  return fc.record({ outcome: fc.constantFrom(...OUTCOMES), queuedMs: fc.constantFrom(0, 5_000) }).map((plan) => ({
    ...quiet,
    inputs: { ...quiet.inputs, pinned: undefined, namedProduct: "none" },
    product: { ...quiet.product, goLive: { ...quiet.product.goLive, ...plan, durationMs: 600_000 } },
  }));
}

/** A promote that is lost, while somebody puts another preview in the place of the one that was sent, and promotes that. */
export function replacementArbitrary(schedule: Schedule): fc.Arbitrary<Schedule> {
  const quiet = undisturbed(schedule);
  return fc
    .record({
      act: fc.constantFrom<Fault<Route>["act"]>(
        { kind: "reset", at: "request" },
        { kind: "status", status: 500 },
        { kind: "status", status: 503 },
      ),
      nth: fc.constantFrom(1, 2, 3, 6),
      durationMs: fc.constantFrom(0, 90_000, Infinity),
    })
    .map(({ act, nth, durationMs }) => {
      const when = nth === 1 ? ({ after: "promote" } as const) : ({ before: "submissions", nth } as const);
      const others = (["previewReplaced", "promoteStarted"] as const).map((what) => ({
        what,
        when,
        offerId: OFFER_ID,
      }));
      return {
        ...quiet,
        product: { ...quiet.product, goLive: { ...quiet.product.goLive, queuedMs: 0, durationMs } },
        happenings: others,
        faults: [{ on: "promote", nth: 1, carriedOut: false, act }],
      };
    });
}
