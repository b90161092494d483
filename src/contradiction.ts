import { isSameText } from "./ascii-case.ts";
import { findTrace } from "./baseline.ts";
import type { OfferStatus, Submission, SubmissionList } from "./marketplace/marketplace.ts";
import { foldWord, hasEnded, type Operation, type Step, type StepStatus } from "./operation.ts";
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
  | { readonly kind: "neverPublished" };

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
  const entry = list === undefined ? undefined : findEntry(list, followed);
  const listed = readListed(operation, entry, followed);
  if (listed !== undefined || operation.status !== "succeeded") return listed;
  const step = operation.steps.find((one) => isLiveStep(one) && UNDONE.has(one.status));
  if (step !== undefined) return { kind: "liveStep", step };
  if (offer === undefined) return undefined;
  if (offer.stage === "neverPublished") return { kind: "neverPublished" };
  const isExplained = list !== undefined && entry !== undefined && hasLaterPreview(list, entry);
  return waitsForSignOff(offer) && !isExplained ? { kind: "signOffWaits", stageWord: offer.stageWord } : undefined;
}

/** The entry of the list that is the followed operation; at a shared place the one that must be meant, if any. */
export function findEntry(list: SubmissionList, { reference, baseline }: Followed): Submission | undefined {
  if (reference.isShared !== true) return list.entries.find(({ id }) => isSameText(id, reference.id));
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
  const isOther = entry.isKnownWord && entry.status !== operation.status;
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

/** A preview that was published after the go-live waits for a sign-off of its own. */
function hasLaterPreview({ entries }: SubmissionList, { changedAtMs }: Submission): boolean {
  return entries.some((one) => !one.isGoLive && isAfter(one.changedAtMs, changedAtMs) && mayWait(one));
}

function isAfter(oneMs: number | undefined, otherMs: number | undefined): boolean {
  return oneMs !== undefined && otherMs !== undefined && oneMs > otherMs;
}

function mayWait({ status }: Submission): boolean {
  return !hasEnded(status) || status === "succeeded";
}
