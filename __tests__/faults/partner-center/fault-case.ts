import type { Behaviour } from "../../../emulator/partner-center/behaviour.ts";
import type { Happening, ProductPlan } from "../../../emulator/partner-center/plan.ts";
import type { Route } from "../../../emulator/partner-center/vocabulary.ts";
import type { Fault } from "../../../emulator/wire/fault.ts";
import type { AnyCase, Named } from "../fault-case.ts";

/** One way for a fault to hit a request to the Partner Center submission API. */
export interface CenterCase extends AnyCase {
  /** More that goes wrong at the same time. */
  readonly more?: readonly Fault<Route>[];
  /** How the service behaves, apart from the fault. */
  readonly behaviour?: Partial<Behaviour>;
  readonly product?: Partial<ProductPlan>;
  /** Products beside it. */
  readonly others?: readonly ProductPlan[];
  /** What somebody else does meanwhile. */
  readonly happenings?: readonly Happening[];
  readonly productId?: string;
}

export type NamedCenterCase = CenterCase & Named;
