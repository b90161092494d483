import { type Answer, type Headers, jsonContentType } from "../wire/answer.ts";
import type { TokenRules } from "../wire/bearer.ts";
import type { EmulatorClock } from "../wire/clock.ts";
import type { Fault } from "../wire/fault.ts";
import { countedGuid } from "../wire/guid.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import { Reception } from "../wire/reception.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import { type AcceptedGoLive, type AcceptedPublish, Marketplace } from "./marketplace.ts";
import type { Service } from "./offer-request.ts";
import { statusAt } from "./operation.ts";
import { offerStateAt } from "./offer.ts";
import type { OfferPlan, OfferState } from "./plan.ts";
import { matchRoute } from "./route-table.ts";
import { answerRequest } from "./service.ts";
import type { OperationStatus, Route } from "./vocabulary.ts";

/** Everything that lasts from one reset to the next. */
export interface SessionOptions extends TokenRules {
  readonly clock: EmulatorClock;
  readonly offers: readonly OfferPlan[];
  readonly behaviour: ResolvedBehaviour;
  readonly faults: readonly Fault<Route>[];
  readonly apiVersions: readonly string[];
  readonly onAnswer: (request: RecordedRequest<Route>) => void;
}

/** The life of an emulator from its start, or a reset, to the next. */
export class Session {
  readonly reception: Reception<Route>;
  readonly #marketplace: Marketplace;

  constructor({ clock, tokens, tokenCheck, apiVersions, behaviour, offers, faults, onAnswer }: SessionOptions) {
    const { clockOffsetMs } = behaviour;
    const marketplace = new Marketplace(offers, behaviour, clock.now() + clockOffsetMs);
    const service: Service = { access: { tokens, tokenCheck, apiVersions }, behaviour, marketplace };
    this.#marketplace = marketplace;
    this.reception = new Reception({
      clock,
      clockOffsetMs,
      faults,
      onAnswer,
      routeOf: ({ method, target }) => matchRoute(method, target).route,
      answer(request, moment, count) {
        marketplace.settle(moment.nowMs);
        const match = matchRoute(request.method, request.target);
        return sign(answerRequest(service, request, match, moment), behaviour, count);
      },
    });
  }

  /** The go-lives accepted by now, in that order. */
  get goLives(): readonly AcceptedGoLive[] {
    this.#marketplace.settle(this.reception.serviceTimeMs);
    return this.#marketplace.goLives;
  }

  /** The publishes to preview accepted by now, in that order. */
  get publishes(): readonly AcceptedPublish[] {
    this.#marketplace.settle(this.reception.serviceTimeMs);
    return this.#marketplace.publishes;
  }

  /** How far the offer of that publisher has truly come. */
  offerState(publisherId: string, offerId: string): OfferState | undefined {
    const nowMs = this.reception.serviceTimeMs;
    this.#marketplace.settle(nowMs);
    const offer = this.#marketplace.findOffer(publisherId, offerId);
    return offer === undefined ? undefined : offerStateAt(offer, nowMs);
  }

  /**
   * The true status of an operation now.
   * @throws RangeError when there is no such operation.
   */
  operationStatus(id: string): OperationStatus {
    const nowMs = this.reception.serviceTimeMs;
    this.#marketplace.settle(nowMs);
    const operation = this.#marketplace.findOperation(id);
    if (operation === undefined) throw new RangeError(`The emulator has no operation "${id}".`);
    return statusAt(operation, nowMs);
  }
}

/** Adds what every answer carries. */
function sign(answer: Answer, behaviour: ResolvedBehaviour, count: number): Answer {
  const headers = { "content-type": jsonContentType, ...requestIds(behaviour, count), ...answer.headers };
  return { ...answer, headers };
}

/** The ids count the requests. */
function requestIds(behaviour: ResolvedBehaviour, count: number): Headers {
  const correlation = { "x-ms-correlation-request-id": countedGuid("correlation", count) };
  switch (behaviour.requestIds) {
    case "both":
      return { "x-ms-request-id": countedGuid("request", count), ...correlation };
    case "correlationOnly":
      return correlation;
    case "none":
      return {};
  }
}
