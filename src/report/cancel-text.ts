import type { Cancellation } from "../go-live/cancel.ts";
import { isRequestError } from "../bearer/request-error.ts";
import type { CancelAnswer, Goal, Offer } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Outcome } from "../go-live/outcome.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { cancelText } from "./api-text.ts";
import { requestReason } from "./explanation.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { goOn } from "./going-on-text.ts";
import { operationLine, STATUS_TEXTS } from "./operation-text.ts";
import { nameOf } from "./report.ts";

/** What the service's answer to a cancel means, in sentences. */
export function cancelAnswerText(answer: CancelAnswer, location: URL | null, goal: Goal, offer?: Harmless): Harmless {
  const { start } = GOAL_TEXTS[goal];
  const what = offer === undefined ? ours`the ${start}` : ours`the ${start} of ${offer}`;
  return answer === "impossible"
    ? ours`The service was not asked to cancel ${what}: ${cancelText(answer, location, goal)}`
    : ours`The service was asked to cancel ${what}. ${cancelText(answer, location, goal)}`;
}

function cancelThere(goal: Goal): Harmless {
  return ours`Look in Partner Center whether the ${GOAL_TEXTS[goal].start} still runs, and cancel it there.`;
}

/** That there was nothing to cancel, in a sentence. */
export function endText({ status }: Operation, goal: Goal): Harmless {
  return ours`The service was not asked to cancel: the ${GOAL_TEXTS[goal].start} had ended before (${STATUS_TEXTS[status]}).`;
}

/** Why the service could not be asked, as a clause without a full stop. */
export function cancelErrorText(
  error: Extract<Cancellation, { kind: "failed" }>["error"],
  offer: Offer | undefined,
): Harmless {
  return isRequestError(error) ? requestReason(error, offer) : harmlessLine(error.message);
}

type Interrupted = Extract<Outcome, { readonly kind: "interrupted" }>;

/** The last word of a run that was cancelled while it followed an operation. */
export function interruptedConclusion(
  outcome: Interrupted,
  { offer, goal, cancellation }: Pick<ConclusionContext, "offer" | "goal" | "cancellation">,
): Conclusion {
  const name = nameOf(offer);
  const { start } = GOAL_TEXTS[goal];
  const next = [goOn(outcome, goal)];
  switch (cancellation?.kind) {
    case undefined:
      return { ...leftConclusion(outcome, name, goal), next };
    case "notOwn":
    case "unclear": {
      const left = leftConclusion(outcome, name, goal);
      return { ...left, sentences: [...left.sentences, notAskedText(cancellation.kind, goal)], next };
    }
    case "asked":
      return {
        ...askedConclusion(outcome, cancellation.answer, name, goal),
        next: cancellation.answer === "impossible" ? [cancelThere(goal), ...next] : next,
      };
    case "ended":
      return {
        headline: ours`⚠️ The run was cancelled when the ${start} of ${name} had ended`,
        level: "error",
        title: ours`The run was cancelled, the ${start} had ended`,
        sentences: [
          ours`The run was cancelled. ${endText(cancellation.operation, goal)}`,
          ours`The service says of the ${start} of ${name}: ${operationLine(cancellation.operation)}.`,
        ],
        next,
      };
    case "failed": {
      const reason = cancelErrorText(cancellation.error, offer);
      return {
        headline: ours`⚠️ The run was cancelled, the ${start} of ${name} may still run`,
        level: "error",
        title: ours`The run was cancelled, the ${start} may still run`,
        sentences: [
          ours`The run was cancelled. The service was asked to cancel the ${start} of ${name}, in vain as far as this step can tell: ${reason}.`,
          ours(
            "It is asked once more at the end of the job if the whole job was cancelled, and not if only this step was.",
          ),
        ],
        next: [cancelThere(goal), ...next],
      };
    }
  }
}

function askedConclusion(
  outcome: Interrupted,
  answer: CancelAnswer,
  name: Harmless,
  goal: Goal,
): Omit<Conclusion, "next"> {
  const { start } = GOAL_TEXTS[goal];
  const text = cancelAnswerText(answer, outcome.reference.location, goal, name);
  const said = { level: "error", sentences: [ours`The run was cancelled. ${text}`] } as const;
  switch (answer) {
    case "done":
    case "underWay":
      return {
        ...said,
        headline: ours`⏳ The run was cancelled, the service was asked to cancel the ${start} of ${name}`,
        title: ours`The run was cancelled, and the service was asked to cancel the ${start}`,
      };
    case "tooLate":
      return {
        ...said,
        headline: ours`⚠️ The run was cancelled, and it was too late to cancel the ${start} of ${name}`,
        title: ours`The run was cancelled, and it was too late to cancel the ${start}`,
      };
    case "impossible":
      return {
        ...said,
        headline: ours`⚠️ The run was cancelled, the ${start} of ${name} was not`,
        title: ours`The run was cancelled, the ${start} was not`,
      };
  }
}

/** Why the service was not asked to cancel, though the inputs want it. */
export function notAskedText(why: "notOwn" | "unclear", goal: Goal): Harmless {
  const { start } = GOAL_TEXTS[goal];
  const because =
    why === "notOwn"
      ? ours("this run did not start it")
      : ours`nobody can tell whether a ${start} that runs is the one of this run`;
  return ours`The service was not asked to cancel it (\`onCancel: cancel\`): ${because}.`;
}

function leftConclusion({ status }: Interrupted, name: Harmless, goal: Goal): Omit<Conclusion, "next"> {
  const { start, there, There } = GOAL_TEXTS[goal];
  const said = { level: "error", title: ours`The run was cancelled, the ${start} was not` } as const;
  return status === "unknown"
    ? {
        ...said,
        headline: ours`⚠️ ${There} or not, nobody can tell: the run for ${name} was cancelled`,
        sentences: [
          ours`The run was cancelled before anything was seen of the ${start} of ${name}; it may still run at Microsoft.`,
        ],
      }
    : {
        ...said,
        headline: ours`⏳ Not ${there} yet: the run was cancelled, the ${start} of ${name} was not`,
        sentences: [
          ours`The run was cancelled; the ${start} of ${name} goes on at Microsoft (${STATUS_TEXTS[status]}).`,
        ],
      };
}
