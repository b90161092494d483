import type { Approval } from "../approval/approval.ts";
import type { ApprovalError } from "../approval/approval-error.ts";
import { holdsToken, looksSecret } from "../text/secret-text.ts";
import { type Harmless, harmlessLine, inQuotes, joined, ours } from "../text/harmless.ts";

type Problem = ApprovalError["problem"];

const MOST_REVIEWERS_IN_OUTPUT = 50;
const MOST_COMMENTS_IN_OUTPUT = 10;
const MOST_COMMENTS_IN_REASON = 3;
const LONGEST_COMMENT_IN_OUTPUT = 1_000;

/** An approval as the outputs say it: bounded, a line for each comment, and harmless in a log. */
export function approvalOutputs({ approvedBy, comments }: Approval): {
  readonly approvedBy: string;
  readonly approvalComment: string;
} {
  const lines = comments
    .slice(0, MOST_COMMENTS_IN_OUTPUT)
    .map((comment) => harmlessLine(comment, LONGEST_COMMENT_IN_OUTPUT));
  return {
    approvedBy: approvedBy.slice(0, MOST_REVIEWERS_IN_OUTPUT).map(plainLogin).join(","),
    approvalComment: lines.join("\n"),
  };
}

/** A login holds letters, digits, `-` and `_`; anything else could be read as two logins, or by a shell. */
function plainLogin(login: string): string {
  return harmlessLine(login, 100).replaceAll(/[^\w.-]/g, "\ufffd");
}

/** Why the run is not approved, as a clause that follows a colon. */
export function approvalReason(problem: Problem): Harmless {
  switch (problem.kind) {
    case "noReviews":
      return ours("`requireApproval` is set, and nobody reviewed this run");
    case "unknownEnvironment":
      return ours(
        "`requireApproval` is set, and it is not known which environment this job runs in: the input `environment` is empty, and the job may get no ID token, which would name it",
      );
    case "noEnvironment":
      return ours("`requireApproval` is set, and this job runs in no environment: its ID token names none");
    case "otherEnvironment":
      return ours`the input \`environment\` says ${name(problem.named)}, but this job runs in ${
        problem.claimed === undefined ? "no environment" : ours`the environment ${name(problem.claimed)}`
      }, as its ID token tells`;
    case "otherRun":
      return ours`the ID token is of another run (\`${problem.claim}\`), so it does not tell which environment this job runs in`;
    case "otherTime":
      return ours`the ID token is of another time (\`${problem.claim}\`), so it does not tell which environment this job runs in`;
    case "notApproved":
      return ours`\`requireApproval\` is set, and the environment ${name(problem.environment)} was not approved in this run${
        problem.approved.length === 0 ? "" : ours`; approved were: ${names(problem.approved)}`
      }`;
    case "pending":
      return ours`\`requireApproval\` is set, and the approval of the environment ${name(problem.environment)} is still pending`;
    case "rejected":
      return ours`the environment ${name(problem.environment)} was rejected in this run by ${names(problem.rejectedBy)}${wrote(problem.comments)}${
        problem.wasApproved ? "; it was approved, too, and GitHub does not tell which of the two came last" : ""
      }`;
    case "unnamedRejection":
      return ours`somebody rejected an environment that GitHub does not name (${names(problem.rejectedBy)}${wrote(problem.comments)}), which may be the environment ${name(problem.environment)}`;
    case "similarRejection":
      return ours`an environment was rejected in this run by ${names(problem.rejectedBy)} whose name looks like that of the environment ${name(problem.environment)}: ${names(problem.rejected)}${wrote(problem.comments)}`;
    case "unknownState":
      return ours`a review in this run that may be about the environment ${name(problem.environment)} is in a state that is not known, and may be a rejection: ${names(problem.states)}`;
    case "noPerson":
      return ours`\`requireApproval\` is set, and the environment ${name(problem.environment)} was approved by no person in this run, but by an app or an account that no longer exists`;
    case "notAllowed":
      return ours("the reviews of this run may not be read with `githubToken`");
    case "badToken":
      return ours("GitHub does not accept `githubToken` (HTTP 401)");
    case "noSuchToken":
      return ours(
        "`githubToken` holds blanks, line breaks or other characters that no token has, so GitHub was not asked",
      );
    case "noRoute":
      return ours("GitHub does not know the reviews of this run (HTTP 404)");
    case "noToken":
      return ours("`githubToken` is empty, so the reviews of this run cannot be read");
    case "noRun":
      return ours(
        "`requireApproval` works inside a workflow run only (GITHUB_REPOSITORY and GITHUB_RUN_ID are not set)",
      );
    case "unreachable":
      return ours("GitHub could not be asked for the reviews of this run");
    case "noClaim":
      return ours("the job's ID token could not be read, so nobody can tell which environment it runs in");
  }
}

const PROTECT =
  "Give the environment required reviewers (repository Settings, Environments), put `environment:` on the job";
const REJECTED =
  "Start a new run when it may go live: the attempts of a run share one list of reviews, so a re-run stays rejected.";

/** What to do about it. */
export const APPROVAL_REMEDIES = {
  noReviews: `${PROTECT}, and start a new run.`,
  unknownEnvironment: "Give the job `environment:` and `permissions: id-token: write`, or set the input `environment`.",
  noEnvironment: `${PROTECT}, and start a new run.`,
  otherEnvironment: "Let the job's `environment:` and the input `environment` name the same one, and start a new run.",
  otherRun: "Check what ACTIONS_ID_TOKEN_REQUEST_URL leads to, and that no proxy answers from a store.",
  otherTime:
    "Check what ACTIONS_ID_TOKEN_REQUEST_URL leads to, that no proxy answers from a store, and the clock of this machine.",
  notApproved: `${PROTECT}, check the input \`environment\`, and start a new run.`,
  pending: "Approve the environment first; this job should then run in it (`environment:`).",
  rejected: REJECTED,
  unnamedRejection: REJECTED,
  similarRejection: REJECTED,
  unknownState: "Look at the run's page for what the review says, and start a new run.",
  noPerson: "Add people as required reviewers of the environment, and start a new run.",
  notAllowed: "Give the job `permissions: actions: read`.",
  badToken: "Leave the input `githubToken` out, or pass a token that is valid now.",
  noSuchToken: "Leave the input `githubToken` out, or pass a token alone.",
  noRoute:
    "Check that `githubToken` may read this repository (`permissions: actions: read`). An older GitHub Enterprise Server may lack the route: `requireApproval` cannot be used there.",
  noToken: "Leave the input `githubToken` out, or check the name of the secret.",
  noRun: "Run it as a step of a workflow.",
  unreachable: "GitHub may be down, or limits the requests. Run this job again in a while.",
  noClaim: "GitHub's service for ID tokens may be down. Run this job again in a while.",
} as const satisfies Record<Problem["kind"], string>;

function names(list: readonly string[]): Harmless {
  return list.length === 0 ? ours("somebody") : joined(list.slice(0, 20).map(name), ", ");
}

/** What those wrote who rejected it: it is what is to be done now. */
function wrote(comments: readonly string[]): Harmless {
  const quotes = comments.slice(0, MOST_COMMENTS_IN_REASON).map((comment) => inQuotes(comment, 300));
  return quotes.length === 0 ? ours("") : ours`, who wrote ${joined(quotes, ", ")}`;
}

function name(text: string): Harmless {
  // A secret that was put into the input `environment` would be quoted here.
  if (holdsToken(text) || looksSecret(text)) return ours("(not shown, for it may hold a secret)");
  return inQuotes(withCodePoints(text), 100);
}

/** What nobody sees: blanks around a name, several in a row, and all but letters, digits, punctuation and symbols. */
const UNSEEN_IN_NAME = /^ +| +$|(?<= ) +|[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]--[ ]]/gv;
/** What is seen and looks like another character. */
const AMBIGUOUS = /[^ -~]/gu;

/**
 * Characters beyond ASCII show with their number, and those that nobody sees as it: two names that look the same need
 * not be the same.
 */
function withCodePoints(text: string): string {
  const seen = text.replaceAll(UNSEEN_IN_NAME, (characters) => Array.from(characters, codePoint).join(""));
  return seen.replaceAll(AMBIGUOUS, (character) => character + codePoint(character));
}

function codePoint(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `[U+${number.padStart(4, "0")}]`;
}
