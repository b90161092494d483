import type { Outcome } from "../go-live/outcome.ts";
import { type Harmless, ours } from "../text/harmless.ts";
import { notAskedText } from "./cancel-text.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { explain, sentence } from "./explanation.ts";
import { nameOf } from "./report.ts";
import { portalHints } from "./serving-text.ts";

/** How it reads that nothing was started. */
export function notStartedConclusion(
  { error, isInferred }: Extract<Outcome, { readonly kind: "notStarted" }>,
  context: Pick<ConclusionContext, "offer" | "goal" | "asked">,
): Conclusion {
  const { offer, goal } = context;
  const name = nameOf(offer);
  const { start, there } = GOAL_TEXTS[goal];
  const { reason, remedy } = explain(error, offer);
  const said = sentence(reason);
  if (isInferred === true) {
    return {
      headline: ours`❌ Not ${there}: as far as can be seen, no ${start} of ${name} was started`,
      level: "error",
      title: ours`As far as can be seen, no ${start} of ${name} was started`,
      // What was seen, and only then what follows from it.
      sentences: [
        said,
        ours`A sending before got no clear answer, and the offer's operations show no ${start} since: so none was started, as far as they show.`,
      ],
      next: [remedy, ...portalHints(error, context)],
    };
  }
  return {
    headline: ours`❌ Not ${there}: no ${start} of ${name} was started`,
    level: "error",
    title: ours`No ${start} of ${name} was started`,
    sentences: [said],
    next: [remedy, ...portalHints(error, context)],
  };
}

/** How it reads that a go-live was sent, and nobody can tell whether it was started. */
export function unclearConclusion(
  { error }: Extract<Outcome, { readonly kind: "unclear" }>,
  { offer, goal, cancellation }: Pick<ConclusionContext, "offer" | "goal" | "cancellation">,
): Conclusion {
  const name = nameOf(offer);
  const { start } = GOAL_TEXTS[goal];
  const { reason } = explain(error, offer);
  return {
    headline: ours`⚠️ Started or not, nobody can tell: the ${start} of ${name}`,
    level: "error",
    title: ours`Nobody can tell whether a ${start} of ${name} was started`,
    sentences: [
      sentence(reason),
      ours`The ${start} had been sent, and the offer's operations could not settle whether it was started.`,
      ...(cancellation?.kind === "unclear" ? [notAskedText("unclear", goal)] : []),
    ],
    next: [
      goal === "live"
        ? ours("It was not sent again. Look in Partner Center whether the offer is going live.")
        : ours("It was not sent again. Look in Partner Center whether the offer is being published."),
      ours`Wait some minutes before you run this job again: it looks for a running ${start} first and follows that one, but the list of operations may lag.`,
    ],
  };
}

/** How it reads that the inputs cannot be used: each problem is one of its own. */
export function badInputsConclusion(problems: readonly Harmless[]): Conclusion {
  return {
    headline: ours("❌ Not live: inputs not usable, nothing was sent"),
    level: "error",
    title: ours("An input is not usable"),
    sentences: problems,
    next: [],
    closing: ours("Nothing was sent."),
    areApart: true,
  };
}
