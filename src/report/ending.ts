import { isRequestError, ServiceError } from "../bearer/request-error.ts";
import type { ReadyWait } from "../go-live/ready-wait.ts";
import {
  AlreadyRunningError,
  type Followed,
  followed,
  isFailure,
  NotReadyError,
  type Outcome,
  wasInterrupted,
  wasStartedHere,
} from "../go-live/outcome.ts";
import { AnswerError, type RequestName } from "../http/errors.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import { runningOne } from "../marketplace/goal.ts";
import type { Candidate, Goal, Submission } from "../marketplace/marketplace.ts";
import { UndecidedError } from "../serving-api/undecided-error.ts";
import { signInTrace } from "./sign-in-remedies.ts";
import type { Status } from "../marketplace/operation.ts";
import type { Harmless } from "../text/harmless.ts";

/** How a step ended; every kind says one thing that a person has to know. */
export type Ending =
  | Outcome
  /** Nothing was sent: this was to find out only whether a go-live would be accepted. */
  | ({
      readonly kind: "dryRun";
      /** What was asked about. Default: a go-live. */
      readonly goal?: Goal;
    } & ReadyWait)
  /** Nothing was sent, because the inputs cannot be used; a sentence for each problem. */
  | { readonly kind: "badInputs"; readonly problems: readonly Harmless[] }
  /** An error that should not exist. */
  | { readonly kind: "bug"; readonly error: unknown };

/** What was last written of a go-live: what remains to be said when the action itself breaks. */
export interface LastKnown {
  /** As the output was last written; undefined before it was. */
  readonly status: Status | undefined;
  readonly wasSent: boolean;
  readonly followed: Followed | undefined;
}

/**
 * What the output `status` is set to in the end; undefined where there is no go-live to speak of. After a bug it stays as
 * it was last seen.
 */
export function statusOf(ending: Ending, known: LastKnown): Status | undefined {
  switch (ending.kind) {
    case "dryRun":
      return dryRunStatus(ending);
    case "badInputs":
      return "rejected";
    case "bug":
      return known.status ?? "unknown";
    case "ended":
    case "underWay":
    case "deadline":
    case "interrupted":
    case "lost":
    case "contradicted":
    case "notStarted":
    case "unclear":
      return ending.status;
  }
}

/** Of a go-live, or a publish, that runs, as far as a dry run could tell: without one there is none whose status it could be. */
function dryRunStatus(ending: DryRunEnding): Status | undefined {
  if (ending.finding.kind === "notTold") return "unknown";
  return foundOne(ending) === undefined ? undefined : "running";
}

type DryRunEnding = Extract<Ending, { readonly kind: "dryRun" }>;

/** What a dry run has found running of the kind that it was asked about. */
function foundOne({ finding, goal = "live" }: DryRunEnding): Submission | undefined {
  return finding.kind === "notTold" ? undefined : runningOne(goal, finding);
}

/** Whether the step should fail; a dry run does when it could not find out. */
export function hasFailed(ending: Ending): boolean {
  switch (ending.kind) {
    case "dryRun":
      return ending.finding.kind === "notTold" || ending.timeUp === "fail";
    case "badInputs":
    case "bug":
      return true;
    case "ended":
    case "underWay":
    case "deadline":
    case "interrupted":
    case "lost":
    case "contradicted":
    case "notStarted":
    case "unclear":
      return isFailure(ending);
  }
}

/** Whether the post phase has nothing left to do, should the run be cancelled. */
export function isOver(ending: Ending): boolean {
  switch (ending.kind) {
    case "dryRun":
    case "badInputs":
      return true;
    case "bug":
      return false;
    case "ended":
    case "underWay":
    case "deadline":
    case "interrupted":
    case "lost":
    case "contradicted":
    case "notStarted":
    case "unclear":
      return !wasInterrupted(ending);
  }
}

/** The operation that the ending is about, be it one that a dry run has found running. */
export function operationOf(ending: Ending, known: LastKnown): Followed | undefined {
  switch (ending.kind) {
    case "dryRun":
      return adopted(foundOne(ending));
    case "badInputs":
      return undefined;
    case "bug":
      return known.followed;
    case "ended":
    case "underWay":
    case "deadline":
    case "interrupted":
    case "lost":
    case "contradicted":
    case "unclear":
      return followed(ending);
    case "notStarted":
      return ending.error instanceof AlreadyRunningError
        ? { reference: ending.error.reference, origin: "adopted" }
        : undefined;
  }
}

function adopted(submission: Submission | undefined): Followed | undefined {
  return submission === undefined ? undefined : { reference: submission.reference, origin: "adopted" };
}

/** The request that ended it, where one did. */
export function failedRequest(ending: Ending): RequestName | undefined {
  const error = failureOf(ending);
  return isRequestError(error) && !(error instanceof SignInError) ? error.request : undefined;
}

/** Whether the ending shows that the offer is live, with this change or as it was before. */
export function wasLive(ending: Ending, goal: Goal): boolean {
  if (ending.kind === "dryRun") return ending.finding.kind === "alreadyLive";
  if (ending.kind !== "notStarted") return goal === "live" && ending.kind === "ended" && ending.status === "succeeded";
  return ending.error instanceof NotReadyError && ending.error.obstacle.kind === "alreadyLive";
}

/** What Entra's support asks for after a sign-in that ended it; untrusted. */
export function failedSignIn(ending: Ending): string | undefined {
  const error = failureOf(ending);
  return error instanceof SignInError ? signInTrace(error) : undefined;
}

/** The id that the service gave the request that ended it, where one did; untrusted. */
export function failedRequestId(ending: Ending): string | undefined {
  return requestIdOf(failureOf(ending));
}

/** The error that ended it, where it was one that is not a bug. */
function failureOf(ending: Ending): Error | undefined {
  switch (ending.kind) {
    case "dryRun":
      return ending.finding.kind === "notTold" ? ending.finding.error : undefined;
    case "deadline":
    case "lost":
    case "notStarted":
    case "unclear":
      return ending.error;
    case "badInputs":
    case "bug":
    case "ended":
    case "underWay":
    case "interrupted":
    case "contradicted":
      return undefined;
  }
}

/** The id that the service gave a request that failed; untrusted. */
export function requestIdOf(error: Error | undefined): string | undefined {
  if (error instanceof UndecidedError) return requestIdOf(error.failure);
  return error instanceof ServiceError || error instanceof AnswerError ? error.requestId : undefined;
}

/** Whether an operation was started by somebody or something else, or perhaps was. */
export function isFromElsewhere(operation: Followed | undefined): operation is Followed {
  return operation !== undefined && !wasStartedHere(operation);
}

/** The preview that would go live, or goes live already, as a dry run has found it. */
export function previewOf(ending: Ending): Pick<Candidate, "submissionId" | "version" | "previewLinks"> | undefined {
  if (ending.kind !== "dryRun") return undefined;
  const { finding } = ending;
  if (finding.kind === "ready") return finding.candidate;
  const running = foundOne(ending);
  if (running === undefined) return undefined;
  const { submissionId, version } = running.reference;
  return { submissionId, ...(version === undefined ? {} : { version }) };
}
