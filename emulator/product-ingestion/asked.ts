import type { TokenPlan } from "../wire/bearer.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import type { AccessRules } from "./access.ts";
import type { Account } from "./account.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Product } from "./product.ts";
import type { RequestIds } from "./refusal.ts";
import type { RouteMatch } from "./route-table.ts";

/** What the service answers from. */
export interface Service {
  readonly rules: AccessRules;
  readonly behaviour: Behaviour;
  readonly account: Account;
}

/** A request on its way through the service. */
export interface Asked {
  readonly service: Service;
  readonly request: ArrivedRequest;
  readonly match: RouteMatch;
  readonly moment: Moment;
  readonly ids: RequestIds;
}

/** A request by one who may ask. */
export interface AdmittedRequest extends Asked {
  readonly token: TokenPlan;
}

/** Whether the token may see the product. */
export function isVisible({ token }: AdmittedRequest, { plan }: Product): boolean {
  return token.publishers?.includes(plan.publisherId ?? "contoso") ?? true;
}

/** The product with that GUID, if the token may see it. */
export function findProduct(asked: AdmittedRequest, id: string): Product | undefined {
  const product = asked.service.account.findProduct(id);
  return product !== undefined && isVisible(asked, product) ? product : undefined;
}
