import { findTrace } from "./baseline.ts";
import { isSameId, isTowards } from "../marketplace/goal.ts";
import type { Goal, Objection, Obstacle, Standing, Submission } from "../marketplace/marketplace.ts";
import { type Fault, hasEnded, type Operation, type Step, type StepStatus } from "../marketplace/operation.ts";
import type { Followed } from "./outcome.ts";

/** Why an operation's word for its end is not believed. */
export type Contradiction =
  /** Its own step that makes the offer live has not been done. */
  | { readonly kind: "liveStep"; readonly step: Step }
  /** The list says that it is a publish to preview, or, of what was to be one, that it is a go-live. */
  | { readonly kind: "listedAsPreview" | "listedAsGoLive" }
  /** The list gives it another state. */
  | { readonly kind: "listedOtherwise"; readonly submission: Submission }
  /** The service had taken it, and has not begun it for longer than that can take. */
  | { readonly kind: "notBegun" }
  /** Only the list shows for certain what is live, or in preview, and it could not be read. */
  | { readonly kind: "notShown" }
  /** The list does not show it among what is live, or in preview. */
  | { readonly kind: "notLive" }
  /** It was read at a place that operations share, and the list shows no go-live that has ended so. */
  | { readonly kind: "notListed" }
  /** The offer as a whole does, and the list shows no later operation that it may be about. */
  | Objection
  /** It carries an error. */
  | { readonly kind: "ownFault"; readonly fault: Fault }
  /** The inputs name it, and nothing that can be read says that it is a go-live, or a publish to preview. */
  | { readonly kind: "perhapsPreview" | "perhapsGoLive" }
  /** It was to make the offer ready to go live, which it is not. */
  | { readonly kind: "notReady"; readonly obstacle: Obstacle };

/**
 * What speaks against the end that an operation names; undefined when nothing does, or nothing is known: the `standing` is
 * undefined where it could not be asked for.
 */
export function findContradiction(
  operation: Operation,
  standing: Standing | undefined,
  followed: Followed,
  goal: Goal = "live",
): Contradiction | undefined {
  const entry = standing === undefined ? undefined : findEntry(standing, followed, goal, operation);
  const listed = compareListed(operation, entry, standing !== undefined, followed, goal);
  if (listed !== undefined || operation.status !== "succeeded") return listed;
  if (operation.fault !== undefined) return { kind: "ownFault", fault: operation.fault };
  const unfit = goal === "live" ? readLive(operation, entry, followed) : readPreview(entry, followed);
  if (unfit !== undefined) return unfit;
  if (standing !== undefined) {
    return goal === "live" ? readObjection(standing, entry) : readUnready(standing, operation);
  }
  const needsList = followed.reference.isListedWhenLive === true && operation.isListedLive !== true;
  return needsList ? { kind: "notShown" } : undefined;
}

/** What of its own speaks against a go-live that has succeeded. */
function readLive(operation: Operation, entry: Submission | undefined, followed: Followed): Contradiction | undefined {
  const step = operation.steps.find((one) => one.makesLive === true && UNDONE.has(one.status));
  if (step !== undefined) return { kind: "liveStep", step };
  return isKnownGoLive(operation, entry, followed) ? undefined : { kind: "perhapsPreview" };
}

/** The same of a publish: of what the inputs name something must say that it is one, for a go-live succeeds as well. */
function readPreview(entry: Submission | undefined, { origin, reference }: Followed): Contradiction | undefined {
  const isKnown = origin !== "watched" || entry !== undefined || reference.goal === "preview";
  return isKnown ? undefined : { kind: "perhapsGoLive" };
}

/** What a publish is for is an offer that is ready to go live, with the preview that it has made. */
function readUnready({ readiness: { live } }: Standing, { submissionId }: Operation): Contradiction | undefined {
  if (live.kind === "notTold") return undefined;
  // Which one goes live then is for the inputs of that run to say.
  if (live.kind === "ambiguous" && live.submissionIds.some((id) => isSameId(id, submissionId ?? ""))) return undefined;
  if (live.kind !== "ready") return { kind: "notReady", obstacle: live };
  const { candidate } = live;
  const isOther = submissionId !== undefined && candidate.submissionId !== undefined;
  return isOther && !isSameId(candidate.submissionId, submissionId)
    ? { kind: "notReady", obstacle: { kind: "replaced", candidate } }
    : undefined;
}

function readObjection({ submissions, objection }: Standing, entry: Submission | undefined): Objection | undefined {
  const hasLater = (isOne: (submission: Submission) => boolean): boolean =>
    submissions.some((one) => isAfter(one.changedAtMs, entry?.changedAtMs) && isOne(one));
  switch (objection?.kind) {
    case undefined:
    case "neverPublished":
      return objection;
    case "offerFailed":
      return hasLater(() => true) ? undefined : objection;
    case "signOffWaits":
      return hasLater(mayWait) ? undefined : objection;
  }
}

/** Of what the inputs name something must say that it is a go-live: a publish to preview succeeds as well. */
function isKnownGoLive({ steps, liveLinks }: Operation, entry: Submission | undefined, { origin }: Followed): boolean {
  return (
    origin !== "watched" ||
    entry !== undefined ||
    liveLinks.length > 0 ||
    steps.some(({ makesLive }) => makesLive === true)
  );
}

/**
 * The entry of the list that is the followed operation; at a shared place the one that must be meant, if any. Of several
 * under one id the one that says otherwise than the `operation` counts.
 */
export function findEntry(
  { submissions }: Pick<Standing, "submissions">,
  { reference, baseline }: Followed,
  goal: Goal,
  operation?: Operation,
): Submission | undefined {
  if (reference.isShared !== true) {
    const entries = submissions.filter((one) => one.reference.key === reference.key || isMadeBy(operation, one, goal));
    return entries.find((one) => !isTowards(goal, one) || one.status !== operation?.status) ?? entries[0];
  }
  if (baseline === undefined) return newestOne(submissions, goal);
  const trace = findTrace({ submissions }, baseline);
  return trace.kind === "own" ? trace.submission : undefined;
}

/** Whether an entry is the preview that a publish has made, where that alone says which one it is. */
function isMadeBy(operation: Operation | undefined, entry: Submission, goal: Goal): boolean {
  const made = goal === "preview" ? operation?.submissionId : undefined;
  return made !== undefined && isTowards(goal, entry) && isSameId(entry.reference.submissionId ?? entry.id, made);
}

const UNDONE: ReadonlySet<StepStatus> = new Set([
  "notStarted",
  "waiting",
  "blocked",
  "rejected",
  "failed",
  "canceled",
] satisfies StepStatus[]);

function compareListed(
  operation: Operation,
  entry: Submission | undefined,
  isListRead: boolean,
  { reference }: Followed,
  goal: Goal,
): Contradiction | undefined {
  const isSuccess = operation.status === "succeeded";
  if (entry === undefined) {
    if (reference.isShared === true) return { kind: "notListed" };
    return isSuccess && isListRead && reference.isListedWhenLive === true ? { kind: "notLive" } : undefined;
  }
  if (!isTowards(goal, entry)) return { kind: goal === "live" ? "listedAsPreview" : "listedAsGoLive" };
  // A word that nobody knows is no word against an end, but where the list has to show it, it is none for it either.
  const isToBeShown = reference.isShared === true || (isSuccess && reference.isListedWhenLive === true);
  const isTold = entry.isKnownWord || isToBeShown;
  // An entry may lag behind a failure, or be gone with it; that it is live is another matter.
  const mayLag = !isSuccess && reference.isListedWhenLive === true && entry.status !== "succeeded";
  const isOther = isTold && entry.status !== operation.status && !mayLag;
  return isOther ? { kind: "listedOtherwise", submission: entry } : undefined;
}

/** The newest operation, if it is towards that goal and it is certain that it is the newest. */
function newestOne(entries: readonly Submission[], goal: Goal): Submission | undefined {
  const [first, second] = entries.toSorted((one, other) => (other.changedAtMs ?? 0) - (one.changedAtMs ?? 0));
  const isTold = entries.every(({ changedAtMs }) => changedAtMs !== undefined);
  const isCertain = second === undefined || (isTold && first?.changedAtMs !== second.changedAtMs);
  return isCertain && first !== undefined && isTowards(goal, first) ? first : undefined;
}

/** What the offer as a whole says is about the later one, then. */
function isAfter(oneMs: number | undefined, otherMs: number | undefined): boolean {
  return oneMs !== undefined && otherMs !== undefined && oneMs > otherMs;
}

/** A preview that was published after a go-live waits for a sign-off of its own. */
function mayWait({ isGoLive, status }: Submission): boolean {
  return !isGoLive && (!hasEnded(status) || status === "succeeded");
}
