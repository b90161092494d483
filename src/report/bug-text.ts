import { hasEnded } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, harmlessText, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import type { Goal } from "../marketplace/marketplace.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { goOn } from "./going-on-text.ts";
import { STATUS_TEXTS } from "./operation-text.ts";
import { nameOf } from "./report.ts";

const LONGEST_REASON = 500;
const REPORT = ours("This should not happen; please report it.");
const LOOKS = {
  live: ours("Before you run the job again, look in Partner Center whether the offer is going live."),
  preview: ours("Before you run the job again, look in Partner Center whether the offer is being published."),
} as const satisfies Record<Goal, Harmless>;

/** How a run reads that an error has ended which should not exist: loudly, with its stack, and with what is known. */
export function bugConclusion(
  error: unknown,
  context: Pick<ConclusionContext, "offer" | "goal" | "known">,
): Conclusion {
  const [reason = "", ...stack] = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split("\n");
  const [what, ...next] = whatIsKnown(context);
  return {
    headline: ours`⚠️ ${what}: a bug in this action`,
    level: "error",
    title: ours("There is a bug in this action"),
    sentences: [harmlessLine(reason, LONGEST_REASON)],
    next: [REPORT, ...next],
    ...(stack.length === 0 ? {} : { closing: harmlessText(stack.join("\n")) }),
  };
}

/** How the go-live stands, and what to do now. */
function whatIsKnown({
  offer,
  goal,
  known,
}: Pick<ConclusionContext, "offer" | "goal" | "known">): readonly [Harmless, ...(readonly Harmless[])] {
  const { followed, status, wasSent } = known;
  const name = nameOf(offer);
  const { start, There } = GOAL_TEXTS[goal];
  if (followed === undefined) {
    return wasSent && status === undefined
      ? [
          ours`Started or not, nobody can tell: the ${start} of ${name}`,
          ours`A ${start} of ${name} was sent, and this run cannot say what became of it. ${LOOKS[goal]}`,
        ]
      : [ours`${There} or not, nobody can tell`, LOOKS[goal]];
  }
  if (status === undefined || status === "unknown" || status === "rejected") {
    return [ours`The ${start} of ${name} was not seen`, ours("It may still run."), goOn(followed, goal)];
  }
  return hasEnded(status)
    ? [ours`The ${start} of ${name} had ended when last seen (${STATUS_TEXTS[status]})`, goOn(followed, goal)]
    : [
        ours`The ${start} of ${name} was not seen to its end`,
        ours`It was ${STATUS_TEXTS[status]} when last seen, and may go on at Microsoft without this run.`,
        goOn(followed, goal),
      ];
}
