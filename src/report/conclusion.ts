import type { Cancellation } from "../go-live/cancel.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import type { Followed, Outcome, Sighting } from "../go-live/outcome.ts";
import type { AnnotationLevel } from "../runner/runner.ts";
import { interruptedConclusion, NOT_ASKED } from "./cancel-text.ts";
import { contradictionText } from "./contradiction-text.ts";
import { durationText } from "../text/time-text.ts";
import { explain } from "./explanation.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";
import { failureReasons, operationLine } from "./operation-text.ts";
import { isDoubtful, isFromElsewhere } from "./report.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** The last word of a run: how it ended, why, and what to do now. */
export interface Conclusion {
  readonly level: AnnotationLevel;
  readonly title: string;
  /** Harmless sentences; the first one alone says what happened and why. */
  readonly sentences: readonly string[];
  /** What to do now, in harmless sentences; none when there is nothing to do. */
  readonly next: readonly string[];
  /** Where the operation is, if that is not said yet. */
  readonly where?: string;
}

/** All of it, as an annotation shows it. */
export function conclusionText({ sentences, next, ...others }: Conclusion): string {
  return [...sentences, ...next, ...(others.where === undefined ? [] : [others.where])].join("\n");
}

export interface ConclusionContext {
  readonly offer: Offer;
  readonly nowMs: number;
  readonly startMs: number;
  readonly timeoutMs: number;
  /** What became of the wish to have it cancelled, where the run was. */
  readonly cancellation?: Cancellation | undefined;
  readonly approval: { readonly isRequired: boolean };
}

/** How an outcome reads; second, after what happened, stands whether this step started it at all. */
export function conclude(outcome: Outcome, context: ConclusionContext): Conclusion {
  const conclusion = concludeEnd(outcome, context);
  if (!isFromElsewhere(outcome)) return conclusion;
  const [first = "", ...others] = conclusion.sentences;
  return { ...conclusion, sentences: [first, elsewhereSentence(outcome, context), ...others] };
}

/** An approval in this run says nothing of what was started before. */
function elsewhereSentence(outcome: Outcome, { approval }: ConclusionContext): string {
  const credit = approval.isRequired ? " The approval that it checked is not counted as one of that go-live." : "";
  const whose = isDoubtful(outcome)
    ? "Nobody can tell whether it was this step that started it."
    : "This step did not start that go-live.";
  return `${whose}${credit}`;
}

function concludeEnd(outcome: Outcome, context: ConclusionContext): Conclusion {
  const offer = offerName(context.offer);
  switch (outcome.kind) {
    case "ended":
      return endedConclusion(outcome, offer, context);
    case "underWay":
      return underWayConclusion(outcome, offer);
    case "deadline":
      return deadlineConclusion(outcome, offer, context);
    case "interrupted":
      return interruptedConclusion(outcome, { ...context, goOn });
    case "lost": {
      const { reason, remedy } = explain(outcome.error, context.offer);
      return {
        level: "error",
        title: "Go-live out of sight",
        sentences: [
          `The go-live of ${offer} can no longer be observed: ${reason}.`,
          `It may still run. ${lastSeen(outcome.sighting, context.nowMs)}`,
        ],
        next: [remedy, goOn(outcome)],
      };
    }
    case "contradicted":
      return contradictedConclusion(outcome, offer);
    case "notStarted": {
      const { reason, remedy } = explain(outcome.error, context.offer);
      const inferred = outcome.isInferred === true ? ", as far as the offer's operations show" : "";
      return {
        level: "error",
        title: "Nothing was started",
        sentences: [`No go-live of ${offer} was started${inferred}: ${reason}.`],
        next: [remedy],
      };
    }
    case "unclear": {
      const { reason } = explain(outcome.error, context.offer);
      return {
        level: "error",
        title: "Started or not: unknown",
        sentences: [
          `Nobody can tell whether a go-live of ${offer} was started: it was sent, then ${reason}, and the offer's operations could not settle it.`,
          ...(context.cancellation?.kind === "unclear" ? [NOT_ASKED.unclear] : []),
        ],
        next: [
          "It was not sent again. Look in Partner Center whether the offer is going live.",
          "Wait some minutes before you run this job again: it looks for a running go-live first and follows that one, but the list of operations may lag.",
        ],
      };
    }
  }
}

function endedConclusion(
  outcome: Extract<Outcome, { readonly kind: "ended" }>,
  offer: string,
  { nowMs, startMs }: ConclusionContext,
): Conclusion {
  const took = `after ${durationText(nowMs - startMs)} of watching`;
  const operation = { where: `Operation: ${where(outcome)}` };
  switch (outcome.status) {
    case "succeeded":
      return {
        level: "notice",
        title: `${offer} is live`,
        sentences: [`The go-live of ${offer} succeeded ${took}.`],
        next: [],
        ...operation,
      };
    case "failed": {
      const reasons = failureReasons(outcome.operation);
      const [first = "the service gives no reason", ...others] = reasons;
      return {
        level: "error",
        title: "Go-live failed",
        sentences: [`The go-live of ${offer} failed: ${first}`, ...others],
        next: ["Mend this in Partner Center, publish to preview again, then run this job again."],
        ...operation,
      };
    }
    case "canceled":
      return {
        level: "error",
        title: "Go-live canceled",
        sentences: [
          `The go-live of ${offer} was canceled by somebody in Partner Center or through the API.`,
          ...failureReasons(outcome.operation),
        ],
        next: ["The offer is not live with this change. Run this job again to start another go-live."],
        ...operation,
      };
  }
}

function contradictedConclusion(
  outcome: Extract<Outcome, { readonly kind: "contradicted" }>,
  offer: string,
): Conclusion {
  const { operation, contradiction } = outcome;
  return {
    level: "error",
    title: "Live or not: unknown",
    sentences: [
      `The operation of ${offer} says ${inQuotes(operation.statusWord, 40)}, but ${contradictionText(contradiction)}.`,
    ],
    next: ["Look in Partner Center whether the offer is live with this change.", goOn(outcome)],
  };
}

function underWayConclusion(outcome: Extract<Outcome, { readonly kind: "underWay" }>, offer: string): Conclusion {
  const { origin, operation } = outcome;
  const seen = operation === undefined ? "" : ` (${operationLine(operation)})`;
  const first = {
    started: `The go-live of ${offer} was accepted and is under way; it takes hours to days.`,
    found: `The go-live of ${offer} was started and is under way; it takes hours to days.`,
    doubtful: `A go-live of ${offer} is under way that was not there before; it takes hours to days.`,
    adopted: `A go-live of ${offer} was already under way; no other was started.`,
    watched: `The go-live of ${offer} is still under way${seen}.`,
  } as const satisfies Record<Followed["origin"], string>;
  return { level: "notice", title: "Go-live under way", sentences: [first[origin]], next: [goOn(outcome)] };
}

function deadlineConclusion(
  outcome: Extract<Outcome, { readonly kind: "deadline" }>,
  offer: string,
  { offer: ids, nowMs, timeoutMs }: ConclusionContext,
): Conclusion {
  const { error, sighting } = outcome;
  const waited = `after ${durationText(timeoutMs)} (\`timeoutMinutes\`)`;
  const first =
    sighting === undefined
      ? `The go-live of ${offer} could not be observed once, and the wait ended ${waited}.`
      : `The go-live of ${offer} had not ended ${waited}; it goes on at Microsoft.`;
  const trouble = error === undefined ? [] : [`The last question failed: ${explain(error, ids).reason}.`];
  return {
    level: "error",
    title: "Go-live not ended in time",
    sentences: [first, lastSeen(sighting, nowMs), ...trouble].filter((sentence) => sentence !== ""),
    next: [goOn(outcome)],
  };
}

function lastSeen(sighting: Sighting | undefined, nowMs: number): string {
  if (sighting === undefined) return "";
  return `Last seen ${durationText(nowMs - sighting.atMs)} ago: ${operationLine(sighting.operation)}.`;
}

/** How a later run follows what this one has left. */
export function goOn(outcome: Followed): string {
  return `To follow it, run this action with \`operationLocation: ${where(outcome)}\` and \`wait: true\`: that starts nothing.`;
}

function where({ reference }: Followed): string {
  return harmlessLine(reference.location.href);
}
