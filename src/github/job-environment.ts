import { isSameText } from "../ascii-case.ts";
import { type JsonObject, readText } from "../json.ts";
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
  | { readonly kind: "otherRun"; readonly claim: RunClaim };

/** The claims by which an ID token is known to be of this run. */
export type RunClaim = "run_id" | "repository" | "run_attempt";

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
