import { isSameText } from "../text/ascii-case.ts";
import { type JsonObject, readText } from "../text/json.ts";
import type { WorkflowRun } from "./reviews.ts";

/** Why it is not known which environment the job runs in, or that it runs in the one that the inputs name. */
export type EnvironmentProblem =
  /** The input is empty, and the job may get no ID token. */
  | { readonly kind: "unknownEnvironment" }
  /** The input is empty, and the ID token names no environment. */
  | { readonly kind: "noEnvironment" }
  /** The input names another environment than the ID token; undefined: that one names none. */
  | { readonly kind: "otherEnvironment"; readonly named: string; readonly claimed: string | undefined }
  /** The ID token does not say that it is of this run. */
  | { readonly kind: "otherRun"; readonly claim: RunClaim }
  /** The ID token was made for another time. */
  | { readonly kind: "otherTime"; readonly claim: TimeClaim };

/** The claims by which an ID token is known to be of this run. */
export type RunClaim = "run_id" | "repository" | "run_attempt";

/** The claims that say when an ID token is good. */
export type TimeClaim = "exp" | "nbf";

/** What is known of the job from its ID token. */
export type ClaimedEnvironment =
  /** The job may get no ID token. */
  | { readonly kind: "noIdToken" }
  /** The environment that the ID token names; undefined when the job has none. */
  | { readonly kind: "claimed"; readonly environment: string | undefined };

/**
 * The environment that the job runs in, by the input and the ID token. Where there is an ID token it must agree: the
 * input alone counts only when no ID token can be had.
 */
export function decideEnvironment(named: string | undefined, claimed: ClaimedEnvironment): string | EnvironmentProblem {
  if (claimed.kind === "noIdToken") return named ?? { kind: "unknownEnvironment" };
  const { environment } = claimed;
  if (named === undefined) return environment ?? { kind: "noEnvironment" };
  if (environment !== undefined && isSameText(named, environment)) return environment;
  return { kind: "otherEnvironment", named, claimed: environment };
}

/**
 * The claim by which an ID token is not known to be of this run; undefined when it is. A missing claim speaks against
 * it, but for the attempt's: GitHub Enterprise Server did not always state that.
 * https://docs.github.com/actions/reference/security/oidc#oidc-token-claims
 */
export function foreignClaim(claims: JsonObject, run: WorkflowRun, attempt: string | undefined): RunClaim | undefined {
  if (readText(claims["run_id"]) !== String(run.runId)) return "run_id";
  const repository = readText(claims["repository"]);
  if (repository === undefined || !isSameText(repository, `${run.owner}/${run.repository}`)) return "repository";
  const claimed = claims["run_attempt"];
  return claimed === undefined || !attempt || claimed === attempt ? undefined : "run_attempt";
}

/** So far may the clock of the machine be from GitHub's. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * The claim by which an ID token is not known to be good at that time; undefined when it is: RFC 7519, section 4.1. One
 * that does not say when it ends may have been kept.
 */
export function untimelyClaim({ exp, nbf }: JsonObject, nowMs: number): TimeClaim | undefined {
  if (typeof exp !== "number" || exp * 1_000 + CLOCK_SLACK_MS <= nowMs) return "exp";
  if (nbf === undefined) return undefined;
  return typeof nbf === "number" && nbf * 1_000 - CLOCK_SLACK_MS <= nowMs ? undefined : "nbf";
}
