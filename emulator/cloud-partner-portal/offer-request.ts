import type { AccessRules } from "./access.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import type { Marketplace } from "./marketplace.ts";
import type { Offer } from "./offer.ts";
import type { ArrivedRequest } from "../wire/request.ts";

/** What the service answers from. */
export interface Service {
  readonly access: AccessRules;
  readonly behaviour: ResolvedBehaviour;
  readonly marketplace: Marketplace;
}

/** A request about an offer that exists, by one who may ask. */
export interface OfferRequest {
  readonly service: Service;
  readonly request: ArrivedRequest;
  readonly moment: Moment;
  readonly offer: Offer;
}
