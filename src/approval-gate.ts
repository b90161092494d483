import type { Clock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import { type Approval, decideApproval, isApproval } from "./github/approval.ts";
import { ApprovalError } from "./github/approval-error.ts";
import { readReviews, readWorkflowRun } from "./github/reviews.ts";
import type { ProxySettings } from "./http/proxy.ts";
import type { OpenTransport } from "./http/transport.ts";
import type { IdTokenSource } from "./identity/id-token.ts";
import { readClaims } from "./token/json-web-token.ts";
import { SignInError } from "./identity/sign-in-error.ts";
import type { ApprovalInputs } from "./inputs.ts";
import { readText } from "./json.ts";

export interface ApprovalGateOptions {
  readonly inputs: ApprovalInputs;
  readonly environment: Environment;
  readonly idToken: IdTokenSource;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  readonly proxy: ProxySettings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Any audience will do: the ID token goes nowhere, only its `environment` claim is read. */
const AUDIENCE = "azure-marketplace-go-live";
/** Pauses between the tries to read from GitHub. */
const READ_PAUSES_MS = [1_000, 3_000, 10_000] as const;

/**
 * The approval of the job's environment in this run, by people. Throws an {@link ApprovalError} when there is none, or
 * when it cannot be read: then nothing may be sent.
 */
export async function passApprovalGate(options: ApprovalGateOptions): Promise<Approval> {
  const { inputs } = options;
  const run = readWorkflowRun(options.environment);
  const reviews = await patiently(() => readReviews(run, { ...options, token: inputs.githubToken }), options);
  const named = inputs.environment ?? (await patiently(() => readClaimedEnvironment(options), options));
  const decision = decideApproval(reviews, named);
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
 * The environment in the job's ID token: the only place inside a job that names it. Undefined without the permission,
 * or when the job has none. Where it cannot be read, another environment's approval must not stand in for it.
 */
async function readClaimedEnvironment(options: ApprovalGateOptions): Promise<string | undefined> {
  if (!options.environment["ACTIONS_ID_TOKEN_REQUEST_URL"]) return undefined;
  const claims = readClaims(await readIdToken(options));
  if (claims === undefined) throw noClaim("the ID token is no JWT");
  return readText(claims["environment"]);
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
