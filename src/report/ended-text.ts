import type { Outcome } from "../go-live/outcome.ts";
import type { Operation } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";
import { durationText } from "../text/time-text.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { contradictionText } from "./contradiction-text.ts";
import { goOn, whereText } from "./going-on-text.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { failureReasons } from "./operation-text.ts";
import { nameOf } from "./report.ts";

/** How an end reads that the operation's own status has made. */
export function endedConclusion(
  outcome: Extract<Outcome, { readonly kind: "ended" }>,
  { offer, goal, nowMs, startMs }: Pick<ConclusionContext, "offer" | "goal" | "nowMs" | "startMs">,
): Conclusion {
  const name = nameOf(offer);
  const { start, Start, there } = GOAL_TEXTS[goal];
  const closing = ours`Operation: ${whereText(outcome)}`;
  switch (outcome.status) {
    case "succeeded":
      return {
        headline: goal === "live" ? ours`✅ Live: ${name}` : ours`✅ In preview, ready to go live: ${name}`,
        level: "notice",
        title: goal === "live" ? ours`${name} is live` : ours`${name} is in preview, ready to go live`,
        sentences: [ours`The ${start} of ${name} succeeded after ${durationText(nowMs - startMs)} of watching.`],
        next: goal === "live" ? [] : [nextText(outcome.operation)],
        closing,
      };
    case "failed": {
      const reasons = failureReasons(outcome.operation);
      const [first = ours("the service gives no reason"), ...others] = reasons;
      return {
        headline: ours`❌ Not ${there}: the ${start} of ${name} failed`,
        level: "error",
        title: ours`${Start} failed`,
        sentences: [ours`The ${start} of ${name} failed: ${first}`, ...others],
        next: [
          goal === "live"
            ? ours("Mend this in Partner Center, publish to preview again, then run this job again.")
            : ours("Mend this in Partner Center, then run this job again."),
        ],
        closing,
      };
    }
    case "canceled":
      return {
        headline: ours`❌ Not ${there}: the ${start} of ${name} was canceled`,
        level: "error",
        title: ours`${Start} canceled`,
        sentences: [
          ours`The ${start} of ${name} was canceled by somebody in Partner Center or through the API.`,
          ...failureReasons(outcome.operation),
        ],
        next: [ours`The offer is not ${there} with this change. Run this job again to start another ${start}.`],
        closing,
      };
  }
}

/** What comes after a publish: people look at its preview, and that one goes live. */
function nextText({ submissionId }: Operation): Harmless {
  const pin = submissionId === undefined ? ours("") : ours` and \`submissionId: ${harmlessLine(submissionId, 200)}\``;
  return ours`Look at the preview, have it approved, then run this action with \`target: live\`${pin}. Nothing is live with this change yet.`;
}

/** How a success reads that the rest of the service speaks against. */
export function contradictedConclusion(
  outcome: Extract<Outcome, { readonly kind: "contradicted" }>,
  { offer, goal }: Pick<ConclusionContext, "offer" | "goal">,
): Conclusion {
  const name = nameOf(offer);
  const { start, there, There } = GOAL_TEXTS[goal];
  const { operation, contradiction } = outcome;
  return {
    headline: ours`⚠️ ${There} or not, nobody can tell: the service contradicts itself about the ${start} of ${name}`,
    level: "error",
    title: ours`${There} or not: unknown`,
    sentences: [
      ours`The operation of ${name} says ${inQuotes(operation.statusWord, 40)}, but ${contradictionText(contradiction, goal)}.`,
    ],
    next: [ours`Look in Partner Center whether the offer is ${there} with this change.`, goOn(outcome, goal)],
  };
}
