import type { Behaviour, Fault, OfferPlan, OperationPlan } from "../../emulator/emulator.ts";
import type { OperationStatus, Status } from "../../src/marketplace/operation.ts";
import type { FaultKind } from "./fault.ts";

/** Every request of a kind after the first, as far as anybody asks. */
export const AFTER_THE_FIRST: readonly number[] = Array.from({ length: 40 }, (_, index) => index + 2);

/** What must come of a fault. */
export interface Ending {
  /** What that means, for the page. */
  readonly meaning: string;
  /** Every request that is sent, in order: `GET list ×2, (GET operation, GET list) ×n`; `×n`: as many as time allows. */
  readonly sent: string;
  /** The output `status`; the post phase writes none. */
  readonly status?: Status;
  readonly exitCode: 0 | 1;
  /** A phrase of the log. */
  readonly says: string;
  /** How many go-lives the service has accepted in the end. */
  readonly accepted: 0 | 1 | 2;
  /** How the go-live truly stands in the end. */
  readonly truth?: OperationStatus;
}

/** One way for a fault to hit a request, whichever API is asked. */
export interface AnyCase {
  /** Whether the fault hits the first request of its kind only, or all of them; left out where there is no fault. */
  readonly times?: "once" | "always";
  /** Whether the service did what the request asks for all the same; left out where the request changes nothing. */
  readonly isCarriedOut?: boolean;
  readonly ending: Ending;
  /** More about the fault, where it comes in a form of its own here. */
  readonly form?: string;
  readonly act?: FaultKind["act"];
  /** How the log names the fault, where that is different here; null when the fault changes nothing. */
  readonly reason?: string | null;
  /** The shortest pause before the next request of the kind, or before the next sending. */
  readonly leastPauseMs?: number;
  /** The longest time that the whole step may take, on its own clock. */
  readonly mostMs?: number;
  /** How long the step waits. */
  readonly timeoutMinutes?: number;
  /**
   * How many times faster than real time the step's clock runs: so fast that the case is over within seconds, but no
   * faster, or the 30 s of a request are over before a busy machine has sent it.
   */
  readonly timeFactor: number;
}

/** One way for a fault to hit a request to the Cloud Partner Portal. */
export interface FaultCase extends AnyCase {
  /** More that goes wrong at the same time. */
  readonly more?: readonly Fault[];
  /** How the service behaves, apart from the fault. */
  readonly behaviour?: Partial<Behaviour>;
  readonly goLive?: OperationPlan;
  readonly history?: OfferPlan["history"];
  readonly state?: OfferPlan["state"];
  /** Set when a go-live was started right before, by another run. */
  readonly isBegun?: true;
}

/** What a case of its own is called, which is not about a fault that can hit every request. */
export interface Named {
  readonly title: string;
}

export type NamedCase = FaultCase & Named;

/** A case that makes no sense, and why. */
export interface SenselessCase {
  readonly senseless: string;
}

/** A fault of one request, in each case. */
export type Cell<Case extends AnyCase = FaultCase> = readonly (Case | SenselessCase)[];
