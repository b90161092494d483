import { inLowerCase, isSameText } from "../text/ascii-case.ts";
import { withoutInvisible } from "../text/invisible.ts";

/** One review of a run by a person or an app, as GitHub tells it: no time, and attempts of a run share one list. */
export interface Review {
  /** Their names; an empty one where GitHub gives none. */
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
  | { readonly kind: "notApproved"; readonly environment: string; readonly approved: readonly string[] }
  | { readonly kind: "pending"; readonly environment: string }
  | {
      readonly kind: "rejected";
      readonly environment: string;
      readonly rejectedBy: readonly string[];
      /** What they wrote, without empty comments. */
      readonly comments: readonly string[];
      /** Whether there is an approval of it, too. */
      readonly wasApproved: boolean;
    }
  /** A rejection that names no environment may be about this one. */
  | {
      readonly kind: "unnamedRejection";
      readonly environment: string;
      readonly rejectedBy: readonly string[];
      readonly comments: readonly string[];
    }
  /** A rejection of a name that differs in what readers hardly see may be about this one. */
  | {
      readonly kind: "similarRejection";
      readonly environment: string;
      readonly rejected: readonly string[];
      readonly rejectedBy: readonly string[];
      readonly comments: readonly string[];
    }
  /** A state that nobody here knows may be another word for a rejection. */
  | { readonly kind: "unknownState"; readonly environment: string; readonly states: readonly string[] }
  | { readonly kind: "noPerson"; readonly environment: string };

/** What a review says; a word that is none of GitHub's is never an approval. */
type Verdict = "approved" | "rejected" | "pending" | "unknown";

const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ["approved", "approved"],
  ["rejected", "rejected"],
  ["pending", "pending"],
]);

/**
 * Whether people approved the environment in this run. A rejection counts even beside an approval: nobody can tell
 * which of the two came last. So does whatever may be a rejection.
 */
export function decideApproval(reviews: readonly Review[], environment: string): Approval | ApprovalProblem {
  const about = reviews.filter(({ environments }) => environments.some((name) => isSameText(name, environment)));
  const approvals = about.filter(is("approved"));
  const objection = objectionTo(environment, about, reviews);
  if (objection !== undefined) return objection;
  if (environmentsIn(reviews).length === 0) return { kind: "noReviews" };
  if (approvals.length === 0) {
    if (about.some(is("pending"))) return { kind: "pending", environment };
    return { kind: "notApproved", environment, approved: environmentsIn(reviews.filter(is("approved"))) };
  }
  const byPeople = approvals.filter((review) => review.reviewer?.isPerson === true);
  if (byPeople.length === 0) return { kind: "noPerson", environment };
  return { environment, approvedBy: logins(byPeople), comments: commentsIn(byPeople) };
}

/** Whether a decision is an approval. */
export function isApproval(decision: Approval | ApprovalProblem): decision is Approval {
  return "approvedBy" in decision;
}

/** What no approval outweighs: a rejection, or what may be one. */
function objectionTo(
  environment: string,
  about: readonly Review[],
  reviews: readonly Review[],
): ApprovalProblem | undefined {
  const rejections = about.filter(is("rejected"));
  if (rejections.length > 0) {
    const wasApproved = about.some(is("approved"));
    return { kind: "rejected", environment, ...wordOf(rejections), wasApproved };
  }
  const unnamed = reviews.filter(isUnnamed);
  const unnamedRejections = unnamed.filter(is("rejected"));
  if (unnamedRejections.length > 0) {
    return { kind: "unnamedRejection", environment, ...wordOf(unnamedRejections) };
  }
  const isSimilarTo = isSimilar(environment);
  const similar = reviews.filter(({ environments }) => environments.some(isSimilarTo));
  const similarRejections = similar.filter(is("rejected"));
  if (similarRejections.length > 0) {
    const rejected = environmentsIn(similarRejections).filter(isSimilarTo);
    return { kind: "similarRejection", environment, rejected, ...wordOf(similarRejections) };
  }
  const unknown = [...new Set([...about, ...unnamed, ...similar])].filter(is("unknown"));
  if (unknown.length === 0) return undefined;
  return { kind: "unknownState", environment, states: [...new Set(unknown.map(({ state }) => state))] };
}

function is(verdict: Verdict): (review: Review) => boolean {
  return ({ state }) => (VERDICTS.get(inLowerCase(state)) ?? "unknown") === verdict;
}

function isUnnamed({ environments }: Review): boolean {
  return environments.length === 0 || environments.some((name) => withoutUnseen(name) === "");
}

/**
 * Whether a name is the same to the eye. For an approval that is not enough; for a rejection it is, because it is
 * GitHub that decides which names are one.
 */
function isSimilar(environment: string): (name: string) => boolean {
  return (name) => withoutUnseen(name) === withoutUnseen(environment);
}

/** A name without blanks around it and what nobody sees, with each character that looks like a plain one as that. */
function withoutUnseen(name: string): string {
  return withoutInvisible(name.normalize("NFKC")).trim().toLowerCase();
}

function environmentsIn(reviews: readonly Review[]): readonly string[] {
  const names = reviews.flatMap((review) => review.environments).filter((name) => withoutUnseen(name) !== "");
  return names.filter((name, at) => names.findIndex((other) => isSameText(name, other)) === at);
}

/** Who rejected, and what they wrote. */
function wordOf(rejections: readonly Review[]): {
  readonly rejectedBy: readonly string[];
  readonly comments: readonly string[];
} {
  return { rejectedBy: logins(rejections), comments: commentsIn(rejections) };
}

function commentsIn(reviews: readonly Review[]): readonly string[] {
  return reviews.map((review) => review.comment.trim()).filter((comment) => comment !== "");
}

function logins(reviews: readonly Review[]): readonly string[] {
  return [...new Set(reviews.flatMap((review) => (review.reviewer === undefined ? [] : [review.reviewer.login])))];
}
