import { isSameText } from "../text/ascii-case.ts";
import { findTrace } from "./baseline.ts";
import type { OfferStatus, Submission, SubmissionList } from "../marketplace/marketplace.ts";
import {
  type Fault,
  foldWord,
  hasEnded,
  type Operation,
  type Step,
  type StepStatus,
} from "../marketplace/operation.ts";
import type { Followed } from "./outcome.ts";
import { waitsForSignOff } from "./readiness.ts";

/** Why an operation's word for its end is not believed. */
export type Contradiction =
  /** Its own step that makes the offer live has not been done. */
  | { readonly kind: "liveStep"; readonly step: Step }
  /** The list says that it is a publish to preview. */
  | { readonly kind: "listedAsPreview" }
  /** The list gives it another state. */
  | { readonly kind: "listedOtherwise"; readonly submission: Submission }
  /** It was read at a place that operations share, and the list shows no go-live that has ended so. */
  | { readonly kind: "notListed" }
  /** The offer still waits for the publisher's sign-off, which a go-live gives. */
  | { readonly kind: "signOffWaits"; readonly stageWord: string }
  | { readonly kind: "neverPublished" }
  /** The offer's status says that its last operation failed or was canceled, and the list shows no later one. */
  | { readonly kind: "offerFailed"; readonly stageWord: string }
  /** It carries an error. */
  | { readonly kind: "ownFault"; readonly fault: Fault }
  /** The inputs name it, and nothing that can be read says that it is a go-live. */
  | { readonly kind: "perhapsPreview" };

/** What else the service says at that moment; undefined where it could not be asked. */
export interface Evidence {
  readonly list: SubmissionList | undefined;
  readonly offer: OfferStatus | undefined;
}

/** What speaks against the end that an operation names; undefined when nothing does, or nothing is known. */
export function findContradiction(
  operation: Operation,
  { list, offer }: Evidence,
  followed: Followed,
): Contradiction | undefined {
  const entry = list === undefined ? undefined : findEntry(list, followed, operation);
  const listed = readListed(operation, entry, followed);
  if (listed !== undefined || operation.status !== "succeeded") return listed;
  if (operation.fault !== undefined) return { kind: "ownFault", fault: operation.fault };
  const step = operation.steps.find((one) => isLiveStep(one) && UNDONE.has(one.status));
  if (step !== undefined) return { kind: "liveStep", step };
  if (!isKnownGoLive(operation, entry, followed)) return { kind: "perhapsPreview" };
  if (offer === undefined) return undefined;
  if (offer.stage === "neverPublished") return { kind: "neverPublished" };
  const { stageWord } = offer;
  const isFailed = offer.stage === "failed" || offer.stage === "canceled";
  if (isFailed && !hasLater(list, entry, () => true)) return { kind: "offerFailed", stageWord };
  return waitsForSignOff(offer) && !hasLater(list, entry, mayWait) ? { kind: "signOffWaits", stageWord } : undefined;
}

/** Of what the inputs name something must say that it is a go-live: a publish to preview succeeds as well. */
function isKnownGoLive({ steps, liveLinks }: Operation, entry: Submission | undefined, { origin }: Followed): boolean {
  return origin !== "watched" || entry !== undefined || liveLinks.length > 0 || steps.some(isLiveStep);
}

/**
 * The entry of the list that is the followed operation; at a shared place the one that must be meant, if any. Of several
 * under one id the one that says otherwise than the `operation` counts.
 */
export function findEntry(
  list: SubmissionList,
  { reference, baseline }: Followed,
  operation?: Operation,
): Submission | undefined {
  if (reference.isShared !== true) {
    const entries = list.entries.filter(({ id }) => isSameText(id, reference.id));
    return entries.find(({ isGoLive, status }) => !isGoLive || status !== operation?.status) ?? entries[0];
  }
  if (baseline === undefined) return newestGoLive(list.entries);
  const trace = findTrace(list, baseline);
  return trace.kind === "own" ? trace.submission : undefined;
}

const UNDONE: ReadonlySet<StepStatus> = new Set([
  "notStarted",
  "waiting",
  "blocked",
  "rejected",
  "failed",
  "canceled",
] satisfies StepStatus[]);

function readListed(
  operation: Operation,
  entry: Submission | undefined,
  { reference }: Followed,
): Contradiction | undefined {
  if (entry === undefined) return reference.isShared === true ? { kind: "notListed" } : undefined;
  if (!entry.isGoLive) return { kind: "listedAsPreview" };
  // A word that nobody knows is no word against an end, but at a shared place it is none for it either.
  const isTold = entry.isKnownWord || reference.isShared === true;
  const isOther = isTold && entry.status !== operation.status;
  return isOther ? { kind: "listedOtherwise", submission: entry } : undefined;
}

/** The step goes by its id or by its name. */
function isLiveStep({ id, name }: Step): boolean {
  return [id, name].some((text) => foldWord(text) === "live");
}

/** The newest operation, if it is a go-live and it is certain that it is the newest. */
function newestGoLive(entries: readonly Submission[]): Submission | undefined {
  const [first, second] = entries.toSorted((one, other) => (other.changedAtMs ?? 0) - (one.changedAtMs ?? 0));
  const isTold = entries.every(({ changedAtMs }) => changedAtMs !== undefined);
  const isCertain = second === undefined || (isTold && first?.changedAtMs !== second.changedAtMs);
  return isCertain && first?.isGoLive === true ? first : undefined;
}

/** Whether something of that kind came after the entry: what the offer's status says is about that, then. */
function hasLater(
  list: SubmissionList | undefined,
  entry: Submission | undefined,
  isOne: (submission: Submission) => boolean,
): boolean {
  if (list === undefined || entry === undefined) return false;
  return list.entries.some((one) => isAfter(one.changedAtMs, entry.changedAtMs) && isOne(one));
}

function isAfter(oneMs: number | undefined, otherMs: number | undefined): boolean {
  return oneMs !== undefined && otherMs !== undefined && oneMs > otherMs;
}

/** A preview that was published after a go-live waits for a sign-off of its own. */
function mayWait({ isGoLive, status }: Submission): boolean {
  return !isGoLive && (!hasEnded(status) || status === "succeeded");
}
