import type { Claims } from "../wire/jwt.ts";

/** The job that asks for ID tokens. Everything has a default. */
export interface GitHubJob {
  readonly owner?: string;
  readonly repository?: string;
  readonly ownerId?: string;
  readonly repositoryId?: string;
  /** The job's environment; null: it has none, and its subject names the ref. */
  readonly environment?: string | null;
  readonly ref?: string;
  /** The run of the job. */
  readonly runId?: number;
  /** The attempt of the run. */
  readonly runAttempt?: number;
  /**
   * `plain`: `repo:OWNER/REPO:environment:NAME`; `immutable`, of repositories made, renamed or moved after 2026-07-15:
   * `repo:OWNER@ID/REPO@ID:environment:NAME`. Default `plain`.
   */
  readonly subjectForm?: "plain" | "immutable";
}

const defaultJob = {
  owner: "contoso",
  repository: "marketplace",
  ownerId: "65141001",
  repositoryId: "802700117",
  environment: "production",
  ref: "refs/heads/main",
  runId: 19_283_746_501,
  runAttempt: 1,
  subjectForm: "plain",
} as const satisfies GitHubJob;

/** The claims of a job that GitHub states besides those of time and audience. */
export function jobClaims(job: GitHubJob): Claims & { readonly sub: string } {
  const { owner, repository, ownerId, repositoryId, environment, ref } = { ...defaultJob, ...job };
  const { runId, runAttempt } = { ...defaultJob, ...job };
  const workflow = `${owner}/${repository}/.github/workflows/go-live.yml@${ref}`;
  return {
    sub: subjectOf(job),
    ...(environment === null ? {} : { environment }),
    ref,
    ref_type: "branch",
    ref_protected: "true",
    sha: "5d1e0a1c2b3f4e5d6c7b8a990a1b2c3d4e5f6071",
    repository: `${owner}/${repository}`,
    repository_owner: owner,
    repository_id: repositoryId,
    repository_owner_id: ownerId,
    repository_visibility: "private",
    enterprise: owner,
    enterprise_id: "20117",
    run_id: String(runId),
    run_number: "7",
    run_attempt: String(runAttempt),
    actor: "octocat",
    actor_id: "583231",
    workflow: "go-live",
    workflow_ref: workflow,
    workflow_sha: "5d1e0a1c2b3f4e5d6c7b8a990a1b2c3d4e5f6071",
    job_workflow_ref: workflow,
    job_workflow_sha: "5d1e0a1c2b3f4e5d6c7b8a990a1b2c3d4e5f6071",
    head_ref: "",
    base_ref: "",
    event_name: "workflow_dispatch",
    runner_environment: "github-hosted",
  };
}

/** The subject of a job's ID tokens. */
export function subjectOf(job: GitHubJob): string {
  const { owner, repository, ownerId, repositoryId, environment, ref, subjectForm } = { ...defaultJob, ...job };
  const name = subjectForm === "plain" ? `${owner}/${repository}` : `${owner}@${ownerId}/${repository}@${repositoryId}`;
  return `repo:${name}:${environment === null ? `ref:${ref}` : `environment:${environment}`}`;
}
