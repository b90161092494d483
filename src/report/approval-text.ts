import type { ApprovalError } from "../github/approval-error.ts";
import { harmlessLine } from "./harmless.ts";

type Problem = ApprovalError["problem"];

/** Why the run is not approved, as a clause that follows a colon; harmless. */
export function approvalReason(problem: Problem): string {
  switch (problem.kind) {
    case "noReviews":
      return "`requireApproval` is set, and nobody reviewed this run";
    case "noneApproved":
      return `\`requireApproval\` is set, and no environment was approved in this run; reviewed were: ${names(problem.reviewed)}`;
    case "ambiguous":
      return `\`requireApproval\` is set, and several environments were approved in this run: ${names(problem.environments)}`;
    case "notApproved":
      return `\`requireApproval\` is set, and the environment ${name(problem.environment)} was not approved in this run${
        problem.approved.length === 0 ? "" : `; approved were: ${names(problem.approved)}`
      }`;
    case "pending":
      return `\`requireApproval\` is set, and the approval of the environment ${name(problem.environment)} is still pending`;
    case "rejected":
      return `the environment ${name(problem.environment)} was rejected in this run by ${names(problem.rejectedBy)}${
        problem.wasApproved ? "; it was approved, too, and GitHub does not tell which of the two came last" : ""
      }`;
    case "noPerson":
      return `\`requireApproval\` is set, and the environment ${name(problem.environment)} was approved by no person in this run, but by an app or an account that no longer exists`;
    case "notAllowed":
      return "the reviews of this run may not be read with `githubToken`";
    case "badToken":
      return "GitHub does not accept `githubToken` (HTTP 401)";
    case "noRoute":
      return "GitHub does not know the reviews of this run (HTTP 404)";
    case "noToken":
      return "`githubToken` is empty, so the reviews of this run cannot be read";
    case "noRun":
      return "`requireApproval` works inside a workflow run only (GITHUB_REPOSITORY and GITHUB_RUN_ID are not set)";
    case "unreachable":
      return "GitHub could not be asked for the reviews of this run";
    case "noClaim":
      return "the job's ID token could not be read, so nobody can tell which environment it runs in";
  }
}

const PROTECT =
  "Give the environment required reviewers (repository Settings, Environments), put `environment:` on the job";

/** What to do about it. */
export const APPROVAL_REMEDIES = {
  noReviews: `${PROTECT}, and start a new run.`,
  noneApproved: "Start a new run, and approve the job's environment in it.",
  ambiguous: "Name the job's environment in the input `environment`, or give the job `permissions: id-token: write`.",
  notApproved: `${PROTECT}, check the input \`environment\`, and start a new run.`,
  pending: "Approve the environment first; this job should then run in it (`environment:`).",
  rejected:
    "Start a new run when it may go live: the attempts of a run share one list of reviews, so a re-run stays rejected.",
  noPerson: "Add people as required reviewers of the environment, and start a new run.",
  notAllowed: "Give the job `permissions: actions: read`.",
  badToken: "Leave the input `githubToken` out, or pass a token that is valid now.",
  noRoute:
    "Check that `githubToken` may read this repository (`permissions: actions: read`). An older GitHub Enterprise Server may lack the route: `requireApproval` cannot be used there.",
  noToken: "Leave the input `githubToken` out, or check the name of the secret.",
  noRun: "Run it as a step of a workflow.",
  unreachable: "GitHub may be down, or limits the requests. Run this job again in a while.",
  noClaim: "Name the job's environment in the input `environment`, or run this job again in a while.",
} as const satisfies Record<Problem["kind"], string>;

function names(list: readonly string[]): string {
  return list.length === 0 ? "somebody" : list.slice(0, 20).map(name).join(", ");
}

function name(text: string): string {
  return `“${harmlessLine(text, 100)}”`;
}
