import type { Followed, Outcome, Sighting } from "../go-live/outcome.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";
import { durationText } from "../text/time-text.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { explain, sentence } from "./explanation.ts";
import type { Goal } from "../marketplace/marketplace.ts";
import { AnswerError } from "../http/errors.ts";
import { readTrouble } from "./remedies.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { blockedReasons, blockedStep, operationLine } from "./operation-text.ts";
import { offerPage } from "./api-text.ts";
import type { Step } from "../marketplace/operation.ts";
import { nameOf } from "./report.ts";

/** How it reads that a go-live runs, and nobody wanted to wait. */
export function underWayConclusion(
  outcome: Extract<Outcome, { readonly kind: "underWay" }>,
  { offer, goal }: Pick<ConclusionContext, "offer" | "goal">,
): Conclusion {
  const name = nameOf(offer);
  const { start, there } = GOAL_TEXTS[goal];
  const { origin, operation } = outcome;
  const seen = operation === undefined ? ours("") : ours` (${operationLine(operation)})`;
  const first = {
    started: ours`The ${start} of ${name} was accepted and is under way; it takes hours to days.`,
    found: ours`A ${start} of ${name} that was not there before the sending is under way, and taken for the one that was sent; it takes hours to days.`,
    doubtful: ours`A ${start} of ${name} is under way that was not there before; it takes hours to days.`,
    adopted: ours`A ${start} of ${name} was already under way; no other was started.`,
    watched: ours`The ${start} of ${name} is still under way${seen}.`,
  } as const satisfies Record<Followed["origin"], Harmless>;
  const blocked = blockedStep(operation);
  if (blocked !== undefined) return { ...blockedConclusion(blocked, outcome, name, goal), level: "warning" };
  return {
    headline: ours`⏳ Not ${there} yet: the ${start} of ${name} is under way`,
    level: "notice",
    title: ours`The ${start} is under way`,
    sentences: [first[origin]],
    next: [goOn(outcome, goal)],
  };
}

/** How it reads that the time to wait was over. */
export function deadlineConclusion(
  outcome: Extract<Outcome, { readonly kind: "deadline" }>,
  { offer, goal, nowMs, timeoutMs }: Pick<ConclusionContext, "offer" | "goal" | "nowMs" | "timeoutMs">,
): Conclusion {
  const name = nameOf(offer);
  const { start, there, There } = GOAL_TEXTS[goal];
  const { error, sighting, isLeft } = outcome;
  const waited = ours`after ${durationText(timeoutMs)} (\`timeoutMinutes\`)`;
  const first =
    sighting === undefined
      ? ours`The ${start} of ${name} could not be observed once, and the wait ended ${waited}.`
      : outcome.status === "notStarted"
        ? ours`The ${start} of ${name} had not begun ${waited}; it was not seen at work.`
        : ours`The ${start} of ${name} had not ended ${waited}; it goes on at Microsoft.`;
  const blocked = blockedStep(sighting?.operation);
  const trouble = error === undefined ? [] : [ours`The last question failed: ${explain(error, offer).reason}.`];
  if (blocked !== undefined) {
    const conclusion = blockedConclusion(blocked, outcome, name, goal);
    const ended = ours`The wait ended ${waited}.`;
    return { ...conclusion, sentences: [...conclusion.sentences, ended, ...lastSeen(sighting, nowMs), ...trouble] };
  }
  return {
    headline:
      outcome.status === "unknown"
        ? ours`⚠️ ${There} or not, nobody can tell: the ${start} of ${name} was not seen`
        : ours`⏳ Not ${there} yet: the ${start} of ${name} took longer than the wait`,
    level: isLeft === true ? "notice" : "error",
    title: isLeft === true ? ours`The ${start} was left at work` : ours`The ${start} did not end in time`,
    sentences: [first, ...(isLeft === true ? [LEFT[goal]] : []), ...lastSeen(sighting, nowMs), ...trouble],
    next: [goOn(outcome, goal)],
  };
}

/** How it reads that a go-live or a publish does not go on before something is mended: why, and where, come first. */
function blockedConclusion(step: Step, outcome: Followed, name: Harmless, goal: Goal): Conclusion {
  const { start } = GOAL_TEXTS[goal];
  return {
    headline: ours`⚠️ Blocked: the ${start} of ${name} does not go on by itself`,
    level: "error",
    title: ours`The ${start} of ${name} is blocked`,
    sentences: [ours`${blockedReasons(step)} (step ${inQuotes(step.name, 80)}, blocked)`],
    next: [
      ours`Mend this in Partner Center (${harmlessLine(offerPage(outcome.reference.submissionId) ?? OFFERS_PAGE)}), or wait if it is Microsoft's turn. The ${start} is not over, and no other is started meanwhile.`,
      goOn(outcome, goal),
    ],
  };
}

const OFFERS_PAGE = "https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/overview";

/** What it does not say that a step is green. */
const LEFT = {
  live: ours("It was left to a later run (`onTimeout: leave`): that this step is green does not say that it is live."),
  preview: ours(
    "It was left to a later run (`onTimeout: leave`): that this step is green does not say that it is in preview.",
  ),
} as const satisfies Record<Goal, Harmless>;

const MAY_RUN = ours("It may still run.");

/** How it reads that a go-live cannot be observed any more. */
export function lostConclusion(
  outcome: Extract<Outcome, { readonly kind: "lost" }>,
  { offer, goal, nowMs }: Pick<ConclusionContext, "offer" | "goal" | "nowMs">,
): Conclusion {
  const name = nameOf(offer);
  const { start, There } = GOAL_TEXTS[goal];
  const { reason, remedy } = explain(outcome.error, offer);
  const [seen] = lastSeen(outcome.sighting, nowMs);
  const trouble = outcome.error instanceof AnswerError ? readTrouble(outcome.error) : undefined;
  // What no go-live shows of is not said to run.
  const mayRun = trouble === "notShown" ? [] : [seen === undefined ? MAY_RUN : ours`${MAY_RUN} ${seen}`];
  return {
    headline: ours`⚠️ ${There} or not, nobody can tell: the ${start} of ${name} is out of sight`,
    level: "error",
    title: ours`The ${start} of ${name} can no longer be observed`,
    sentences: [sentence(reason), ...mayRun],
    // Whoever follows it with the same inputs finds the same.
    next: [remedy, trouble === "otherOffer" ? ours`Operation: ${whereText(outcome)}` : goOn(outcome, goal)],
  };
}

function lastSeen(sighting: Sighting | undefined, nowMs: number): readonly Harmless[] {
  if (sighting === undefined) return [];
  return [ours`Last seen ${durationText(nowMs - sighting.atMs)} ago: ${operationLine(sighting.operation)}.`];
}

/** How a later run follows what this one has left. */
export function goOn(operation: Pick<Followed, "reference">, goal: Goal): Harmless {
  const target = goal === "live" ? ours("") : ours(", `target: preview`");
  return ours`To follow it, run this action with \`operationLocation: ${whereText(operation)}\`${target} and \`wait: true\`: that starts nothing.`;
}

/** Where an operation is, in text that people read. */
export function whereText({ reference }: Pick<Followed, "reference">): Harmless {
  return harmlessLine(reference.location.href);
}
