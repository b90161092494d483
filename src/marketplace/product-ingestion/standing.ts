import type { Readiness, Submission } from "../marketplace.ts";
import { hasEnded } from "../operation.ts";
import type { Entry } from "./entry.ts";
import { isSameSubmission, liveKey, type SubmissionId, submissionText } from "../submission-id.ts";

/**
 * Whether a preview can be pushed live now, and which: completed, succeeded, and not what is live already. `wanted` is the
 * one that the inputs name; without it there must be no more than one, for nobody guesses.
 */
export function decideReadiness(
  entries: readonly Entry[],
  submissionOf: (entry: Entry) => Submission,
  wanted: SubmissionId | undefined,
): Readiness {
  const isWanted = (entry: Entry): boolean => wanted === undefined || isSameSubmission(entry.submission, wanted);
  const lives = entries.filter(({ target }) => target === "live");
  const previews = entries.filter(({ target }) => target === "preview");
  const running = lives.filter(runs);
  const goLive = running.find(isWanted) ?? running[0];
  if (goLive !== undefined) {
    return isWanted(goLive)
      ? { kind: "goLiveRuns", goLive: submissionOf(goLive) }
      : { kind: "otherSubmission", wanted: textOf(wanted), found: [textOf(goLive.submission)] };
  }
  const busy = previews.find(runs);
  if (busy !== undefined) return { kind: "previewRuns", preview: submissionOf(busy) };
  if (entries.some(runs)) return { kind: "busy", signOff: undefined };
  const ready = previews.filter(
    ({ submission, state }) =>
      state.status === "succeeded" && !lives.some((live) => isSameSubmission(live.submission, submission)),
  );
  const fitting = ready.filter(isWanted);
  const [preview, ...others] = fitting;
  if (preview !== undefined && others.length > 0) {
    return { kind: "ambiguous", submissionIds: fitting.map(({ submission }) => textOf(submission)) };
  }
  if (preview !== undefined) return { kind: "ready", candidate: candidateOf(preview), preview: undefined };
  if (wanted !== undefined && entries.length > 0) {
    const live = lives.find(
      ({ submission, state }) => isSameSubmission(submission, wanted) && state.status === "succeeded",
    );
    if (live !== undefined) return { kind: "alreadyLive", submissionId: textOf(wanted) };
    if (lives.some(({ submission }) => isSameSubmission(submission, wanted))) {
      return { kind: "goLiveFailed", submissionId: textOf(wanted) };
    }
    return {
      kind: "otherSubmission",
      wanted: textOf(wanted),
      found: ready.map(({ submission }) => textOf(submission)),
    };
  }
  return nothingReady(previews, lives);
}

/**
 * Whether a publish to preview would be accepted now: while nothing else of the product runs. A preview that stands is no
 * obstacle, for a new one takes its place.
 */
export function decidePublish(entries: readonly Entry[], submissionOf: (entry: Entry) => Submission): Readiness {
  const running = entries.filter(runs);
  const goLive = running.find(({ target }) => target === "live");
  if (goLive !== undefined) return { kind: "goLiveRuns", goLive: submissionOf(goLive) };
  const preview = running.find(({ target }) => target === "preview");
  if (preview !== undefined) return { kind: "previewRuns", preview: submissionOf(preview) };
  if (running.length > 0) return { kind: "busy", signOff: undefined };
  const before = [...new Set(entries.map(({ submission }) => submissionText(submission)))];
  return { kind: "ready", candidate: { submissionId: undefined, before }, preview: undefined };
}

function nothingReady(previews: readonly Entry[], lives: readonly Entry[]): Readiness {
  const goLive = lives.find(({ state }) => state.status === "failed" || state.status === "canceled");
  if (goLive !== undefined) return { kind: "goLiveFailed", submissionId: textOf(goLive.submission) };
  const failed = previews.find(({ state }) => state.status !== "succeeded");
  if (failed !== undefined) return { kind: "previewFailed", submissionId: textOf(failed.submission) };
  const [live] = lives;
  return live === undefined
    ? { kind: "neverPublished" }
    : { kind: "alreadyLive", submissionId: textOf(live.submission) };
}

function candidateOf({ submission, createdAtMs }: Entry) {
  const since = createdAtMs === undefined ? {} : { sinceMs: createdAtMs };
  return { submissionId: textOf(submission), key: liveKey(submission), ...since };
}

function runs({ state }: Entry): boolean {
  return !hasEnded(state.status);
}

function textOf(submission: SubmissionId | undefined): string {
  return submission === undefined ? "" : submissionText(submission);
}
