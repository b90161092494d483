import type { Cancellation } from "../go-live/cancel.ts";
import type { Followed } from "../go-live/outcome.ts";
import type { ChosenApi } from "../marketplace/apis.ts";
import type { Goal, Offer } from "../marketplace/marketplace.ts";
import type { AnnotationLevel } from "../runner/runner.ts";
import { type Harmless, joined, ours } from "../text/harmless.ts";
import { bugConclusion } from "./bug-text.ts";
import { interruptedConclusion } from "./cancel-text.ts";
import { dryRunConclusion } from "./dry-run-text.ts";
import { type Ending, isFromElsewhere, type LastKnown } from "./ending.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { contradictedConclusion, endedConclusion } from "./ended-text.ts";
import { deadlineConclusion, lostConclusion, underWayConclusion } from "./going-on-text.ts";
import type { Denied } from "../serving-api/find.ts";
import { badInputsConclusion, notStartedConclusion, unclearConclusion } from "./start-text.ts";

/** The last word of a run: how it ended, why, and what to do now. */
export interface Conclusion {
  /** Whether it is live, what became of it, and whether this step started it at all, in one line behind one sign. */
  readonly headline: Harmless;
  readonly level: AnnotationLevel;
  readonly title: Harmless;
  /** The first one alone says what happened and why. */
  readonly sentences: readonly Harmless[];
  /** What to do now, in sentences; none when there is nothing to do. */
  readonly next: readonly Harmless[];
  /** The last lines of the annotation, which the page of the run says in another place. */
  readonly closing?: Harmless;
  /** Set when each sentence is about something else, and gets an annotation of its own. */
  readonly areApart?: true;
}

/** All of it, as annotations show it. */
export function conclusionTexts({ sentences, next, closing, areApart }: Conclusion): readonly Harmless[] {
  const end = closing === undefined ? [] : [closing];
  if (areApart) return sentences.map((sentence) => joined([sentence, ...next, ...end], "\n"));
  return [joined([...sentences, ...next, ...end], "\n")];
}

/** Which API was asked, and what is known of that. */
export interface Asked {
  readonly api: ChosenApi;
  /** Whether it has answered anything with success. */
  readonly hasAnswered: boolean;
  /** Those that were asked before and do not serve the offer. */
  readonly denied: readonly Denied[];
}

/** What a conclusion speaks of beside the ending. Times are in milliseconds since the epoch. */
export interface ConclusionContext {
  /** Undefined where the inputs could not be read. */
  readonly offer: Offer | undefined;
  /** What was to be reached; of inputs that could not be read, the default. */
  readonly goal: Goal;
  /** Which API was asked, and which before; undefined where none was. */
  readonly asked?: Asked | undefined;
  readonly nowMs: number;
  readonly startMs: number;
  readonly timeoutMs: number;
  /** What became of the wish to have it cancelled, where the run was. */
  readonly cancellation?: Cancellation | undefined;
  readonly approval: { readonly isRequired: boolean };
  readonly known: LastKnown;
}

/** How an ending reads; second, after what happened, stands whether this step started it at all. */
export function conclude(ending: Ending, context: ConclusionContext): Conclusion {
  switch (ending.kind) {
    case "ended":
      return withOrigin(endedConclusion(ending, context), ending, context);
    case "underWay":
      return withOrigin(underWayConclusion(ending, context), ending, context);
    case "deadline":
      return withOrigin(deadlineConclusion(ending, context), ending, context);
    case "interrupted":
      return withOrigin(interruptedConclusion(ending, context), ending, context);
    case "lost":
      return withOrigin(lostConclusion(ending, context), ending, context);
    case "contradicted":
      return withOrigin(contradictedConclusion(ending, context), ending, context);
    case "notStarted":
      return notStartedConclusion(ending, context);
    case "unclear":
      return unclearConclusion(ending, context);
    case "dryRun":
      return dryRunConclusion(ending, context);
    case "badInputs":
      return badInputsConclusion(ending.problems);
    case "bug":
      return bugConclusion(ending.error, context);
  }
}

/** An approval in this run says nothing of what was started before. */
function withOrigin(conclusion: Conclusion, operation: Followed, { approval, goal }: ConclusionContext): Conclusion {
  if (!isFromElsewhere(operation)) return conclusion;
  const { start } = GOAL_TEXTS[goal];
  const [first, ...others] = conclusion.sentences;
  const isDoubtful = operation.origin === "doubtful";
  const credit = approval.isRequired
    ? ours` The approval that it checked is not counted as one of that ${start}.`
    : ours("");
  const whose = isDoubtful
    ? ours("Nobody can tell whether it was this step that started it.")
    : ours`This step did not start that ${start}.`;
  return {
    ...conclusion,
    headline: ours`${conclusion.headline} (${isDoubtful ? "perhaps " : ""}not started by this step)`,
    sentences: [...(first === undefined ? [] : [first]), ours`${whose}${credit}`, ...others],
  };
}
