import type { Outcome } from "../go-live/outcome.ts";
import { type Harmless, ours } from "../text/harmless.ts";
import { NOT_ASKED } from "./cancel-text.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { explain, sentence } from "./explanation.ts";
import { nameOf } from "./report.ts";
import { portalHints } from "./serving-text.ts";

/** How it reads that nothing was started. */
export function notStartedConclusion(
  { error, isInferred }: Extract<Outcome, { readonly kind: "notStarted" }>,
  context: Pick<ConclusionContext, "offer" | "asked">,
): Conclusion {
  const { offer } = context;
  const name = nameOf(offer);
  const { reason, remedy } = explain(error, offer);
  const said = sentence(reason);
  if (isInferred === true) {
    return {
      headline: ours`❌ Not live: as far as can be seen, no go-live of ${name} was started`,
      level: "error",
      title: ours`As far as can be seen, no go-live of ${name} was started`,
      // What was seen, and only then what follows from it.
      sentences: [said, ours(INFERRED)],
      next: [remedy, ...portalHints(error, context)],
    };
  }
  return {
    headline: ours`❌ Not live: no go-live of ${name} was started`,
    level: "error",
    title: ours`No go-live of ${name} was started`,
    sentences: [said],
    next: [remedy, ...portalHints(error, context)],
  };
}

const INFERRED =
  "A sending before got no clear answer, and the offer's operations show no go-live since: so none was started, as far as they show.";

/** How it reads that a go-live was sent, and nobody can tell whether it was started. */
export function unclearConclusion(
  { error }: Extract<Outcome, { readonly kind: "unclear" }>,
  { offer, cancellation }: Pick<ConclusionContext, "offer" | "cancellation">,
): Conclusion {
  const name = nameOf(offer);
  const { reason } = explain(error, offer);
  return {
    headline: ours`⚠️ Started or not, nobody can tell: the go-live of ${name}`,
    level: "error",
    title: ours`Nobody can tell whether a go-live of ${name} was started`,
    sentences: [
      sentence(reason),
      ours("The go-live had been sent, and the offer's operations could not settle whether it was started."),
      ...(cancellation?.kind === "unclear" ? [ours(NOT_ASKED.unclear)] : []),
    ],
    next: [
      ours("It was not sent again. Look in Partner Center whether the offer is going live."),
      ours(
        "Wait some minutes before you run this job again: it looks for a running go-live first and follows that one, but the list of operations may lag.",
      ),
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
