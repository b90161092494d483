import type { Fault } from "../../../emulator/wire/fault.ts";
import type { Behaviour } from "../../../emulator/product-ingestion/behaviour.ts";
import type { Happening, ProductPlan } from "../../../emulator/product-ingestion/plan.ts";
import type { Route } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { AnyCase, Named } from "../fault-case.ts";

/** One way for a fault to hit a request to the Product Ingestion API. */
export interface IngestionCase extends AnyCase {
  /** More that goes wrong at the same time. */
  readonly more?: readonly Fault<Route>[];
  /** How the service behaves, apart from the fault. */
  readonly behaviour?: Partial<Behaviour>;
  readonly product?: Partial<ProductPlan>;
  /** What somebody else does meanwhile. */
  readonly happenings?: readonly Happening[];
  readonly submissionId?: string;
  /** Set where the step knows the submission that goes live, and not its job. */
  readonly isJobUnknown?: true;
}

export type NamedIngestionCase = IngestionCase & Named;
