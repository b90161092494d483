import type { Followed, Outcome } from "../go-live/outcome.ts";
import { type Harmless, inQuotes, ours } from "../text/harmless.ts";
import { durationText } from "../text/time-text.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { contradictionText } from "./contradiction-text.ts";
import { goOn, whereText } from "./going-on-text.ts";
import { failureReasons } from "./operation-text.ts";
import { nameOf } from "./report.ts";

/** How an end reads that the operation's own status has made. */
export function endedConclusion(
  outcome: Extract<Outcome, { readonly kind: "ended" }>,
  { offer, nowMs, startMs }: Pick<ConclusionContext, "offer" | "nowMs" | "startMs">,
): Conclusion {
  const name = nameOf(offer);
  const closing = ours`Operation: ${whereText(outcome)}`;
  switch (outcome.status) {
    case "succeeded":
      return {
        headline: ours`✅ Live: ${name}`,
        level: "notice",
        title: ours`${name} is live`,
        sentences: [ours`The go-live of ${name} succeeded; this step watched it for ${durationText(nowMs - startMs)}.`],
        next: [],
        closing,
      };
    case "failed": {
      const reasons = failureReasons(outcome.operation);
      const [first = ours("The service gives no reason."), ...others] = reasons;
      return {
        headline: ours`❌ Not live: the go-live of ${name} failed`,
        level: "error",
        title: ours`The go-live of ${name} failed`,
        sentences: [first, ...others],
        next: [ours`Mend this in Partner Center, publish to preview again, then ${anotherText(outcome)}.`],
        closing,
      };
    }
    case "canceled":
      return {
        headline: ours`❌ Not live: the go-live of ${name} was canceled`,
        level: "error",
        title: ours`The go-live of ${name} was canceled`,
        sentences: [
          ours("Somebody canceled it in Partner Center or through the API."),
          ...failureReasons(outcome.operation),
        ],
        next: [ours`The offer is not live with this change. To start another go-live, ${anotherText(outcome)}.`],
        closing,
      };
  }
}

/** How another go-live is started, to follow "then": a job that follows one would follow the same one for ever. */
function anotherText({ origin }: Followed): Harmless {
  return origin === "watched"
    ? ours("run the job that starts go-lives; this one follows an operation and would find the same end again")
    : ours("run this job again");
}

/** How a success reads that the rest of the service speaks against. */
export function contradictedConclusion(
  outcome: Extract<Outcome, { readonly kind: "contradicted" }>,
  { offer }: Pick<ConclusionContext, "offer">,
): Conclusion {
  const name = nameOf(offer);
  const { operation, contradiction } = outcome;
  return {
    headline: ours`⚠️ Live or not, nobody can tell: the service contradicts itself about the go-live of ${name}`,
    level: "error",
    title: ours("Nobody can tell whether it is live"),
    sentences: [
      ours`The operation of ${name} says ${inQuotes(operation.statusWord, 40)}, but ${contradictionText(contradiction)}.`,
    ],
    next: [ours("Look in Partner Center whether the offer is live with this change."), goOn(outcome)],
  };
}
