import { type Draft, firstDraft } from "./offer-document.ts";
import { type Operation, endOf, isActiveAt, statusAt } from "./operation.ts";
import type { EndedSubmissionPlan, OfferPlan, OfferState, OperationPlan } from "./plan.ts";

/** One offer and its operations, oldest first. */
export interface Offer {
  readonly plan: OfferPlan;
  readonly operations: Operation[];
  /** The offer's state apart from the operations that ran at the start or were accepted since. */
  readonly settledState: OfferState;
  /** How many of the operations had ended before the start. */
  readonly historyLength: number;
  /** How many there were at the start. */
  readonly openingLength: number;
  /** What it has sold since the start, oldest first. */
  readonly drafts: [Draft, ...Draft[]];
}

/** One that has never been published has no submissions; by default the others have been published once. */
const defaultHistory = {
  neverPublished: [],
  publishing: [],
  readyForGoLive: [{ slot: "staging" }],
  goingLive: [{ slot: "staging" }],
  live: [{ slot: "staging", endedAgoMs: 172_800_000 }, { slot: "production" }],
} as const satisfies Record<OfferState, readonly EndedSubmissionPlan[]>;

/** The state an offer falls back to when what runs at the start does not succeed. */
const settledStates = {
  neverPublished: "neverPublished",
  publishing: "neverPublished",
  readyForGoLive: "readyForGoLive",
  goingLive: "readyForGoLive",
  live: "live",
} as const satisfies Record<OfferState, OfferState>;

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The offer as it is when the emulator starts; `nextId` names its earlier operations. */
export function openOffer(plan: OfferPlan, nowMs: number, nextId: () => string): Offer {
  const state = plan.state ?? "readyForGoLive";
  const history = plan.history ?? defaultHistory[state];
  const ended = history.map((entry, index) => endedOperation(plan, entry, { nowMs, id: nextId(), version: index + 1 }));
  const running = runningOperation(plan, state, { nowMs, nextId, version: ended.length + 1 });
  return {
    plan,
    operations: [...ended, ...running],
    settledState: settledStates[state],
    historyLength: ended.length,
    openingLength: ended.length + running.length,
    drafts: [firstDraft(plan, nowMs)],
  };
}

/** How far the offer has come at that time. */
export function offerStateAt(offer: Offer, nowMs: number): OfferState {
  const own = offer.operations.slice(offer.historyLength);
  const active = own.filter((operation) => isActiveAt(operation, nowMs));
  if (active.some((operation) => operation.slot === "production")) return "goingLive";
  if (active.length > 0) return "publishing";
  // Of two that ended at one moment the one that began later is the last.
  const [last] = own
    .toReversed()
    .filter((operation) => statusAt(operation, nowMs) === "succeeded")
    .toSorted((one, other) => endOf(other).atMs - endOf(one).atMs);
  if (last === undefined) return offer.settledState;
  return last.slot === "production" ? "live" : "readyForGoLive";
}

interface Opening {
  readonly nowMs: number;
  readonly id: string;
  readonly version: number;
}

function endedOperation(offer: OfferPlan, entry: EndedSubmissionPlan, { nowMs, id, version }: Opening): Operation {
  const durationMs = entry.durationMs ?? hourMs;
  const startedAtMs = nowMs - (entry.endedAgoMs ?? dayMs) - durationMs;
  const { slot, outcome = "succeeded", listedFromNth = 1, slotFromNth = 1 } = entry;
  const plan: OperationPlan = { durationMs, outcome, listedFromNth, slotFromNth };
  return { ...knownOperation(offer, startedAtMs), id, slot, plan, version };
}

function runningOperation(
  offer: OfferPlan,
  state: OfferState,
  opening: Omit<Opening, "id"> & { readonly nextId: () => string },
): readonly Operation[] {
  const { nowMs, version, nextId } = opening;
  const known = knownOperation(offer, nowMs);
  switch (state) {
    case "publishing":
      return [{ ...known, id: nextId(), slot: "staging", plan: offer.running ?? { durationMs: Infinity }, version }];
    case "goingLive":
      return [{ ...known, id: nextId(), slot: "production", plan: offer.running ?? offer.goLive ?? {}, version }];
    case "neverPublished":
    case "readyForGoLive":
    case "live":
      return [];
  }
}

/** An operation from before the start has been visible ever since: the lags are for new ones. */
function knownOperation(offer: OfferPlan, startedAtMs: number): Omit<Operation, "id" | "slot" | "plan" | "version"> {
  return {
    publisherId: offer.publisherId,
    offerId: offer.offerId,
    acceptedAtMs: startedAtMs,
    startsAtMs: startedAtMs,
    listedAtMs: startedAtMs,
    slotFromMs: startedAtMs,
    readableAtMs: startedAtMs,
    statusFromMs: startedAtMs,
  };
}
