import type { Followed, Outcome } from "../go-live/outcome.ts";
import type { Goal } from "../marketplace/marketplace.ts";
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
  const { start, there } = GOAL_TEXTS[goal];
  const closing = ours`Operation: ${whereText(outcome)}`;
  switch (outcome.status) {
    case "succeeded":
      return {
        headline: goal === "live" ? ours`✅ Live: ${name}` : ours`✅ In preview, ready to go live: ${name}`,
        level: "notice",
        title: goal === "live" ? ours`${name} is live` : ours`${name} is in preview, ready to go live`,
        sentences: [
          ours`The ${start} of ${name} succeeded; this step watched it for ${durationText(nowMs - startMs)}.`,
        ],
        next: goal === "live" ? [] : [nextText(outcome.operation)],
        closing,
      };
    case "failed": {
      const reasons = failureReasons(outcome.operation);
      const [first = ours("The service gives no reason."), ...others] = reasons;
      return {
        headline: ours`❌ Not ${there}: the ${start} of ${name} failed`,
        level: "error",
        title: ours`The ${start} of ${name} failed`,
        sentences: [first, ...others],
        next: [
          goal === "live"
            ? ours`Mend this in Partner Center, publish to preview again, then ${anotherText(outcome, goal)}.`
            : ours`Mend this in Partner Center, then ${anotherText(outcome, goal)}.`,
        ],
        closing,
      };
    }
    case "canceled":
      return {
        headline: ours`❌ Not ${there}: the ${start} of ${name} was canceled`,
        level: "error",
        title: ours`The ${start} of ${name} was canceled`,
        sentences: [
          ours("Somebody canceled it in Partner Center or through the API."),
          ...failureReasons(outcome.operation),
        ],
        next: [
          ours`The offer is not ${there} with this change. To start another ${start}, ${anotherText(outcome, goal)}.`,
        ],
        closing,
      };
  }
}

/** What comes after a publish: people look at its preview, and that one goes live. */
function nextText({ submissionId }: Operation): Harmless {
  const pin = submissionId === undefined ? ours("") : ours` and \`submissionId: ${harmlessLine(submissionId, 200)}\``;
  return ours`Look at the preview, have it approved, then run this action with \`target: live\`${pin}. Nothing is live with this change yet.`;
}

/** How another one is started, to follow "then": a job that follows one would follow the same one for ever. */
function anotherText({ origin }: Followed, goal: Goal): Harmless {
  const job = goal === "live" ? ours("the job that starts go-lives") : ours("the job that publishes to preview");
  return origin === "watched"
    ? ours`run ${job}; this one follows an operation and would find the same end again`
    : ours("run this job again");
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
    title: ours`Nobody can tell whether it is ${there}`,
    sentences: [
      ours`The operation of ${name} says ${inQuotes(operation.statusWord, 40)}, but ${contradictionText(contradiction, goal)}.`,
    ],
    next: [ours`Look in Partner Center whether the offer is ${there} with this change.`, goOn(outcome, goal)],
  };
}
