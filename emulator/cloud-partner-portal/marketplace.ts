import type { ResolvedBehaviour } from "./behaviour.ts";
import { DelayedEffects, type Moment } from "../wire/delayed-effects.ts";
import { countedGuid } from "../wire/guid.ts";
import { type Offer, offerStateAt, openOffer } from "./offer.ts";
import type { Draft } from "./offer-document.ts";
import { type Operation, isActiveAt, statusAt } from "./operation.ts";
import type { OfferPlan, OperationPlan } from "./plan.ts";
import type { Slot } from "./vocabulary.ts";

/** A go-live that the service accepted; `atMs` in milliseconds since the epoch, by the service's clock. */
export interface AcceptedGoLive {
  readonly id: string;
  readonly publisherId: string;
  readonly offerId: string;
  readonly atMs: number;
  /** The publish whose preview it takes, where the offer's submissions show one. */
  readonly submissionId: string | undefined;
}

/** A publish to preview that the service accepted, likewise. */
export type AcceptedPublish = Omit<AcceptedGoLive, "submissionId">;

/** An operation that begins now. */
interface Beginning {
  readonly id: string;
  readonly slot: Slot;
  readonly plan: OperationPlan;
  readonly atMs: number;
}

/** Why a publish is refused. */
export type PublishRefusal = "goingLive" | "publishing";

/** Why a go-live is refused. */
export type GoLiveRefusal = "alreadyRunning" | "neverPublished" | "publishing" | "alreadyLive";

/** What a publisher writes an offer to sell. */
export interface SavedOffer {
  readonly publisherId: string;
  readonly offerId: string;
  readonly draft: Omit<Draft, "changedAtMs">;
}

/** The publish whose preview stands: the last one that has succeeded by then. */
function standingPublish({ operations }: Offer, atMs: number): Operation | undefined {
  return operations.findLast((one) => one.slot === "staging" && statusAt(one, atMs) === "succeeded");
}

/** The offers and their operations. Nothing moves by itself: each call says what time it is. */
export class Marketplace {
  readonly #behaviour: ResolvedBehaviour;
  readonly #publishers = new Map<string, Map<string, Offer>>();
  readonly #goLives: AcceptedGoLive[] = [];
  readonly #publishes: AcceptedPublish[] = [];
  readonly #listCounts = new Map<Offer, number>();
  readonly #effects = new DelayedEffects();
  #operationCount = 0;

  constructor(plans: readonly OfferPlan[], behaviour: ResolvedBehaviour, nowMs: number) {
    this.#behaviour = behaviour;
    for (const plan of plans) {
      const offer = openOffer(plan, nowMs, () => this.#nextId());
      this.#keep(offer);
      for (const publish of plan.publishes ?? []) {
        const effectAtMs = nowMs + publish.afterMs;
        this.#effects.take({ nowMs, effectAtMs }, () => this.#publish(offer, publish, effectAtMs));
      }
    }
  }

  /** Lets the delayed effects happen that are due by now, each at its own time. */
  settle(nowMs: number): void {
    this.#effects.settle(nowMs);
  }

  /** The go-lives accepted since the start, oldest first. */
  get goLives(): readonly AcceptedGoLive[] {
    return this.#goLives;
  }

  /** The publishes to preview accepted since the start, oldest first. */
  get publishes(): readonly AcceptedPublish[] {
    return this.#publishes;
  }

  /** Whether there is such a publisher. */
  hasPublisher(publisherId: string): boolean {
    return this.#publishers.has(publisherId);
  }

  /** That offer, if there is one. */
  findOffer(publisherId: string, offerId: string): Offer | undefined {
    return this.#publishers.get(publisherId)?.get(offerId);
  }

  /** The ids of all publishers. */
  get publisherIds(): readonly string[] {
    return [...this.#publishers.keys()];
  }

  /** All offers of all publishers. */
  get offers(): readonly Offer[] {
    return [...this.#publishers.values()].flatMap((offers) => [...offers.values()]);
  }

  /** The operation with that id, in whatever case and whoever's it is. */
  findOperation(id: string): Operation | undefined {
    return this.offers.flatMap(({ operations }) => operations).find((operation) => operation.id === id.toLowerCase());
  }

  /** Counts the answers of an offer's list from 1; a further page belongs to the answer before. */
  countList(offer: Offer, isFirstPage: boolean): number {
    const count = Math.max(1, (this.#listCounts.get(offer) ?? 0) + (isFirstPage ? 1 : 0));
    this.#listCounts.set(offer, count);
    return count;
  }

  /** Writes what an offer sells, or makes an offer that was never published; answers it as it will be then. */
  saveOffer({ publisherId, offerId, draft }: SavedOffer, { nowMs, effectAtMs }: Moment): Offer {
    const plan = { publisherId, offerId, state: "neverPublished" } as const;
    const written: Draft = { ...draft, changedAtMs: nowMs };
    const made: Offer = { ...openOffer(plan, nowMs, () => this.#nextId()), drafts: [written] };
    const former = this.findOffer(publisherId, offerId);
    this.#effects.take({ nowMs, effectAtMs }, () => {
      const found = this.findOffer(publisherId, offerId);
      if (found === undefined) this.#keep(made);
      else found.drafts.push(written);
    });
    return former === undefined ? made : { ...former, drafts: [former.drafts[0], ...former.drafts.slice(1), written] };
  }

  /** Starts a go-live, or says why not. The id is that of the new operation. */
  requestGoLive(offer: Offer, { nowMs, effectAtMs }: Moment): { readonly id: string } | GoLiveRefusal {
    const id = this.#nextId();
    const answer = this.#refuse(offer, nowMs) ?? { id };
    this.#effects.take({ nowMs, effectAtMs }, () => {
      if (this.#refuse(offer, effectAtMs) === undefined) this.#startGoLive(offer, id, effectAtMs);
    });
    return answer;
  }

  /** Starts a publish to preview, or says why not. The id is that of the new operation. */
  requestPublish(offer: Offer, { nowMs, effectAtMs }: Moment): { readonly id: string } | PublishRefusal {
    const id = this.#nextId();
    const answer = this.#refusePublish(offer, nowMs) ?? { id };
    this.#effects.take({ nowMs, effectAtMs }, () => {
      if (this.#refusePublish(offer, effectAtMs) === undefined) this.#startPublish(offer, id, effectAtMs);
    });
    return answer;
  }

  /**
   * Asks for what is active of the offer to be canceled. The id is that of the newest operation concerned, or of the
   * newest at all: the service accepts a cancel even when nothing runs. It is a new id when there was never one.
   */
  requestCancel(offer: Offer, { nowMs, effectAtMs }: Moment): { readonly id: string } {
    const newest = offer.operations.findLast((operation) => isActiveAt(operation, nowMs)) ?? offer.operations.at(-1);
    this.#effects.take({ nowMs, effectAtMs }, () => this.#cancelActive(offer, effectAtMs));
    return { id: newest?.id ?? this.#nextId() };
  }

  #keep(offer: Offer): void {
    const { publisherId, offerId } = offer.plan;
    const offers = this.#publishers.get(publisherId) ?? new Map<string, Offer>();
    this.#publishers.set(publisherId, offers.set(offerId, offer));
  }

  #refuse(offer: Offer, nowMs: number): GoLiveRefusal | undefined {
    const state = offerStateAt(offer, nowMs);
    switch (state) {
      case "readyForGoLive":
        return undefined;
      case "goingLive":
        return this.#behaviour.secondGoLive === "accepted" ? undefined : "alreadyRunning";
      case "live":
        return "alreadyLive";
      case "neverPublished":
      case "publishing":
        return state;
    }
  }

  #refusePublish(offer: Offer, nowMs: number): PublishRefusal | undefined {
    if (this.#behaviour.secondPublish === "accepted") return undefined;
    const state = offerStateAt(offer, nowMs);
    return state === "goingLive" || state === "publishing" ? state : undefined;
  }

  #startGoLive(offer: Offer, id: string, atMs: number): void {
    const { publisherId, offerId, goLive = {} } = offer.plan;
    this.#goLives.push({ id, publisherId, offerId, atMs, submissionId: standingPublish(offer, atMs)?.id });
    this.#begin(offer, { id, slot: "production", plan: goLive, atMs });
  }

  #startPublish(offer: Offer, id: string, atMs: number): void {
    const { publisherId, offerId, publish = {} } = offer.plan;
    this.#publishes.push({ id, publisherId, offerId, atMs });
    this.#begin(offer, { id, slot: "staging", plan: publish, atMs });
  }

  /** What somebody else publishes. */
  #publish(offer: Offer, plan: OperationPlan, atMs: number): void {
    if (offer.operations.some((operation) => isActiveAt(operation, atMs))) return;
    this.#begin(offer, { id: this.#nextId(), slot: "staging", plan, atMs });
  }

  #begin(offer: Offer, { id, slot, plan, atMs }: Beginning): void {
    const { publisherId, offerId } = offer.plan;
    offer.operations.push({
      ...{ id, publisherId, offerId, slot, plan },
      acceptedAtMs: atMs,
      startsAtMs: atMs + this.#behaviour.notStartedMs,
      listedAtMs: atMs + this.#behaviour.listLagMs,
      slotFromMs: atMs + this.#behaviour.slotLagMs,
      readableAtMs: atMs + this.#behaviour.operationLagMs,
      statusFromMs: atMs + this.#behaviour.statusLagMs,
      version: offer.operations.length + 1,
    });
  }

  #cancelActive(offer: Offer, atMs: number): void {
    const cancel = { requestedAtMs: atMs, takesHoldAtMs: atMs + this.#behaviour.cancelMs };
    for (const [index, operation] of offer.operations.entries()) {
      if (operation.cancel === undefined && isActiveAt(operation, atMs))
        offer.operations[index] = { ...operation, cancel };
    }
  }

  #nextId(): string {
    this.#operationCount += 1;
    return countedGuid("operation", this.#operationCount);
  }
}
