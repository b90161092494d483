import type { Cancellation } from "../go-live/cancel.ts";
import type { Approval } from "../approval/approval.ts";
import type { Inputs } from "../inputs/inputs.ts";
import type { Operation } from "../marketplace/operation.ts";
import { followed, type Outcome, wasStartedHere } from "../go-live/outcome.ts";
import type { RunPage } from "../runner/run-page.ts";
import type { Conclusion } from "./conclusion.ts";
import type { Timeline } from "./timeline.ts";

/** What was to be done, as far as it is told. */
export type Plan = Pick<
  Inputs,
  | "offer"
  | "api"
  | "approval"
  | "signIn"
  | "wait"
  | "timeoutMs"
  | "pollIntervalMs"
  | "ifRunning"
  | "onCancel"
  | "dryRun"
  | "watchOnly"
  | "apiVersion"
  | "endpoint"
>;

/** The request ids that Microsoft's support asks for; untrusted. */
export interface RequestIds {
  /** Of the answer to the go-live. */
  readonly goLive: string | undefined;
  readonly last: string | undefined;
}

/** All that there is to tell at the end. Times are in milliseconds since the epoch. */
export interface Report {
  readonly outcome: Outcome;
  /** What became of the wish to have the go-live cancelled, where the run was. */
  readonly cancellation?: Cancellation;
  readonly conclusion: Conclusion;
  readonly plan: Plan;
  readonly page: RunPage;
  readonly startMs: number;
  readonly nowMs: number;
  /** The operation as it was last seen. */
  readonly operation: Operation | undefined;
  readonly listing: string;
  readonly approval: Approval | undefined;
  readonly timeline: Timeline;
  readonly requestIds: RequestIds;
}

/** The id of the request that ended it, where one did; untrusted. */
export function failedRequestId(outcome: Outcome): string | undefined {
  return requestIdOf("error" in outcome ? outcome.error : undefined);
}

/** The id that the service gave a request that failed; untrusted. */
export function requestIdOf(error: Error | undefined): string | undefined {
  return error !== undefined && "requestId" in error && typeof error.requestId === "string"
    ? error.requestId
    : undefined;
}

/** Whether nobody can tell who started the operation that the step follows. */
export function isDoubtful(outcome: Outcome): boolean {
  return followed(outcome)?.origin === "doubtful";
}

/** Whether the step follows an operation that it did not start, or perhaps did not. */
export function isFromElsewhere(outcome: Outcome): boolean {
  const operation = followed(outcome);
  return operation !== undefined && !wasStartedHere(operation);
}

/** Whether a go-live goes on, or may, that a later step can follow. */
export function goesOn(outcome: Outcome): boolean {
  return outcome.kind !== "ended" && followed(outcome) !== undefined;
}
