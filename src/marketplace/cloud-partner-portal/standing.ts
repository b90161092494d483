import type { Objection, Readiness, Submission } from "../marketplace.ts";
import { hasEnded } from "../operation.ts";
import type { OfferStatus } from "./offer-status.ts";
import { isWaiting } from "./words.ts";

/** Everything that stands for this offer; a go-live takes whichever preview waits, and a publish whatever was changed. */
const CANDIDATE = { submissionId: undefined } as const;

/**
 * Whether a go-live would be accepted now: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-retrieve-offer-status.
 * The sign-off step decides, because the status of an offer that was migrated may stay `running` while it waits.
 */
export function decideReadiness(offer: OfferStatus, submissions: readonly Submission[]): Readiness {
  const goLive = runningGoLive(submissions);
  if (goLive !== undefined) return { kind: "goLiveRuns", goLive };
  const { stage, stageWord, signOff } = offer;
  if (stage === "neverPublished") return { kind: "neverPublished" };
  const preview = submissions.find(({ status, isKnownWord }) => !hasEnded(status) && isKnownWord);
  if (waitsForSignOff(offer)) return { kind: "ready", candidate: CANDIDATE, preview };
  if (preview !== undefined) return { kind: "previewRuns", preview };
  if (stage === undefined) return { kind: "unknownWord", word: stageWord };
  if (stage !== "running") return { kind: "notWaiting", stage, signOff };
  const unknown = submissions.find(({ isKnownWord, statusWord }) => !isKnownWord && statusWord !== "");
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
  if (waitsForSignOff(offer)) return { kind: "ready", candidate: CANDIDATE, preview: undefined };
  if (stage === undefined) return { kind: "unknownWord", word: stageWord };
  return stage === "running" ? { kind: "busy", signOff } : { kind: "ready", candidate: CANDIDATE, preview: undefined };
}

/** A go-live that runs, or may; one whose state is an unknown word counts as running. */
export function runningGoLive(submissions: readonly Submission[]): Submission | undefined {
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
