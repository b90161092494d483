import type { Cancellation } from "../go-live/cancel.ts";
import { isRequestError } from "../bearer/request-error.ts";
import type { CancelAnswer, Offer } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Outcome } from "../go-live/outcome.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { cancelText } from "./api-text.ts";
import { requestReason } from "./explanation.ts";
import { goOn } from "./going-on-text.ts";
import { operationLine, STATUS_TEXTS } from "./operation-text.ts";
import { nameOf } from "./report.ts";

/** What the service's answer to a cancel means, in sentences. */
export function cancelAnswerText(answer: CancelAnswer, location: URL | null, offer?: Harmless): Harmless {
  const what = offer === undefined ? ours("the go-live") : ours`the go-live of ${offer}`;
  return answer === "impossible"
    ? ours`The service was not asked to cancel ${what}: ${cancelText(answer, location)}`
    : ours`The service was asked to cancel ${what}. ${cancelText(answer, location)}`;
}

const CANCEL_THERE = ours("Look in Partner Center whether the go-live still runs, and cancel it there.");

/** That there was nothing to cancel, in a sentence. */
export function endText({ status }: Operation): Harmless {
  return ours`The service was not asked to cancel: the go-live had ended before (${STATUS_TEXTS[status]}).`;
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
  { offer, cancellation }: Pick<ConclusionContext, "offer" | "cancellation">,
): Conclusion {
  const name = nameOf(offer);
  const next = [goOn(outcome)];
  switch (cancellation?.kind) {
    case undefined:
      return { ...leftConclusion(outcome, name), next };
    case "notOwn":
    case "unclear": {
      const left = leftConclusion(outcome, name);
      return { ...left, sentences: [...left.sentences, ours(NOT_ASKED[cancellation.kind])], next };
    }
    case "asked":
      return {
        ...askedConclusion(outcome, cancellation.answer, name),
        next: cancellation.answer === "impossible" ? [CANCEL_THERE, ...next] : next,
      };
    case "ended":
      return {
        headline: ours`⚠️ The run was cancelled when the go-live of ${name} had ended`,
        level: "error",
        title: ours("The run was cancelled, the go-live had ended"),
        sentences: [
          ours`The run was cancelled. ${endText(cancellation.operation)}`,
          ours`The service says of the go-live of ${name}: ${operationLine(cancellation.operation)}.`,
        ],
        next,
      };
    case "failed": {
      const reason = cancelErrorText(cancellation.error, offer);
      return {
        headline: ours`⚠️ The run was cancelled, the go-live of ${name} may still run`,
        level: "error",
        title: ours("The run was cancelled, the go-live may still run"),
        sentences: [
          ours`The run was cancelled. The service was asked to cancel the go-live of ${name}, in vain as far as this step can tell: ${reason}.`,
          ours(
            "It is asked once more at the end of the job if the whole job was cancelled, and not if only this step was.",
          ),
        ],
        next: [CANCEL_THERE, ...next],
      };
    }
  }
}

function askedConclusion(outcome: Interrupted, answer: CancelAnswer, name: Harmless): Omit<Conclusion, "next"> {
  const text = cancelAnswerText(answer, outcome.reference.location, name);
  const said = { level: "error", sentences: [ours`The run was cancelled. ${text}`] } as const;
  switch (answer) {
    case "done":
    case "underWay":
      return {
        ...said,
        headline: ours`⏳ The run was cancelled, the service was asked to cancel the go-live of ${name}`,
        title: ours("The run was cancelled, and the service was asked to cancel the go-live"),
      };
    case "tooLate":
      return {
        ...said,
        headline: ours`⚠️ The run was cancelled, and it was too late to cancel the go-live of ${name}`,
        title: ours("The run was cancelled, and it was too late to cancel the go-live"),
      };
    case "impossible":
      return {
        ...said,
        headline: ours`⚠️ The run was cancelled, the go-live of ${name} was not`,
        title: ours("The run was cancelled, the go-live was not"),
      };
  }
}

/** Why the service was not asked to cancel, though the inputs want it. */
export const NOT_ASKED = {
  notOwn: "The service was not asked to cancel it (`onCancel: cancel`): this run did not start it.",
  unclear:
    "The service was not asked to cancel it (`onCancel: cancel`): nobody can tell whether a go-live that runs is the one of this run.",
} as const;

function leftConclusion({ status }: Interrupted, name: Harmless): Omit<Conclusion, "next"> {
  const said = { level: "error", title: ours("The run was cancelled, the go-live was not") } as const;
  return status === "unknown"
    ? {
        ...said,
        headline: ours`⚠️ Live or not, nobody can tell: the run for ${name} was cancelled`,
        sentences: [
          ours`The run was cancelled before anything was seen of the go-live of ${name}; it may still run at Microsoft.`,
        ],
      }
    : {
        ...said,
        headline: ours`⏳ Not live yet: the run was cancelled, the go-live of ${name} was not`,
        sentences: [
          ours`The run was cancelled; the go-live of ${name} goes on at Microsoft (${STATUS_TEXTS[status]}).`,
        ],
      };
}
