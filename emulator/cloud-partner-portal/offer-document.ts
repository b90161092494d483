import type { Offer } from "./offer.ts";
import { endOf, type Operation, statusAt } from "./operation.ts";
import type { OfferPlan } from "./plan.ts";
import type { Slot } from "./vocabulary.ts";

/** What an offer sells, as its publisher last wrote it. */
export interface Draft {
  readonly offerTypeId: string;
  readonly definition: unknown;
  /** When it was written, in milliseconds since the epoch. */
  readonly changedAtMs: number;
}

/** A draft, and the number of the version that it belongs to. */
export interface VersionedDraft extends Draft {
  readonly version: number;
}

/** The document's slots by their names in a path, in lower case: the draft, and what the operations of a slot brought there. */
export const documentSlots = {
  draft: undefined,
  preview: "staging",
  production: "production",
} as const satisfies Record<string, Slot | undefined>;

/** The draft of an offer that nobody has written to yet: a virtual machine with one plan. */
export function firstDraft({ offerId }: Pick<OfferPlan, "offerId">, nowMs: number): Draft {
  return {
    offerTypeId: "microsoft-azure-virtualmachines",
    definition: defaultDefinition(offerId),
    changedAtMs: nowMs,
  };
}

/** The draft as it is now. The version counts the publishes: https://learn.microsoft.com/partner-center/marketplace/cloud-partner-portal-api-retrieve-specific-offer */
export function newestDraft(offer: Offer): VersionedDraft {
  return draftAt(offer, Infinity);
}

/** That version of the offer; undefined when there is none. */
export function draftOfVersion(offer: Offer, version: number): VersionedDraft | undefined {
  const publishes = publishesOf(offer);
  if (!Number.isInteger(version) || version < 1 || version > publishes.length + 1) return undefined;
  const until = publishes[version - 1];
  return until === undefined ? newestDraft(offer) : { ...draftAt(offer, until.acceptedAtMs), version };
}

/** What the last operation that succeeded has brought to that slot; undefined when none has. */
export function draftInSlot(offer: Offer, slot: Slot, nowMs: number): VersionedDraft | undefined {
  const succeeded = offer.operations.filter((operation) => statusAt(operation, nowMs) === "succeeded");
  const last = succeeded.findLast((operation) => operation.slot === slot);
  if (last === undefined) return undefined;
  const isSource = (each: Operation): boolean =>
    each.slot === "staging" && (each === last || endOf(each).atMs <= last.acceptedAtMs);
  const source = succeeded.findLast(isSource);
  if (source === undefined) return draftAt(offer, last.acceptedAtMs);
  return draftOfVersion(offer, publishesOf(offer).indexOf(source) + 1);
}

function draftAt(offer: Offer, atMs: number): VersionedDraft {
  const draft = offer.drafts.findLast(({ changedAtMs }) => changedAtMs <= atMs) ?? offer.drafts[0];
  const version = 1 + publishesOf(offer).filter(({ acceptedAtMs }) => acceptedAtMs < atMs).length;
  return { ...draft, version };
}

function publishesOf({ operations }: Offer): readonly Operation[] {
  return operations.filter(({ slot }) => slot === "staging");
}

function defaultDefinition(offerId: string): object {
  return {
    displayText: offerId,
    offer: { "microsoft-azure-marketplace.title": offerId, "microsoft-azure-marketplace.leadDestination": "None" },
    plans: [
      {
        planId: "standard",
        "microsoft-azure-virtualmachines.skuTitle": "Standard",
        "microsoft-azure-virtualmachines.vmImages": {},
        diskGenerations: [],
      },
    ],
  };
}
