import type { Clock } from "../clock.ts";
import type { Environment } from "../environment.ts";
import { type Approval, decideApproval, isApproval } from "./approval.ts";
import { ApprovalError } from "./approval-error.ts";
import { type ClaimedEnvironment, decideEnvironment, foreignClaim, untimelyClaim } from "./job-environment.ts";
import { readReviews, readWorkflowRun, type WorkflowRun } from "./reviews.ts";
import type { ProxySettings } from "../http/proxy.ts";
import type { OpenTransport } from "../http/transport.ts";
import type { IdTokenSource } from "../identity/id-token.ts";
import { readClaims } from "../token/json-web-token.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import type { ApprovalInputs } from "../inputs/inputs.ts";

export interface ApprovalGateOptions {
  readonly inputs: ApprovalInputs;
  readonly environment: Environment;
  readonly idToken: IdTokenSource;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  readonly proxy: ProxySettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Any audience will do: the ID token goes nowhere, only its claims are read. */
const AUDIENCE = "azure-marketplace-go-live";
/** Pauses between the tries to read from GitHub. */
const READ_PAUSES_MS = [1_000, 3_000, 10_000] as const;

/**
 * The approval of the job's environment in this run, by people. Throws an {@link ApprovalError} when there is none, when
 * it is not known which environment the job runs in, or when either cannot be read: then nothing may be sent.
 */
export async function passApprovalGate(options: ApprovalGateOptions): Promise<Approval> {
  const { inputs } = options;
  const run = readWorkflowRun(options.environment);
  const claimed = await patiently(() => readClaimedEnvironment(run, options), options);
  const environment = decideEnvironment(inputs.environment, claimed);
  if (typeof environment !== "string") throw new ApprovalError(environment);
  const reviews = await patiently(() => readReviews(run, { ...options, token: inputs.githubToken }), options);
  const decision = decideApproval(reviews, environment);
  if (isApproval(decision)) return decision;
  throw new ApprovalError(decision);
}

async function patiently<T>(read: () => Promise<T>, { clock, signal }: ApprovalGateOptions): Promise<T> {
  for (const pauseMs of READ_PAUSES_MS) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ApprovalError) || !error.isPassing || signal.aborted) throw error;
      await clock.sleep(pauseMs, signal);
      if (signal.aborted) throw error;
    }
  }
  return read();
}

/**
 * The environment in the job's ID token: the only place inside a job that names it. Where the job may get ID tokens and
 * none comes, the input must not stand in for it: then a fault would be the way around the comparison.
 */
async function readClaimedEnvironment(run: WorkflowRun, options: ApprovalGateOptions): Promise<ClaimedEnvironment> {
  const { environment } = options;
  // Without `permissions: id-token: write` the runner sets neither.
  if (!environment["ACTIONS_ID_TOKEN_REQUEST_URL"] && !environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]) {
    return { kind: "noIdToken" };
  }
  const claims = readClaims(await readIdToken(options));
  if (claims === undefined) throw noClaim("the ID token is no JWT");
  const claim = foreignClaim(claims, run, environment["GITHUB_RUN_ATTEMPT"]);
  if (claim !== undefined) throw new ApprovalError({ kind: "otherRun", claim });
  const time = untimelyClaim(claims, options.clock.now());
  if (time !== undefined) throw new ApprovalError({ kind: "otherTime", claim: time });
  const name = claims["environment"];
  return { kind: "claimed", environment: typeof name === "string" && name !== "" ? name : undefined };
}

async function readIdToken({ idToken, signal }: ApprovalGateOptions): Promise<string> {
  try {
    return await idToken(AUDIENCE, signal);
  } catch (error) {
    throw error instanceof SignInError ? noClaim(error) : error;
  }
}

function noClaim(cause: unknown): ApprovalError {
  return new ApprovalError({ kind: "noClaim" }, cause);
}
