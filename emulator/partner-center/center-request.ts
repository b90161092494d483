import type { TokenPlan } from "../wire/bearer.ts";
import type { Moment } from "../wire/delayed-effects.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import type { AccessRules } from "./access.ts";
import type { Account } from "./account.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Product } from "./product.ts";
import type { Submission } from "./submission.ts";

/** What the service answers from. */
export interface Service {
  readonly access: AccessRules;
  readonly behaviour: Behaviour;
  readonly account: Account;
}

/** A request by one who may ask. */
export interface CallerRequest {
  readonly service: Service;
  readonly request: ArrivedRequest;
  readonly moment: Moment;
  readonly caller: TokenPlan;
}

/** A request about a product that exists, by one who sees it. */
export interface ProductRequest extends CallerRequest {
  readonly product: Product;
}

/** A request about a submission of it. */
export interface SubmissionRequest extends ProductRequest {
  readonly submission: Submission;
}
