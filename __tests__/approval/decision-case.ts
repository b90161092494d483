import type { GitHubReview, GitHubUser } from "../../emulator/github/api.ts";
import type { ApprovalError } from "../../src/approval/approval-error.ts";

/** One case of the gate: what GitHub says, what the inputs and the job's permissions are, and what comes of it. */
export interface DecisionCase {
  readonly title: string;
  readonly reviews: readonly GitHubReview[];
  /** The input `environment`. */
  readonly named?: string;
  /** The `environment` claim of the ID token; null: a token without it. Left out: no `id-token: write`. */
  readonly claim?: string | null;
  /** What `githubToken` may do. Default `read`; `unknown` is no token of that GitHub. */
  readonly actions?: "read" | "none" | "unknown";
  /** False: a GitHub Enterprise Server without the route. */
  readonly hasRoute?: false;
  /** The value of `githubToken`, if it is another one. */
  readonly token?: string;
  readonly expected: Passed | Refused;
  /** Run through the bundle, too. */
  readonly isRepresentative?: true;
}

export interface Passed {
  readonly approvedBy: string;
  readonly comment?: string;
}

export interface Refused {
  readonly problem: ApprovalError["problem"]["kind"];
  readonly reason: string;
  readonly remedy: string;
}

export const ANNA: GitHubUser = { login: "anna" };
export const BEN: GitHubUser = { login: "ben" };
export const APP: GitHubUser = { login: "release-gate[bot]", type: "Bot" };

export const yes = (environment: string, user: GitHubUser | null = ANNA, comment = ""): GitHubReview => ({
  environments: [environment],
  state: "approved",
  user,
  comment,
});
export const no = (environment: string, user: GitHubUser | null = BEN): GitHubReview => ({
  ...yes(environment, user),
  state: "rejected",
});
export const pending = (environment: string): GitHubReview => ({ ...yes(environment, null), state: "pending" });

const PROTECT =
  "Give the environment required reviewers (repository Settings, Environments), put `environment:` on the job";
const NEW_RUN =
  "Start a new run when it may go live: the attempts of a run share one list of reviews, so a re-run stays rejected.";
const PEOPLE = "Add people as required reviewers of the environment, and start a new run.";
const NO_PERSON =
  "`requireApproval` is set, and the environment “production” was approved by no person in this run, but by an app or an account that no longer exists";
const NOT_APPROVED = "`requireApproval` is set, and the environment “production” was not approved in this run";

export const refused = (problem: Refused["problem"], reason: string, remedy: string): Refused => ({
  problem,
  reason,
  remedy,
});
export const nobody = refused(
  "noReviews",
  "`requireApproval` is set, and nobody reviewed this run",
  `${PROTECT}, and start a new run.`,
);
export const notApproved = (others = ""): Refused =>
  refused("notApproved", NOT_APPROVED + others, `${PROTECT}, check the input \`environment\`, and start a new run.`);
export const rejected = (by: string, isApprovedToo = false): Refused =>
  refused(
    "rejected",
    `the environment “production” was rejected in this run by ${by}${isApprovedToo ? "; it was approved, too, and GitHub does not tell which of the two came last" : ""}`,
    NEW_RUN,
  );
export const stillPending = refused(
  "pending",
  "`requireApproval` is set, and the approval of the environment “production” is still pending",
  "Approve the environment first; this job should then run in it (`environment:`).",
);
export const unknownEnvironment = refused(
  "unknownEnvironment",
  "`requireApproval` is set, and it is not known which environment this job runs in: the input `environment` is empty, and the job may get no ID token, which would name it",
  "Give the job `environment:` and `permissions: id-token: write`, or set the input `environment`.",
);
export const noEnvironment = refused(
  "noEnvironment",
  "`requireApproval` is set, and this job runs in no environment: its ID token names none",
  `${PROTECT}, and start a new run.`,
);
export const otherEnvironment = (claimed: string, named = "production"): Refused =>
  refused(
    "otherEnvironment",
    `the input \`environment\` says “${named}”, but this job runs in ${claimed}, as its ID token tells`,
    "Let the job's `environment:` and the input `environment` name the same one, and start a new run.",
  );
export const unknownState = (...states: readonly string[]): Refused =>
  refused(
    "unknownState",
    `a review in this run that may be about the environment “production” is in a state that is not known, and may be a rejection: ${states.map((state) => `“${state}”`).join(", ")}`,
    "Look at the run's page for what the review says, and start a new run.",
  );
export const unnamedRejection = refused(
  "unnamedRejection",
  "somebody rejected an environment that GitHub does not name (“ben”), which may be the environment “production”",
  NEW_RUN,
);
export const similarRejection = (name: string): Refused =>
  refused(
    "similarRejection",
    `an environment was rejected in this run by “ben” whose name looks like that of the environment “production”: “${name}”`,
    NEW_RUN,
  );
export const noPerson = refused("noPerson", NO_PERSON, PEOPLE);
