import type { Environment } from "../environment.ts";
import { isObject, type JsonObject, readObjects, readText } from "../json.ts";
import type { Review } from "./approval.ts";
import { ApprovalError, type UnreadableReason } from "./approval-error.ts";

/** The run whose reviews are read, as the runner names it in the environment. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repository: string;
  readonly runId: number;
  readonly apiUrl: string;
}

/** The run that this job belongs to. Throws an {@link ApprovalError} outside of a workflow. */
export function readWorkflowRun(environment: Environment): WorkflowRun {
  const [owner, repository] = (environment["GITHUB_REPOSITORY"] ?? "").split("/");
  const runId = Number(environment["GITHUB_RUN_ID"]);
  if (!owner || !repository || !Number.isSafeInteger(runId) || runId <= 0) throw new ApprovalError({ kind: "noRun" });
  return { owner, repository, runId, apiUrl: environment["GITHUB_API_URL"] || "https://api.github.com" };
}

/**
 * The reviews of a run, every page of them: https://docs.github.com/rest/actions/workflow-runs. Throws an
 * {@link ApprovalError} when they cannot be read.
 */
export async function readReviews(run: WorkflowRun, token: string, signal: AbortSignal): Promise<readonly Review[]> {
  if (token === "") throw new ApprovalError({ kind: "noToken" });
  // Loaded only here: most runs ask for no approval.
  const { getOctokit } = await import("@actions/github");
  const octokit = getOctokit(token, { baseUrl: run.apiUrl });
  const request = { owner: run.owner, repo: run.repository, run_id: run.runId, per_page: 100, request: { signal } };
  try {
    const reviews: unknown = await octokit.paginate(octokit.rest.actions.getReviewsForRun, request);
    return readObjects(reviews).map(readReview);
  } catch (error) {
    throw new ApprovalError({ kind: readReason(error) }, error);
  }
}

function readReview(review: JsonObject): Review {
  const environments = readObjects(review["environments"]).flatMap((entry) => readText(entry["name"]) ?? []);
  const user = isObject(review["user"]) ? review["user"] : undefined;
  const login = readText(user?.["login"]);
  return {
    environments,
    state: readText(review["state"]) ?? "",
    reviewer: login === undefined ? undefined : { login, isPerson: user?.["type"] !== "Bot" },
    comment: readText(review["comment"]) ?? "",
  };
}

function readReason(error: unknown): UnreadableReason {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  if (status === 404) return "noRoute";
  // A limit on requests also answers 403, and passes.
  if (status === 401 || (status === 403 && !isRateLimit(error))) return "notAllowed";
  return "unreachable";
}

function isRateLimit(error: unknown): boolean {
  return error instanceof Error && /rate limit/i.test(error.message);
}
