import type { Clock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import { type Approval, decideApproval, isApproval, type Review } from "./github/approval.ts";
import { ApprovalError } from "./github/approval-error.ts";
import { readReviews, readWorkflowRun, type WorkflowRun } from "./github/reviews.ts";
import { readClaims } from "./identity/json-web-token.ts";
import type { ApprovalInputs } from "./inputs.ts";
import { readText } from "./json.ts";

export interface ApprovalGateOptions {
  readonly inputs: ApprovalInputs;
  readonly environment: Environment;
  readonly idToken: (audience: string) => Promise<string>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Any audience will do: the ID token goes nowhere, only its `environment` claim is read. */
const AUDIENCE = "azure-marketplace-go-live";
/** Pauses between the tries to read the reviews. */
const READ_PAUSES_MS = [1_000, 3_000, 10_000] as const;

/**
 * The approval of the job's environment in this run, by people. Throws an {@link ApprovalError} when there is none, or
 * when it cannot be read: then nothing may be sent.
 */
export async function passApprovalGate(options: ApprovalGateOptions): Promise<Approval> {
  const run = readWorkflowRun(options.environment);
  const reviews = await readPatiently(run, options);
  const named = options.inputs.environment ?? (await readClaimedEnvironment(options));
  const decision = decideApproval(reviews, named);
  if (isApproval(decision)) return decision;
  throw new ApprovalError(decision);
}

async function readPatiently(run: WorkflowRun, options: ApprovalGateOptions): Promise<readonly Review[]> {
  const { inputs, clock, signal } = options;
  for (const pauseMs of READ_PAUSES_MS) {
    try {
      return await readReviews(run, inputs.githubToken, signal);
    } catch (error) {
      if (!(error instanceof ApprovalError) || error.problem.kind !== "unreachable" || signal.aborted) throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
  return readReviews(run, inputs.githubToken, signal);
}

/** The environment in the job's ID token: the only place inside a job that names it. Undefined without the permission. */
async function readClaimedEnvironment(options: ApprovalGateOptions): Promise<string | undefined> {
  if (!options.environment["ACTIONS_ID_TOKEN_REQUEST_URL"]) return undefined;
  try {
    return readText(readClaims(await options.idToken(AUDIENCE))?.["environment"]);
  } catch {
    // Not to know the name is no approval: the reviews then have to be clear by themselves.
    return undefined;
  }
}
