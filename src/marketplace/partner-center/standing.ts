import type { Readiness, Submission } from "../marketplace.ts";
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
  const isWanted = ({ submission }: Entry): boolean => wanted !== undefined && isSameSubmission(submission, wanted);
  const running = inPhase(entries, "goesLive");
  const goLive = running.find(isWanted) ?? running[0];
  if (goLive !== undefined) {
    return wanted === undefined || isWanted(goLive)
      ? { kind: "goLiveRuns", goLive: submissionOf(goLive) }
      : { kind: "otherSubmission", wanted: submissionText(wanted), found: texts([goLive]) };
  }
  const [unknown] = inPhase(entries, "unknown");
  if (unknown !== undefined) return { kind: "unknownWord", word: unknown.word };
  if (inPhase(entries, "unsettled").length > 0) return { kind: "busy", signOff: undefined };
  const current = withoutLeftBehind(entries);
  if (wanted === undefined) return decideAlone(current, submissionOf);
  const own = current.filter(isWanted);
  const [candidate] = inPhase(own, "ready");
  if (candidate !== undefined) return { kind: "ready", candidate: candidateOf(candidate), preview: undefined };
  return own.length > 0
    ? decideAlone(own, submissionOf)
    : { kind: "otherSubmission", wanted: submissionText(wanted), found: texts(inPhase(current, "ready")) };
}

/** The entries but for those of previews that are in the store: one that still waits there was left behind. */
function withoutLeftBehind(entries: readonly Entry[]): readonly Entry[] {
  const live = inPhase(entries, "live");
  const isLive = (id: SubmissionId): boolean => live.some(({ submission }) => isSameSubmission(submission, id));
  return entries.filter(({ phase, submission }) => phase !== "ready" || !isLive(submission));
}

/** What can be done with those submissions, of which none is meant more than another. */
function decideAlone(entries: readonly Entry[], submissionOf: (entry: Entry) => Submission): Readiness {
  const ready = inPhase(entries, "ready");
  const inTheWay = inPhase(entries, "previewRuns", "previewFailed");
  const [candidate] = ready;
  if (candidate !== undefined) {
    // A newer preview may be meant, and which is the newer one nobody can tell.
    const isAlone = ready.length === 1 && inTheWay.length === 0;
    return isAlone
      ? { kind: "ready", candidate: candidateOf(candidate), preview: undefined }
      : { kind: "ambiguous", submissionIds: texts([...ready, ...inTheWay]) };
  }
  const [running] = inPhase(entries, "previewRuns");
  if (running !== undefined) return { kind: "previewRuns", preview: submissionOf(running) };
  const [failed] = inPhase(entries, "failed");
  if (failed !== undefined) return { kind: "goLiveFailed", submissionId: submissionText(failed.submission) };
  const [previewFailed] = inTheWay;
  if (previewFailed !== undefined)
    return { kind: "previewFailed", submissionId: submissionText(previewFailed.submission) };
  const [live] = inPhase(entries, "live");
  return live === undefined
    ? { kind: "neverPublished" }
    : { kind: "alreadyLive", submissionId: submissionText(live.submission) };
}

function inPhase(entries: readonly Entry[], ...phases: readonly Phase[]): readonly Entry[] {
  return entries.filter(({ phase }) => phases.includes(phase));
}

function candidateOf({ submission }: Entry) {
  return { submissionId: submissionText(submission), key: liveKey(submission) };
}

function texts(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ submission }) => submissionText(submission));
}
