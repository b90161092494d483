import type { Cancellation } from "../go-live/cancel.ts";
import { isRequestError } from "../bearer/request-error.ts";
import type { CancelAnswer, Offer } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Followed, Outcome } from "../go-live/outcome.ts";
import type { Conclusion } from "./conclusion.ts";
import { requestReason } from "./explanation.ts";
import { operationLine, STATUS_TEXTS } from "./operation-text.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** What the service's answer to a cancel means, in sentences. */
export function cancelAnswerText(answer: CancelAnswer, offer?: string): string {
  const what = offer === undefined ? "the go-live" : `the go-live of ${offer}`;
  return `The service was asked to cancel ${what}. ${ANSWER_TEXTS[answer]}`;
}

const CHECK = "check in Partner Center, for it also answers so when nothing runs.";

const ANSWER_TEXTS = {
  done: `It says that this is done; ${CHECK}`,
  underWay: `It took the wish: it takes 1 to 3 minutes until the go-live is canceled; ${CHECK}`,
  tooLate: "It says that it is too late: the go-live goes on, or has ended.",
  impossible: "It cannot cancel a go-live.",
} as const satisfies Record<CancelAnswer, string>;

/** That there was nothing to cancel, in a sentence. */
export function endText({ status }: Operation): string {
  return `The service was not asked to cancel: the go-live had ended before (${STATUS_TEXTS[status]}).`;
}

/** Why the service could not be asked, as a clause without a full stop. */
export function cancelErrorText(error: Extract<Cancellation, { kind: "failed" }>["error"], offer: Offer): string {
  return isRequestError(error) ? requestReason(error, offer) : error.message;
}

type Interrupted = Extract<Outcome, { readonly kind: "interrupted" }>;

export interface CancelledContext {
  readonly offer: Offer;
  /** Undefined when nobody wanted it cancelled. */
  readonly cancellation?: Cancellation | undefined;
  /** The sentence that says how to go on with the operation. */
  readonly goOn: (outcome: Followed) => string;
}

/** The last word of a run that was cancelled while it followed an operation. */
export function interruptedConclusion(outcome: Interrupted, context: CancelledContext): Conclusion {
  const { cancellation } = context;
  const offer = offerName(context.offer);
  const next = [context.goOn(outcome)];
  switch (cancellation?.kind) {
    case undefined:
      return { ...LEFT, sentences: [leftSentence(outcome, offer)], next };
    case "notOwn":
    case "unclear":
      return { ...LEFT, sentences: [leftSentence(outcome, offer), NOT_ASKED[cancellation.kind]], next };
    case "asked": {
      const text = cancelAnswerText(cancellation.answer, offer);
      return {
        level: "error",
        title: "Run cancelled, cancel asked for",
        sentences: [`The run was cancelled. ${text}`],
        next,
      };
    }
    case "ended": {
      const first = `The run was cancelled. ${endText(cancellation.operation)}`;
      const seen = `The service says of the go-live of ${offer}: ${operationLine(cancellation.operation)}.`;
      return { level: "error", title: "Run cancelled, go-live had ended", sentences: [first, seen], next };
    }
    case "failed": {
      const reason = cancelErrorText(cancellation.error, context.offer);
      return {
        level: "error",
        title: "Run cancelled, go-live may still run",
        sentences: [
          `The run was cancelled. The service was asked to cancel the go-live of ${offer}, in vain as far as this step can tell: ${reason}.`,
          "It is asked once more at the end of the job if the whole job was cancelled, and not if only this step was.",
        ],
        next: ["Look in Partner Center whether the go-live still runs, and cancel it there.", ...next],
      };
    }
  }
}

const LEFT = { level: "error", title: "Run cancelled, go-live not" } as const;

/** Why the service was not asked to cancel, though the inputs want it. */
export const NOT_ASKED = {
  notOwn: "The service was not asked to cancel it (`onCancel: cancel`): this run did not start it.",
  unclear:
    "The service was not asked to cancel it (`onCancel: cancel`): nobody can tell whether a go-live that runs is the one of this run.",
} as const;

function leftSentence({ status }: Interrupted, offer: string): string {
  return status === "unknown"
    ? `The run was cancelled before anything was seen of the go-live of ${offer}; it may still run at Microsoft.`
    : `The run was cancelled; the go-live of ${offer} goes on at Microsoft (${STATUS_TEXTS[status]}).`;
}
