/** One review of a run by a person or an app, as GitHub tells it: no time, and attempts of a run share one list. */
export interface Review {
  readonly environments: readonly string[];
  readonly state: string;
  /** Undefined when an account no longer exists. */
  readonly reviewer: Reviewer | undefined;
  readonly comment: string;
}

export interface Reviewer {
  readonly login: string;
  readonly isPerson: boolean;
}

/** The evidence that people approved the job's environment in this run. */
export interface Approval {
  readonly environment: string;
  /** Logins, each once, in GitHub's order. */
  readonly approvedBy: readonly string[];
  /** What the approvers wrote, without empty comments. */
  readonly comments: readonly string[];
}

/** Why a run is not held to be approved. */
export type ApprovalProblem =
  | { readonly kind: "noReviews" }
  | { readonly kind: "noneApproved"; readonly reviewed: readonly string[] }
  | { readonly kind: "ambiguous"; readonly environments: readonly string[] }
  | { readonly kind: "notApproved"; readonly environment: string; readonly approved: readonly string[] }
  | { readonly kind: "pending"; readonly environment: string }
  | {
      readonly kind: "rejected";
      readonly environment: string;
      readonly rejectedBy: readonly string[];
      /** Whether there is an approval of it, too. */
      readonly wasApproved: boolean;
    }
  | { readonly kind: "noPerson"; readonly environment: string };

/**
 * Whether people approved the environment in this run. Without a name it must be clear which one is meant: the only
 * one that was approved. A rejection counts even beside an approval: nobody can tell which of the two came last.
 */
export function decideApproval(reviews: readonly Review[], named: string | undefined): Approval | ApprovalProblem {
  const approved = environmentsIn(reviews.filter((review) => review.state === "approved"));
  const reviewed = environmentsIn(reviews);
  if (reviewed.length === 0) return { kind: "noReviews" };
  const environment = named ?? theOnly(approved.length === 0 ? reviewed : approved);
  if (environment === undefined) {
    return approved.length === 0 ? { kind: "noneApproved", reviewed } : { kind: "ambiguous", environments: approved };
  }
  const about = reviews.filter((review) => review.environments.some((name) => isSame(name, environment)));
  const rejections = about.filter((review) => review.state === "rejected");
  const approvals = about.filter((review) => review.state === "approved");
  if (rejections.length > 0) {
    return { kind: "rejected", environment, rejectedBy: logins(rejections), wasApproved: approvals.length > 0 };
  }
  if (approvals.length === 0) {
    const isPending = about.some((review) => review.state === "pending");
    return isPending ? { kind: "pending", environment } : { kind: "notApproved", environment, approved };
  }
  const byPeople = approvals.filter((review) => review.reviewer?.isPerson === true);
  if (byPeople.length === 0) return { kind: "noPerson", environment };
  const comments = byPeople.map((review) => review.comment.trim()).filter((comment) => comment !== "");
  return { environment, approvedBy: logins(byPeople), comments };
}

/** Whether a decision is an approval. */
export function isApproval(decision: Approval | ApprovalProblem): decision is Approval {
  return "approvedBy" in decision;
}

function environmentsIn(reviews: readonly Review[]): readonly string[] {
  const names = reviews.flatMap((review) => review.environments);
  return names.filter((name, at) => names.findIndex((other) => isSame(name, other)) === at);
}

function theOnly(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

function logins(reviews: readonly Review[]): readonly string[] {
  return [...new Set(reviews.flatMap((review) => (review.reviewer === undefined ? [] : [review.reviewer.login])))];
}

/** GitHub takes names of environments without regard to case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
