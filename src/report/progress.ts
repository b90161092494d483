import type { GoLiveEvent } from "../events.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import type { Operation } from "../operation.ts";
import type { Followed } from "../outcome.ts";
import { durationText } from "./duration.ts";
import { requestReason } from "./explanation.ts";
import { harmlessLine } from "./harmless.ts";
import { blockedReasons, operationLine } from "./operation-text.ts";

/** What is to be written when something happens: lines of the log, and warnings. */
export interface ProgressNote {
  readonly lines: readonly string[];
  readonly warnings: readonly Warning[];
}

export interface Warning {
  readonly title: string;
  readonly text: string;
}

/** Nobody should think that a wait hangs. */
const HEARTBEAT_MS = 10 * 60_000;

/** Turns events into what people read while they happen; it remembers what was said, and says it once. */
export function createProgress(offer: Offer, now: () => number): (event: GoLiveEvent) => ProgressNote {
  const said = new Set<string>();
  let lastLine = "";
  let lastLineMs = 0;
  const once = (key: string, warning: Warning): readonly Warning[] => {
    if (said.has(key)) return [];
    said.add(key);
    return [warning];
  };
  const observed = (operation: Operation): ProgressNote => {
    const line = operationLine(operation);
    const isDue = line !== lastLine || now() - lastLineMs >= HEARTBEAT_MS;
    if (isDue) [lastLine, lastLineMs] = [line, now()];
    return { lines: isDue ? [line] : [], warnings: [...unknownWord(operation), ...blockedSteps(operation)] };
  };
  const unknownWord = ({ isKnownWord, statusWord }: Operation): readonly Warning[] =>
    isKnownWord ? [] : once(`word ${statusWord}`, unknownWordWarning(statusWord));
  const blockedSteps = ({ steps }: Operation): readonly Warning[] =>
    steps
      .filter((step) => step.status === "blocked")
      .flatMap((step) => {
        const title = `Step “${harmlessLine(step.name, 80)}” is blocked`;
        const text = `${blockedReasons(step)} The go-live is not over: mend this in Partner Center, or wait if it is Microsoft's turn.`;
        return once(`blocked ${step.id} ${title} ${text}`, { title, text });
      });
  return (event) => {
    switch (event.kind) {
      case "previewRuns":
        return lines(
          `A publish to preview of this offer is running (${harmlessLine(event.submission.id)}). It is no go-live; the service decides whether it takes one now.`,
        );
      case "unknownListWord":
        return { lines: [], warnings: once(`word ${event.word}`, unknownWordWarning(event.word)) };
      case "sending":
        return lines(
          event.sendings === 1 ? "Sending the go-live." : `Sending the go-live again (sending ${event.sendings}).`,
        );
      case "unclearSending":
        return lines(
          `No clear answer to the go-live: ${requestReason(event.error, offer)}.`,
          "It may have been started all the same: looking at the offer's operations before anything is sent again.",
        );
      case "sendingAgain":
        return lines(
          `The go-live was not started: ${requestReason(event.error, offer)}. Next try in ${durationText(event.pauseMs)}.`,
        );
      case "retrying":
        return lines(
          `No answer to a question: ${requestReason(event.error, offer)}. Next try in ${durationText(event.pauseMs)}.`,
        );
      case "following":
        return lines(...followingLines(event.followed));
      case "observed":
        return observed(event.operation);
      case "mayBeEarlier":
        return lines(
          "The service shows an operation that has already ended, perhaps one from before: asking again for a minute.",
        );
      case "unanswered":
        return lines(`No usable answer, still waiting: ${requestReason(event.error, offer)}.`);
    }
  };
}

function unknownWordWarning(word: string): Warning {
  return {
    title: "Unknown status",
    text: `The service calls the go-live “${harmlessLine(word, 100)}”, a word that this action does not know. It is taken as still running; only a known word ends the wait.`,
  };
}

function followingLines({ origin, reference }: Followed): readonly string[] {
  const first = {
    started: "The go-live was accepted.",
    found: "Found it: the go-live was started, and is in the list of the offer's operations.",
    adopted: "A go-live of this offer is already running: no other is started, this run follows that one.",
    watched: "Nothing is sent: this run follows the operation that `operationLocation` names.",
  } as const satisfies Record<Followed["origin"], string>;
  return [first[origin], `Operation: ${harmlessLine(reference.location.href)}`];
}

function lines(...texts: readonly string[]): ProgressNote {
  return { lines: texts, warnings: [] };
}
