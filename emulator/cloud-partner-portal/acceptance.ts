import type { Answer, Headers } from "../wire/answer.ts";
import type { Behaviour } from "./behaviour.ts";
import { type OperationAddress, locationHeaders } from "./location.ts";
import type { Offer } from "./offer.ts";
import type { OfferRequest } from "./offer-request.ts";
import { queryOf } from "../wire/request.ts";

/** The answer that a request was accepted and that its operation has that id. */
export function acceptance(asked: OfferRequest, id: string, status: number): Answer {
  const { behaviour } = asked.service;
  const headers = locationHeaders(behaviour.location, addressOf(asked, id));
  return { status, headers: { ...headers, ...retryAfter(behaviour) }, body: "" };
}

/** How long to wait before the next look, when the service is to say so. */
export function retryAfter({ pollRetryAfter }: Pick<Behaviour, "pollRetryAfter">): Headers {
  return pollRetryAfter === undefined ? {} : { "retry-after": pollRetryAfter };
}

function addressOf(asked: OfferRequest, id: string): OperationAddress {
  const { publisherId, offerId } = asked.offer.plan;
  const { origin, target } = asked.request;
  const own = { publisherId, offerId, id, origin, apiVersion: queryOf(target).get("api-version") ?? "" };
  switch (asked.service.behaviour.location) {
    case "otherOffer":
      return { ...own, offerId: `${offerId}-other`, ...otherAddress(asked, isOtherOffer) };
    case "otherPublisher":
      return { ...own, publisherId: `${publisherId}-other`, ...otherAddress(asked, isOtherPublisher) };
    case "absolute":
    case "migrated":
    case "notMigrated":
    case "noOperation":
    case "none":
      return own;
  }
}

/** The newest operation of such an offer, if the service has one. */
function otherAddress(
  { service, offer }: OfferRequest,
  isOther: (one: Offer, other: Offer) => boolean,
): Pick<OperationAddress, "publisherId" | "offerId" | "id"> | undefined {
  const other = service.marketplace.offers.find((each) => isOther(offer, each));
  return other?.operations.at(-1);
}

function isOtherOffer({ plan: one }: Offer, { plan: other }: Offer): boolean {
  return one.publisherId === other.publisherId && one.offerId !== other.offerId;
}

function isOtherPublisher({ plan: one }: Offer, { plan: other }: Offer): boolean {
  return one.publisherId !== other.publisherId;
}
