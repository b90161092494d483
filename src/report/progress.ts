import type { GoLiveEvent } from "../go-live/events.ts";
import type { Candidate, Goal, NotTold, Offer, Readiness, UncheckedProduct } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Followed } from "../go-live/outcome.ts";
import { contradictionText } from "./contradiction-text.ts";
import { durationText } from "../text/time-text.ts";
import { requestLine, requestReason } from "./explanation.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";
import { GOAL_NAMES } from "../marketplace/goal.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { createNews, type News, type OperationKind, type Warning } from "./news.ts";
import { obstacleText } from "./readiness-text.ts";
import { currentStep, operationLine, progressBar, stepKey } from "./operation-text.ts";

/** What is to be written when something happens: lines of the log, and warnings. */
export type ProgressNote = News;

/** Nobody should think that a wait hangs: with a look or a beat a minute, this makes a line every ten minutes. */
const HEARTBEAT_MS = 9 * 60_000;
const MOST_WORDS = 10_000;
/** A percentage alone, or the same trouble again, is no reason for a line sooner than this and a twentieth of the wait. */
const SELDOM_MS = 30_000;
const SELDOM_SHARE = 0.05;

/** Turns events into what people read while they happen; it remembers what was said, and says it once. */
export function createProgress(
  offer: Offer | undefined,
  goal: Goal,
  now: () => number,
): (event: GoLiveEvent) => ProgressNote {
  const { start } = GOAL_TEXTS[goal];
  const saidWords = new Set<string>();
  const readNews = createNews();
  const startMs = now();
  let trouble = "";
  let isFollowingList = false;
  const saidEstimates = new Set<string>();
  let lastStanding = ours("");
  let last = { line: ours(""), state: ours(""), atMs: startMs };
  const seldomMs = (): number => Math.max(SELDOM_MS, (now() - startMs) * SELDOM_SHARE);
  // It stays the same for days, and is said once.
  const isNewEstimate = (operation: Operation): boolean => {
    const step = currentStep(operation);
    if (step?.estimate === undefined || saidEstimates.size >= MOST_WORDS) return false;
    const key = `${stepKey(step)}\n${step.estimate.slice(0, 200)}`;
    const isNew = !saidEstimates.has(key);
    saidEstimates.add(key);
    return isNew;
  };
  const show = (operation: Operation): readonly Harmless[] => {
    const line = progressLine(operation, "noEstimate");
    const state = operationLine(withoutPercentages(operation));
    const agoMs = now() - last.atMs;
    const isDue = state !== last.state || agoMs >= HEARTBEAT_MS || (line !== last.line && agoMs >= seldomMs());
    if (isDue) last = { ...last, line, state };
    return isDue ? [isNewEstimate(operation) ? progressLine(operation, "estimate") : line] : [];
  };
  const beat = (): ProgressNote => {
    if (now() - last.atMs < HEARTBEAT_MS) return lines();
    return lines(last.line === "" ? ours("Still waiting for the first look.") : last.line);
  };
  const unknownWord = (word: string, kind: OperationKind = "go-live"): readonly Warning[] => {
    const key = word.slice(0, 200);
    if (saidWords.has(key) || saidWords.size >= MOST_WORDS) return [];
    saidWords.add(key);
    return [unknownWordWarning(word, kind)];
  };
  const observed = (operation: Operation, kind: OperationKind = GOAL_NAMES[goal]): ProgressNote => {
    const words = operation.isKnownWord ? [] : unknownWord(operation.statusWord, kind);
    const news = readNews(operation, kind);
    trouble = "";
    return { lines: [...show(operation), ...news.lines], warnings: [...words, ...news.warnings] };
  };
  const standing = (readiness: Readiness): ProgressNote => {
    const line = standingLine(readiness);
    if (line === lastStanding) return lines();
    [lastStanding, trouble] = [line, ""];
    last = { ...last, line };
    return lines(line);
  };
  const seldom = (about: string, line: Harmless): ProgressNote => {
    if (about === trouble && now() - last.atMs < seldomMs()) return lines();
    trouble = about;
    return lines(line);
  };
  const followingList = (): ProgressNote => {
    if (isFollowingList) return lines();
    isFollowingList = true;
    return lines(
      ours("The operation is not at its address (HTTP 404). Its entry in the offer's list is followed instead."),
    );
  };
  const tell = (event: GoLiveEvent): ProgressNote => {
    switch (event.kind) {
      case "previewRuns":
        return lines(
          ours`A publish to preview of this offer is running (${harmlessLine(event.submission.id)}). It is no go-live; the service decides whether it takes one now.`,
        );
      case "unknownListWord":
        return { lines: [], warnings: unknownWord(event.word) };
      case "productUnchecked":
        return { lines: [], warnings: [uncheckedWarning(event.product, offer)] };
      case "sending":
        return lines(
          event.sendings === 1
            ? ours`Sending the ${start}${whichText(event.candidate)}.`
            : ours`Sending the ${start} again${whichText(event.candidate)} (sending ${event.sendings}).`,
        );
      case "unclearSending":
        return lines(
          ours`No clear answer to the ${start}: ${requestLine(event.error, offer)}.`,
          event.wasAccepted
            ? ours(
                "The service took it without saying where it is: looking for it in the list of the offer's operations. It is not sent again.",
              )
            : ours`It may have been started all the same: looking for it in the list of the offer's operations, for ${durationText(event.forMs)}.`,
        );
      case "sendingAgain":
        return lines(
          event.isInferred
            ? ours`The list shows no ${start}, and ${goal === "live" ? "the offer still waits for one" : "nothing of the offer runs"}: so nothing seems to have been started. Sending again in ${durationText(event.pauseMs)}.`
            : ours`The ${start} did not get through: ${requestLine(event.error, offer)}. Next try in ${durationText(event.pauseMs)}.`,
        );
      case "notSentAgain":
        return lines(
          ours`The list shows no ${start}, but ${notReadyClause(event.readiness, offer)}: it is not sent again.`,
        );
      case "busy":
        return lines(
          ours`The offer is at work, and nothing tells at what: it may be a ${start} that is not listed yet. Looking again, for three minutes at the most.`,
        );
      case "retrying":
        return lines(
          ours`No answer to a question: ${requestLine(event.error, offer)}. Next try in ${durationText(event.pauseMs)}.`,
        );
      case "following":
        return lines(...followingLines(event.followed, goal));
      case "observed":
        return observed(event.operation);
      case "publishObserved":
        return observed(event.operation, "publish to preview");
      case "stands":
        return standing(event.readiness);
      case "waiting":
        return beat();
      case "mayBeEarlier":
        return seldom("mayBeEarlier", earlierLine(goal));
      case "doubted": {
        const text = contradictionText(event.contradiction, goal);
        return seldom(
          text,
          ours`The operation says that it succeeded, but ${text}. Asking again, for three minutes at the most.`,
        );
      }
      case "followingList":
        return followingList();
      case "pauseAsked":
        return lines(pauseLine(event.askedMs, event.pauseMs));
      case "unanswered":
        // The request id alone makes no news.
        return seldom(event.error.message, ours`No usable answer, still waiting: ${requestLine(event.error, offer)}.`);
    }
  };
  return (event) => {
    const note = tell(event);
    if (note.lines.length > 0) last = { ...last, atMs: now() };
    return note;
  };
}

/** Which preview goes live, where the API tells. */
function whichText({ submissionId }: Candidate): Harmless {
  return submissionId === undefined ? ours("") : ours` of ${harmlessLine(submissionId, 200)}`;
}

/** Why what left no trace is not sent again. */
function notReadyClause(readiness: Readiness | NotTold, offer: Offer | undefined): Harmless {
  if (readiness.kind === "notTold") {
    return ours`whether the offer still waits for one could not be read (${requestLine(readiness.error, offer)})`;
  }
  const obstacle =
    readiness.kind === "ready" ? ({ kind: "replaced", candidate: readiness.candidate } as const) : readiness;
  return obstacleText(obstacle).reason;
}

function earlierLine(goal: Goal): Harmless {
  return ours`This address is shared by all operations of the offer, and shows one that has ended; the list of operations shows no ${GOAL_TEXTS[goal].start} that ended so. Asking again.`;
}

/** How the offer stands that is to become ready. */
function standingLine(readiness: Readiness): Harmless {
  return readiness.kind === "ready"
    ? ours("The preview before seems to wait for its sign-off while another publish runs: looking again.")
    : ours`Not ready yet: ${obstacleText(readiness).reason}.`;
}

function pauseLine(askedMs: number, pauseMs: number): Harmless {
  const asked = ours`The service asks to be left alone for ${durationText(askedMs)}`;
  return pauseMs < askedMs ? ours`${asked}; it is asked again in ${durationText(pauseMs)}.` : ours`${asked}.`;
}

/** An operation in one line, behind a bar if it has steps. */
function progressLine(operation: Operation, says: "estimate" | "noEstimate"): Harmless {
  const line = operationLine(operation, says);
  return operation.steps.length === 0 ? line : ours`${progressBar(operation)} ${line}`;
}

/** What is left when nobody looks at the percentages. */
function withoutPercentages(operation: Operation): Operation {
  const steps = operation.steps.map((step) => ({ ...step, progressPercentage: 0 }));
  return { ...operation, steps };
}

function unknownWordWarning(word: string, kind: OperationKind): Warning {
  return {
    title: ours("The service uses an unknown word"),
    text: ours`The service calls the ${ours(kind)} ${inQuotes(word, 100)}, a word that this action does not know. It is taken as still running; only a known word ends the wait.`,
  };
}

function uncheckedWarning({ productId, error }: UncheckedProduct, offer: Offer | undefined): Warning {
  const answer = error === undefined ? ours("its answer names no offer") : requestReason(error, offer);
  return {
    title: ours("Product not checked"),
    text: ours`Whose product ${harmlessLine(productId, 100)} is could not be read (${answer}), and looking the offer up does not show it either. It is taken for that of \`offerId\` because \`productId\` says so: check that in Partner Center.`,
  };
}

function followingLines({ origin, reference }: Followed, goal: Goal): readonly Harmless[] {
  const { start } = GOAL_TEXTS[goal];
  const first = {
    started: ours`The ${start} was accepted.`,
    found: ours`The list of the offer's operations shows a ${start} that was not there before the sending: this run takes it for its own.`,
    doubtful: ours`There is a ${start} of this offer that was not there before, and nobody can tell whether it is the one that was sent: no other is sent, this run follows that one.`,
    adopted: ours`A ${start} of this offer is already running: no other is started, this run follows that one.`,
    watched: ours("Nothing is sent: this run follows the operation that operationLocation names."),
  } as const satisfies Record<Followed["origin"], Harmless>;
  return [first[origin], ours`Operation: ${harmlessLine(reference.location.href)}`];
}

function lines(...texts: readonly Harmless[]): ProgressNote {
  return { lines: texts, warnings: [] };
}
