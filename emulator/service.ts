import { type AccessRules, refuseAccess } from "./access.ts";
import { type Answer, type Headers, jsonAnswer, refusal } from "./answer.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import { locationHeaders } from "./location.ts";
import type { GoLiveRefusal, Marketplace, Moment } from "./marketplace.ts";
import type { Offer } from "./offer.ts";
import { operationBody, submissionBody } from "./operation-body.ts";
import { offerStatusBody } from "./offer-status.ts";
import { type Operation, isActiveAt, statusAt } from "./operation.ts";
import { type ArrivedRequest, queryOf } from "./request.ts";
import type { RouteMatch } from "./route-table.ts";

/** What the service answers from. */
export interface Service {
  readonly access: AccessRules;
  readonly behaviour: ResolvedBehaviour;
  readonly marketplace: Marketplace;
}

interface OfferRequest {
  readonly service: Service;
  readonly request: ArrivedRequest;
  readonly moment: Moment;
  readonly offer: Offer;
}

const refusalTexts = {
  alreadyRunning: "A go-live of this offer is already running. Only one operation of an offer can run at a time.",
  neverPublished: "The offer cannot go live: it was never published, so the publisher sign-off is missing.",
  publishing: "The offer cannot go live: it is still being published, so the publisher sign-off is missing.",
  alreadyLive: "The offer cannot go live: nothing new was published, so the publisher sign-off is missing.",
} as const satisfies Record<GoLiveRefusal, string>;

/** The service's true answer to a request, which takes effect at the moment's `effectAtMs`. */
export function answerRequest(service: Service, request: ArrivedRequest, match: RouteMatch, moment: Moment): Answer {
  const refused = refuseAccess(service.access, request, match, moment.nowMs);
  if (refused !== undefined) return refused;
  const offer = service.marketplace.findOffer(match.publisherId, match.offerId);
  if (offer === undefined) return refuseUnknown(service.marketplace, match);
  return answerForOffer({ service, request, moment, offer }, match);
}

function answerForOffer(asked: OfferRequest, match: RouteMatch): Answer {
  switch (match.route) {
    case "goLive":
      return answerGoLive(asked);
    case "cancel":
      return answerCancel(asked);
    case "operation":
      return answerOperation(asked, match);
    case "list":
      return answerList(asked);
    case "status":
      return jsonAnswer(200, offerStatusBody(asked.offer, asked.moment.nowMs));
    case "unknown":
      return refusal(404, "NotFound", "There is no such resource.");
  }
}

function refuseUnknown(marketplace: Marketplace, { publisherId, offerId, operationId }: RouteMatch): Answer {
  const offer = marketplace.hasPublisher(publisherId) ? `offer '${offerId}'` : `publisher '${publisherId}'`;
  return refusal(404, "NotFound", `There is no ${publisherId === "" ? `operation '${operationId}'` : offer}.`);
}

function answerGoLive(asked: OfferRequest): Answer {
  if (asked.request.body !== "") return refusal(400, "BadRequest", "A go-live request has no body.");
  const { service, offer, moment } = asked;
  const started = service.marketplace.requestGoLive(offer, moment);
  if (typeof started === "object") return accepted(asked, started.id);
  const isConflict = started === "alreadyRunning" && service.behaviour.secondGoLive === "conflict";
  return refusal(isConflict ? 409 : 400, isConflict ? "Conflict" : "BadRequest", refusalTexts[started]);
}

function answerCancel(asked: OfferRequest): Answer {
  const { body } = asked.request;
  if (body !== "" && !isJsonObject(body)) return refusal(400, "BadRequest", "The body of a cancel is a JSON object.");
  return accepted(asked, asked.service.marketplace.requestCancel(asked.offer, asked.moment).id);
}

function accepted({ service, request, offer }: OfferRequest, id: string): Answer {
  const { publisherId, offerId } = offer.plan;
  const apiVersion = queryOf(request.target).get("api-version") ?? "";
  const address = { publisherId, offerId, id, origin: request.origin, apiVersion };
  const headers = { ...locationHeaders(service.behaviour.location, address), ...retryAfter(service.behaviour) };
  return { status: 202, headers, body: "" };
}

function answerOperation({ service, moment, offer }: OfferRequest, { operationId, isPreviewId }: RouteMatch): Answer {
  const operation = offer.operations.findLast((each) =>
    isPreviewId ? each.slot === "production" : each.id === operationId,
  );
  if (operation === undefined || moment.nowMs < operation.readableAtMs) {
    return refusal(404, "NotFound", `There is no operation '${operationId}'.`);
  }
  const body = operationBody(operation, moment.nowMs, service.behaviour);
  const headers = isActiveAt(operation, moment.nowMs) ? retryAfter(service.behaviour) : {};
  return jsonAnswer(200, service.behaviour.body === "array" ? [body] : body, headers);
}

function answerList({ service, request, moment, offer }: OfferRequest): Answer {
  const wanted = service.behaviour.listFiltersByStatus ? queryOf(request.target).get("status") : null;
  const shown = offer.operations
    .filter((operation) => moment.nowMs >= operation.listedAtMs)
    .filter((operation) => wanted === null || hasStatus(operation, wanted, moment.nowMs, service.behaviour))
    .toReversed();
  return jsonAnswer(
    200,
    shown.map((operation) => submissionBody(operation, moment.nowMs, service.behaviour)),
  );
}

function hasStatus(operation: Operation, wanted: string, nowMs: number, behaviour: ResolvedBehaviour): boolean {
  const status = statusAt(operation, nowMs);
  return [status, behaviour.words[status]].some((word) => fold(word) === fold(wanted));
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}

function retryAfter(behaviour: ResolvedBehaviour): Headers {
  return behaviour.pollRetryAfter === undefined ? {} : { "retry-after": behaviour.pollRetryAfter };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
