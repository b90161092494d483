import type { Cancellation } from "../go-live/cancel.ts";
import type { CancelAnswer, Offer } from "../marketplace/marketplace.ts";
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
export function postNote(cancellation: Cancellation, offer: Offer, location: URL | null): PostNote {
  switch (cancellation.kind) {
    case "asked":
      return { ...ANSWERED[cancellation.answer], text: cancelAnswerText(cancellation.answer, location) };
    case "ended":
      return {
        level: "notice",
        title: ours("Nothing was left to cancel"),
        text: endText(cancellation.operation),
        sign: "⚠️",
      };
    case "failed": {
      const reason = cancelErrorText(cancellation.error, offer);
      const text = ours`${sentence(reason)}\nCancel it in Partner Center.`;
      return { ...MAY_RUN, text };
    }
    case "notOwn":
      return { ...NOT_ASKED, level: "notice", text: ours("The go-live was left as it is: this run did not start it.") };
    case "unclear":
      return { ...NOT_ASKED, level: "warning", text: ours(NOBODY_CAN_TELL) };
  }
}

const NOT_ASKED = { title: ours("The service was not asked to cancel") } as const;
const MAY_RUN = { level: "error", title: ours("The go-live may still run"), sign: "⚠️" } as const;
const ASKED = { level: "notice", title: ours("The service was asked to cancel the go-live"), sign: "⏳" } as const;
const NOBODY_CAN_TELL =
  "The service was not asked to cancel: nobody can tell whether a go-live that runs is the one of this run.";

const ANSWERED = {
  done: ASKED,
  underWay: ASKED,
  tooLate: { level: "warning", title: ours("It was too late to cancel"), sign: "⚠️" },
  impossible: MAY_RUN,
} as const satisfies Record<CancelAnswer, Omit<PostNote, "text">>;

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
