import type { Obstacle, Readiness, Submission } from "../marketplace.ts";
import type { Entry, Phase } from "./entry.ts";
import { isSameSubmission, liveKey, type SubmissionId, submissionText } from "../submission-id.ts";

/**
 * Whether a submission can be promoted now, and which: by its substate alone, for the order of the list means nothing.
 * `wanted` is the one that the inputs name; without it there must be one that is ready, and no newer one in its way.
 */
export function decideReadiness(
  entries: readonly Entry[],
  submissionOf: (entry: Entry) => Submission,
  wanted: SubmissionId | undefined,
): Readiness {
  const of = (...phases: readonly Phase[]): readonly Entry[] => entries.filter(({ phase }) => phases.includes(phase));
  const isWanted = ({ submission }: Entry): boolean => wanted === undefined || isSameSubmission(submission, wanted);
  const running = of("goesLive");
  const goLive = running.find(isWanted) ?? running[0];
  if (goLive !== undefined) {
    return isWanted(goLive)
      ? { kind: "goLiveRuns", goLive: submissionOf(goLive) }
      : { kind: "otherSubmission", wanted: wantedText(wanted), found: texts([goLive]) };
  }
  const [unknown] = of("unknown");
  if (unknown !== undefined) return { kind: "unknownWord", word: unknown.word };
  if (of("unsettled").length > 0) return { kind: "busy", signOff: undefined };
  const ready = of("ready");
  const inTheWay = of("previewRuns", "previewFailed");
  if (wanted === undefined) return decideAlone(entries, ready, inTheWay, submissionOf);
  const candidate = ready.find(isWanted);
  if (candidate !== undefined) return { kind: "ready", candidate: candidateOf(candidate), preview: undefined };
  const obstacle = obstacleOf(entries.find(isWanted), submissionOf);
  return obstacle ?? { kind: "otherSubmission", wanted: submissionText(wanted), found: texts(ready) };
}

/** What keeps the submission that the inputs name from going live. */
function obstacleOf(entry: Entry | undefined, submissionOf: (entry: Entry) => Submission): Obstacle | undefined {
  if (entry === undefined) return undefined;
  const submissionId = submissionText(entry.submission);
  switch (entry.phase) {
    case "live":
      return { kind: "alreadyLive", submissionId };
    case "previewRuns":
      return { kind: "previewRuns", preview: submissionOf(entry) };
    case "previewFailed":
      return { kind: "previewFailed", submissionId };
    case "failed":
      return { kind: "goLiveFailed", submissionId };
    case "ready":
    case "goesLive":
    case "unsettled":
    case "unknown":
      return undefined;
  }
}

/** What can be done when the inputs name no submission. */
function decideAlone(
  entries: readonly Entry[],
  ready: readonly Entry[],
  inTheWay: readonly Entry[],
  submissionOf: (entry: Entry) => Submission,
): Readiness {
  const [candidate] = ready;
  if (candidate !== undefined) {
    // A newer preview may be meant, and which is the newer one nobody can tell.
    const isAlone = ready.length === 1 && inTheWay.length === 0;
    return isAlone
      ? { kind: "ready", candidate: candidateOf(candidate), preview: undefined }
      : { kind: "ambiguous", submissionIds: texts([...ready, ...inTheWay]) };
  }
  const running = inTheWay.find(({ phase }) => phase === "previewRuns");
  if (running !== undefined) return { kind: "previewRuns", preview: submissionOf(running) };
  const failed = entries.find(({ phase }) => phase === "failed");
  if (failed !== undefined) return { kind: "goLiveFailed", submissionId: submissionText(failed.submission) };
  const [previewFailed] = inTheWay;
  if (previewFailed !== undefined)
    return { kind: "previewFailed", submissionId: submissionText(previewFailed.submission) };
  const live = entries.find(({ phase }) => phase === "live");
  return live === undefined
    ? { kind: "neverPublished" }
    : { kind: "alreadyLive", submissionId: submissionText(live.submission) };
}

function candidateOf({ submission }: Entry) {
  return { submissionId: submissionText(submission), key: liveKey(submission) };
}

function texts(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ submission }) => submissionText(submission));
}

function wantedText(wanted: SubmissionId | undefined): string {
  return wanted === undefined ? "" : submissionText(wanted);
}
