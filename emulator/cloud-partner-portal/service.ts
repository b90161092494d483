import { acceptance } from "./acceptance.ts";
import { refuseAccess } from "./access.ts";
import { type Answer, jsonAnswer, refusal } from "../wire/answer.ts";
import { answerList } from "./list.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import { answerOffer, answerOffers, answerPublishers, answerSaveOffer } from "./document-answer.ts";
import type { GoLiveRefusal, Marketplace, PublishRefusal } from "./marketplace.ts";
import type { OfferRequest, Service } from "./offer-request.ts";
import { offerStatusBody } from "./offer-status.ts";
import { answerOperation } from "./operation-answer.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import type { RouteMatch } from "./route-table.ts";
import type { Route } from "./vocabulary.ts";

const refusalTexts = {
  alreadyRunning: "A go-live of this offer is already running. Only one operation of an offer can run at a time.",
  neverPublished: "The offer cannot go live: it was never published, so the publisher sign-off is missing.",
  publishing: "The offer cannot go live: it is still being published, so the publisher sign-off is missing.",
  alreadyLive: "The offer cannot go live: nothing new was published, so the publisher sign-off is missing.",
} as const satisfies Record<GoLiveRefusal, string>;

const publishRefusalTexts = {
  goingLive: "The offer cannot be published: a go-live is running. Only one operation of an offer can run at a time.",
  publishing: "The offer cannot be published: a publish is running. Only one operation of an offer can run at a time.",
} as const satisfies Record<PublishRefusal, string>;

/** The service's true answer to a request, which takes effect at the moment's `effectAtMs`. */
export function answerRequest(service: Service, request: ArrivedRequest, match: RouteMatch, moment: Moment): Answer {
  const refused = refuseAccess(service.access, request, match, moment.nowMs);
  if (refused !== undefined) return refused;
  if (match.route === "publishers") return answerPublishers(service, request, moment.nowMs);
  const { publisherId } = match;
  if (publisherId !== "" && !service.marketplace.hasPublisher(publisherId))
    return refuseUnknown(service.marketplace, match);
  if (match.route === "offers") return answerOffers(service, request, publisherId, moment.nowMs);
  if (match.route === "saveOffer") return answerSaveOffer(service, request, match, moment);
  const offer = service.marketplace.findOffer(match.publisherId, match.offerId);
  if (offer === undefined) return refuseUnknown(service.marketplace, match);
  return answerForOffer({ service, request, moment, offer }, match, match.route);
}

/** The routes that need no offer to be there. */
type OtherRoute = "publishers" | "offers" | "saveOffer";

function answerForOffer(asked: OfferRequest, match: RouteMatch, route: Exclude<Route, OtherRoute>): Answer {
  switch (route) {
    case "goLive":
      return answerGoLive(asked);
    case "publish":
      return answerPublish(asked);
    case "cancel":
      return answerCancel(asked);
    case "operation":
      return answerOperation(asked, match);
    case "list":
      return answerList(asked);
    case "offer":
      return answerOffer(asked, match);
    case "status":
      return jsonAnswer(200, offerStatusBody(asked.offer, asked.moment.nowMs, asked.service.behaviour));
    case "unknown":
      return refusal(404, "NotFound", "There is no such resource.");
  }
}

function refuseUnknown(marketplace: Marketplace, { publisherId, offerId, operationId }: RouteMatch): Answer {
  const offer = marketplace.hasPublisher(publisherId) ? `offer '${offerId}'` : `publisher '${publisherId}'`;
  return refusal(404, "NotFound", `There is no ${publisherId === "" ? `operation '${operationId}'` : offer}.`);
}

/** The reference describes no body, and says nothing of one that is sent all the same: it is not read. */
function answerGoLive(asked: OfferRequest): Answer {
  const { behaviour, marketplace } = asked.service;
  const started = marketplace.requestGoLive(asked.offer, asked.moment);
  if (typeof started === "object") return acceptance(asked, started.id, behaviour.acceptedStatus);
  const isConflict = started === "alreadyRunning" && behaviour.secondGoLive === "conflict";
  return refusal(isConflict ? 409 : 400, isConflict ? "Conflict" : "BadRequest", refusalTexts[started]);
}

/** The older reference describes a body with addresses, the newer one none. */
function answerPublish(asked: OfferRequest): Answer {
  const { behaviour, marketplace } = asked.service;
  const { body } = asked.request;
  if (body === "" ? behaviour.publishBody === "required" : !isJsonObject(body))
    return refusal(400, "BadRequest", "The body of a publish is a JSON object.");
  if (behaviour.publishBody === "required" && !hasAddresses(body))
    return refusal(400, "BadRequest", "The metadata name no addresses for notifications.");
  const started = marketplace.requestPublish(asked.offer, asked.moment);
  if (typeof started === "object") return acceptance(asked, started.id, behaviour.acceptedStatus);
  const isConflict = behaviour.secondPublish === "conflict";
  return refusal(isConflict ? 409 : 400, isConflict ? "Conflict" : "BadRequest", publishRefusalTexts[started]);
}

function hasAddresses(body: string): boolean {
  return /"notification-emails"\s*:\s*"[^"]+@[^"]+"/.test(body);
}

function answerCancel(asked: OfferRequest): Answer {
  const { behaviour, marketplace } = asked.service;
  const { body } = asked.request;
  if (body === "" ? behaviour.cancelBody === "required" : !isJsonObject(body))
    return refusal(400, "BadRequest", "The body of a cancel is a JSON object.");
  const { id } = marketplace.requestCancel(asked.offer, asked.moment);
  return behaviour.cancelStatus === 202 ? acceptance(asked, id, 202) : { status: 200, headers: {}, body: "" };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
