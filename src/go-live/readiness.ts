import { answerOrError, type RequestError } from "../bearer/request-error.ts";
import type { LookOptions } from "./look.ts";
import type { OfferStatus, Submission } from "../marketplace/marketplace.ts";
import { foldWord, hasEnded } from "../marketplace/operation.ts";
import { retry } from "./retry.ts";

/** Whether a go-live would be accepted now, and why not. */
export type Readiness =
  /** The publisher's sign-off waits; `preview` is a publish to preview that runs all the same. */
  | { readonly kind: "ready"; readonly offer: OfferStatus; readonly preview: Submission | undefined }
  | { readonly kind: "goLiveRuns"; readonly goLive: Submission }
  | { readonly kind: "previewRuns"; readonly preview: Submission }
  | { readonly kind: "neverPublished" }
  /** The offer is at work, and its list does not say at what. */
  | { readonly kind: "busy"; readonly offer: OfferStatus }
  | { readonly kind: "notWaiting"; readonly offer: OfferStatus }
  | { readonly kind: "unknownWord"; readonly word: string };

/** Pauses between the tries of a question that nobody answers. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/**
 * Whether a go-live would be accepted now: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-retrieve-offer-status.
 * The sign-off step decides, because the status of an offer that was migrated may stay `running` while it waits.
 */
export function decideReadiness(offer: OfferStatus, submissions: readonly Submission[]): Readiness {
  const goLive = runningGoLive(submissions);
  if (goLive !== undefined) return { kind: "goLiveRuns", goLive };
  if (offer.stage === "neverPublished") return { kind: "neverPublished" };
  const preview = submissions.find(({ status, isKnownWord }) => !hasEnded(status) && isKnownWord);
  if (waitsForSignOff(offer)) return { kind: "ready", offer, preview };
  if (preview !== undefined) return { kind: "previewRuns", preview };
  if (offer.stage === undefined) return { kind: "unknownWord", word: offer.stageWord };
  if (offer.stage !== "running") return { kind: "notWaiting", offer };
  const unknown = submissions.find(({ isKnownWord, statusWord }) => !isKnownWord && statusWord !== "");
  return unknown === undefined ? { kind: "busy", offer } : { kind: "unknownWord", word: unknown.statusWord };
}

/** A go-live that runs, or may; one whose state is an unknown word counts as running. */
export function runningGoLive(submissions: readonly Submission[]): Submission | undefined {
  return submissions.find(({ isGoLive, status }) => isGoLive && !hasEnded(status));
}

/**
 * Whether the offer waits for the publisher to sign its preview off, which is what a go-live does. Where the step is told
 * it decides: the status as a whole may stay what it was.
 */
export function waitsForSignOff({ stage, signOff }: OfferStatus): boolean {
  if (signOff === undefined || signOff.statusWord === "") return stage === "waitingForPublisherReview";
  return foldWord(signOff.statusWord) === "waitingforpublisherreview";
}

/** How far the offer has come, asked for until it is told; the error when that cannot be had before `deadlineMs`. */
export function askOfferStatus(options: LookOptions, deadlineMs: number): Promise<OfferStatus | RequestError> {
  const { marketplace, clock, signal, observe } = options;
  const asked = retry(() => marketplace.offerStatus(signal), {
    clock,
    signal,
    deadlineMs,
    pausesMs: PAUSES_MS,
    onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
  });
  return answerOrError(asked);
}
