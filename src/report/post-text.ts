import type { Cancellation } from "../go-live/cancel.ts";
import type { CancelAnswer, Goal, Offer } from "../marketplace/marketplace.ts";
import type { AnnotationLevel } from "../runner/runner.ts";
import {
  type Harmless,
  harmlessMarkdown,
  harmlessSentence,
  joinedLines,
  type Markdown,
  markup,
  ours,
} from "../text/harmless.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { sentence } from "./explanation.ts";
import { cancelAnswerText, cancelErrorText, endText } from "./cancel-text.ts";

/** What the post phase has to say of a go-live that a cancelled run has left. */
export interface PostNote {
  readonly level: AnnotationLevel;
  readonly title: Harmless;
  /** Where the go-live is comes last of all, and is none of them. */
  readonly text: Harmless;
  /** Set when it is news beside what the step itself has written to the page of the run. */
  readonly sign?: "⏳" | "⚠️";
}

/** What became of the wish to have the go-live cancelled, at the end of the job; `location` is where the go-live is. */
export function postNote(
  cancellation: Cancellation,
  { offer, goal }: { readonly offer: Offer; readonly goal: Goal },
  location: URL | null,
): PostNote {
  const { start } = GOAL_TEXTS[goal];
  switch (cancellation.kind) {
    case "asked":
      return { ...answered(goal)[cancellation.answer], text: cancelAnswerText(cancellation.answer, location, goal) };
    case "ended":
      return {
        level: "notice",
        title: ours("Nothing was left to cancel"),
        text: endText(cancellation.operation, goal),
        sign: "⚠️",
      };
    case "failed": {
      const reason = cancelErrorText(cancellation.error, offer);
      const text = ours`${sentence(reason)}\nCancel it in Partner Center.`;
      return { ...mayRun(goal), text };
    }
    case "notOwn":
      return { ...NOT_ASKED, level: "notice", text: ours`The ${start} was left as it is: this run did not start it.` };
    case "unclear":
      return {
        ...NOT_ASKED,
        level: "warning",
        text: ours`The service was not asked to cancel: nobody can tell whether a ${start} that runs is the one of this run.`,
      };
  }
}

const NOT_ASKED = { title: ours("The service was not asked to cancel") } as const;

function mayRun(goal: Goal): Omit<PostNote, "text"> {
  return { level: "error", title: ours`The ${GOAL_TEXTS[goal].start} may still run`, sign: "⚠️" };
}

function answered(goal: Goal): Record<CancelAnswer, Omit<PostNote, "text">> {
  const asked = {
    level: "notice",
    title: ours`The service was asked to cancel the ${GOAL_TEXTS[goal].start}`,
    sign: "⏳",
  } as const;
  return {
    done: asked,
    underWay: asked,
    tooLate: { level: "warning", title: ours("It was too late to cancel"), sign: "⚠️" },
    impossible: mayRun(goal),
  };
}

/** What the page of the run says of it, below what the step has written there before; empty when that says it all. */
export function postMarkdown({ title, text, sign }: PostNote, where: Harmless): Markdown {
  if (sign === undefined) return markup``;
  const sentences = text.split("\n").map((line) => harmlessSentence(line));
  const [first = markup``, ...others] = [...sentences, harmlessSentence(where)];
  const paragraphs = others.flatMap((line) => [markup``, line]);
  return joinedLines([
    markup`## ${sign} At the end of the job&#58; ${harmlessMarkdown(title)}`,
    ...[markup``, first, ...paragraphs, markup``],
  ]);
}
