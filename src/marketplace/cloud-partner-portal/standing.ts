import type { Objection, Obstacle, Readiness, Submission } from "../marketplace.ts";
import { hasEnded } from "../operation.ts";
import type { OfferStatus } from "./offer-status.ts";
import { candidateOf, type Entry, findPreview, isNewer, previewId, type StandingPreview } from "./preview.ts";
import { isWaiting } from "./words.ts";

/** A publish takes whatever was changed. */
const DRAFT = { submissionId: undefined } as const;

/** What else decides, beside the offer's status and its list. */
export interface ReadinessScope {
  /** The publish that the inputs name; undefined: whichever preview stands. */
  readonly wanted?: string | undefined;
  /** Which publish has made the preview that stands. Default: what the list alone tells. */
  readonly preview?: StandingPreview;
}

/**
 * Whether a go-live would be accepted now: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-retrieve-offer-status.
 * The sign-off step decides, because the status of an offer that was migrated may stay `running` while it waits.
 */
export function decideReadiness(
  offer: OfferStatus,
  entries: readonly Entry[],
  { wanted, preview = findPreview(entries) }: ReadinessScope = {},
): Readiness {
  const goLive = runningGoLive(entries);
  return goLive === undefined
    ? (pinObstacle(wanted, preview, waitsForSignOff(offer)) ?? decideUnpinned(offer, entries, wanted, preview))
    : decideRunning(goLive, entries, wanted);
}

/** That a go-live runs, and which preview it brings to the marketplace, as far as the list tells. */
export function decideRunning(goLive: Entry, entries: readonly Entry[], wanted: string | undefined): Readiness {
  const preview = findPreview(entries);
  const isTold = preview.kind === "told" && isNewer(goLive, preview.entry) === true;
  const obstacle = pinObstacle(wanted, isTold || preview.kind !== "told" ? preview : untold(preview.entry), true);
  if (obstacle !== undefined) return obstacle;
  if (!isTold) return { kind: "goLiveRuns", goLive };
  const { submissionId, version } = candidateOf(preview.entry, undefined, false);
  const about = {
    ...(submissionId === undefined ? {} : { submissionId }),
    ...(version === undefined ? {} : { version }),
  };
  return { kind: "goLiveRuns", goLive: { ...goLive, reference: { ...goLive.reference, ...about } } };
}

function decideUnpinned(
  offer: OfferStatus,
  entries: readonly Entry[],
  wanted: string | undefined,
  standing: StandingPreview,
): Readiness {
  const { stage, stageWord, signOff, previewLinks } = offer;
  if (stage === "neverPublished") return { kind: "neverPublished" };
  const isTold = standing.kind === "told";
  const running = entries.find(({ status, isKnownWord }) => !hasEnded(status) && isKnownWord);
  // One that waits for the publisher itself is no other one that runs.
  const preview = isTold && running?.reference.key === previewId(standing.entry) ? undefined : running;
  if (waitsForSignOff(offer)) {
    const candidate = isTold
      ? candidateOf(standing.entry, previewLinks, wanted !== undefined)
      : { submissionId: undefined, ...(previewLinks === undefined ? {} : { previewLinks }) };
    return { kind: "ready", candidate, preview };
  }
  if (running !== undefined) return { kind: "previewRuns", preview: running, tellsSteps: true };
  if (stage === undefined) return { kind: "unknownWord", word: stageWord };
  if (stage !== "running") return { kind: "notWaiting", stage, signOff };
  const unknown = entries.find(({ isKnownWord, statusWord }) => !isKnownWord && statusWord !== "");
  return unknown === undefined ? { kind: "busy", signOff } : { kind: "unknownWord", word: unknown.statusWord };
}

/**
 * Whether a publish to preview would be accepted now: while nothing else of the offer runs. A preview that stands is no
 * obstacle, for a new one takes its place.
 */
export function decidePublish(offer: OfferStatus, submissions: readonly Submission[]): Readiness {
  const running = submissions.filter(({ status }) => !hasEnded(status));
  const goLive = running.find(({ isGoLive }) => isGoLive);
  const { stage, stageWord, signOff } = offer;
  // One that does not say what it is may be either: its entry tells soon.
  if (goLive?.isPublish === true) return { kind: "busy", signOff };
  if (goLive !== undefined) return { kind: "goLiveRuns", goLive };
  const [preview] = running;
  if (preview !== undefined) return { kind: "previewRuns", preview };
  if (waitsForSignOff(offer)) return { kind: "ready", candidate: DRAFT, preview: undefined };
  if (stage === undefined) return { kind: "unknownWord", word: stageWord };
  return stage === "running" ? { kind: "busy", signOff } : { kind: "ready", candidate: DRAFT, preview: undefined };
}

/**
 * What keeps the publish that the inputs name from going live, beside how the offer stands: another one is newer, or
 * nobody can tell, and something might go live.
 */
function pinObstacle(wanted: string | undefined, preview: StandingPreview, mayGoLive: boolean): Obstacle | undefined {
  if (wanted === undefined) return undefined;
  if (preview.kind === "untold") {
    return mayGoLive ? { kind: "untoldSubmission", wanted, found: preview.ids } : undefined;
  }
  const id = previewId(preview.entry);
  if (id !== wanted) return { kind: "otherSubmission", wanted, found: [id] };
  return preview.kind === "atWork" && mayGoLive ? { kind: "untoldSubmission", wanted, found: [id] } : undefined;
}

function untold(entry: Entry): StandingPreview {
  return { kind: "untold", ids: [previewId(entry)] };
}

/** A go-live that runs, or may; one whose state is an unknown word counts as running. */
export function runningGoLive<One extends Submission>(submissions: readonly One[]): One | undefined {
  return submissions.find(({ isGoLive, status }) => isGoLive && !hasEnded(status));
}

/** What the offer's status says against a go-live that has succeeded. */
export function readObjection(offer: OfferStatus): Objection | undefined {
  const { stage, stageWord } = offer;
  if (stage === "neverPublished") return { kind: "neverPublished" };
  if (stage === "failed" || stage === "canceled") return { kind: "offerFailed", stageWord };
  return waitsForSignOff(offer) ? { kind: "signOffWaits", stageWord } : undefined;
}

/**
 * Whether the offer waits for the publisher to sign its preview off, which is what a go-live does. Where the step is told
 * it decides: the status as a whole may stay what it was.
 */
export function waitsForSignOff({ stage, signOff }: Pick<OfferStatus, "stage" | "signOff">): boolean {
  if (signOff === undefined || signOff.statusWord === "") return stage === "waitingForPublisherReview";
  return isWaiting(signOff.statusWord);
}
