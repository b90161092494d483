import type { ResolvedBehaviour } from "./behaviour.ts";
import type { ListBehaviour } from "./list-behaviour.ts";
import type { Offer } from "./offer.ts";
import { type Operation, endOf } from "./operation.ts";
import { wordAt } from "./publish-end.ts";

/** One entry of the list of submissions, where nothing is told to be other; `changedTime` is ISO 8601. */
export interface ListEntryBody {
  readonly id: string;
  readonly offerId: string;
  readonly offerVersion: number;
  readonly offerTypeId: string;
  readonly publisherId: string;
  readonly submissionType: string;
  readonly submissionState: string;
  readonly publishingVersion: number;
  readonly slot?: string;
  readonly version: number;
  readonly changedTime?: string;
}

/** When a list is answered, and how. */
export interface ListMoment {
  readonly offer: Offer;
  readonly nowMs: number;
  /** Counts the answers of the offer's list from 1. */
  readonly nth: number;
  readonly behaviour: ResolvedBehaviour;
}

/** What some entries have besides, or instead. The version is as large as a clock's ticks. */
const fullMembers = {
  offerId: "0fe7a1d2-5b1c-4c39-9d1e-6c7b0a4f2e11",
  version: 636_486_400_000_000_000,
  definition: { displayText: "Contoso VM", plans: [{ planId: "standard", skuType: "virtualMachine" }] },
};

/** The operation as an entry of `GET …/submissions/`. */
export function listEntryBody(operation: Operation, moment: ListMoment): unknown {
  const { behaviour } = moment;
  return {
    ...trueBody(operation, moment),
    ...(behaviour.listEntryForm === "full" ? fullMembers : {}),
    ...behaviour.listEntries[operation.slot],
  };
}

function trueBody(operation: Operation, moment: ListMoment): ListEntryBody {
  const { behaviour } = moment;
  const shownAtMs = Math.max(operation.acceptedAtMs, moment.nowMs - behaviour.listStateLagMs);
  return {
    id: idOf(operation, moment),
    offerId: operation.offerId,
    offerVersion: operation.version,
    offerTypeId: "microsoft-azure-virtualmachines",
    publisherId: operation.publisherId,
    submissionType: operation.slot === "production" ? behaviour.goLiveSubmissionType : "publish",
    submissionState: wordAt(operation, moment.offer, shownAtMs, behaviour),
    publishingVersion: operation.version + 1,
    ...(hasSlot(operation, moment) ? { slot: operation.slot } : {}),
    version: operation.version,
    ...changedTime(operation, shownAtMs, behaviour.listChangedTime),
  };
}

function idOf({ id }: Operation, { nth, behaviour }: ListMoment): string {
  const isUpper = behaviour.listIdCase === "upper" || (behaviour.listIdCase === "alternating" && nth % 2 === 0);
  return isUpper ? id.toUpperCase() : id;
}

function hasSlot({ plan, slotFromMs }: Operation, { nowMs, nth }: ListMoment): boolean {
  return nowMs >= slotFromMs && nth >= (plan.slotFromNth ?? 1);
}

function changedTime(
  operation: Operation,
  shownAtMs: number,
  form: ListBehaviour["listChangedTime"],
): Pick<ListEntryBody, "changedTime"> {
  const text = new Date(changedAtMs(operation, shownAtMs)).toISOString();
  switch (form) {
    case "zoned":
      return { changedTime: text };
    case "unzoned":
      return { changedTime: text.replace("Z", "000") };
    case "none":
      return {};
  }
}

function changedAtMs(operation: Operation, nowMs: number): number {
  const end = endOf(operation);
  if (nowMs >= end.atMs) return end.atMs;
  return operation.cancel?.requestedAtMs ?? operation.acceptedAtMs;
}
