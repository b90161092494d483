import { isRequestError, type RequestError } from "./bearer/request-error.ts";
import { type LookOptions, lookPatiently } from "./look.ts";
import type { OfferStatus, Submission } from "./marketplace/marketplace.ts";
import { foldWord, hasEnded } from "./operation.ts";
import { InterruptedError } from "./outcome.ts";
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

/** What a dry run found, or why it could not find out. */
export type DryRunFinding = Readiness | { readonly kind: "notTold"; readonly error: Error };

/** No question is asked again after this time. */
const LIMIT_MS = 15 * 60_000;
/** Pauses between the tries of a question that nobody answers. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

/** Finds out, with questions that change nothing, whether a go-live would be accepted now. Throws only bugs. */
export async function dryRun(options: LookOptions): Promise<DryRunFinding> {
  const deadlineMs = options.clock.now() + LIMIT_MS;
  const list = await lookPatiently(options, deadlineMs);
  if (list instanceof Error) return notTold(list, options);
  const submissions = list.entries;
  const offer = await askStatus(options, deadlineMs);
  if (!(offer instanceof Error)) return decideReadiness(offer, submissions);
  const goLive = runningGoLive(submissions);
  // That one runs is enough to know, whatever the status would have said.
  return goLive === undefined ? notTold(offer, options) : { kind: "goLiveRuns", goLive };
}

/**
 * Whether a go-live would be accepted now: https://learn.microsoft.com/partner-center/marketplace-offers/cloud-partner-portal-api-retrieve-offer-status.
 * The sign-off step decides, because the status of an offer that was migrated may stay `running` while it waits.
 */
export function decideReadiness(offer: OfferStatus, submissions: readonly Submission[]): Readiness {
  const goLive = runningGoLive(submissions);
  if (goLive !== undefined) return { kind: "goLiveRuns", goLive };
  if (offer.stage === "neverPublished") return { kind: "neverPublished" };
  const preview = submissions.find(({ status, isKnownWord }) => !hasEnded(status) && isKnownWord);
  if (offer.stage === "waitingForPublisherReview" || isWaiting(offer)) return { kind: "ready", offer, preview };
  if (preview !== undefined) return { kind: "previewRuns", preview };
  if (offer.stage === undefined) return { kind: "unknownWord", word: offer.stageWord };
  if (offer.stage !== "running") return { kind: "notWaiting", offer };
  const unknown = submissions.find(({ isKnownWord, statusWord }) => !isKnownWord && statusWord !== "");
  return unknown === undefined ? { kind: "busy", offer } : { kind: "unknownWord", word: unknown.statusWord };
}

/** A go-live whose state is an unknown word counts as running, as it does before a go-live is sent. */
function runningGoLive(submissions: readonly Submission[]): Submission | undefined {
  return submissions.find(({ isGoLive, status }) => isGoLive && !hasEnded(status));
}

function isWaiting({ signOff }: OfferStatus): boolean {
  return signOff !== undefined && foldWord(signOff.statusWord) === "waitingforpublisherreview";
}

async function askStatus(options: LookOptions, deadlineMs: number): Promise<OfferStatus | RequestError> {
  const { marketplace, clock, signal, observe } = options;
  try {
    return await retry(() => marketplace.offerStatus(signal), {
      clock,
      signal,
      deadlineMs,
      pausesMs: PAUSES_MS,
      onRetry: (error, pauseMs) => observe({ kind: "retrying", error, pauseMs }),
    });
  } catch (error) {
    if (isRequestError(error)) return error;
    throw error;
  }
}

function notTold(error: RequestError, { signal }: LookOptions): DryRunFinding {
  return { kind: "notTold", error: signal.aborted ? new InterruptedError() : error };
}
