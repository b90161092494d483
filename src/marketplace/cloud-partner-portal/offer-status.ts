import type { AnswerReason } from "../../http/errors.ts";
import { isObject, readObjects, readShortText } from "../../text/json.ts";
import { foldWord, type Link, type Step } from "../operation.ts";
import type { OfferStage } from "../marketplace.ts";
import { createTextReader, readLinks, readSteps, type ToText } from "./step-body.ts";

/** The status of an offer as a whole, as it was at one moment. */
export interface OfferStatus {
  /** Undefined when the service's word is in no table. */
  readonly stage: OfferStage | undefined;
  readonly stageWord: string;
  /** The step that waits for the publisher to sign the preview off, where the service shows it. */
  readonly signOff: Step | undefined;
  /** Where the preview can be looked at, where the service says so. */
  readonly previewLinks?: readonly Link[];
}

/** The service's words for how far an offer has come, without case, blanks, `-` and `_`. */
const STAGE_WORDS: Readonly<Record<string, OfferStage>> = {
  neverpublished: "neverPublished",
  notstarted: "notStarted",
  waitingforpublisherreview: "waitingForPublisherReview",
  running: "running",
  inprogress: "running",
  succeeded: "succeeded",
  success: "succeeded",
  completed: "succeeded",
  complete: "succeeded",
  canceled: "canceled",
  cancelled: "canceled",
  failed: "failed",
};

/**
 * The offer's status in an answer of the service: an object, or an array of one. A reason when there is none to read; a
 * word that is in no table leaves the stage open.
 */
export async function readOfferStatus(body: unknown, toText: ToText): Promise<OfferStatus | AnswerReason> {
  const entries = isObject(body) ? [body] : readObjects(body, 2);
  const [offer] = entries;
  if (offer === undefined || entries.length > 1) return "wrongShape";
  const word = readShortText(offer["status"]);
  if (word === undefined) return "noStatus";
  const steps = await readSteps(offer["steps"], createTextReader(toText));
  const previewLinks = readLinks(offer["previewLinks"]);
  const key = foldWord(word);
  return {
    stage: Object.hasOwn(STAGE_WORDS, key) ? STAGE_WORDS[key] : undefined,
    stageWord: word,
    signOff: steps.find(isSignOff),
    ...(previewLinks.length === 0 ? {} : { previewLinks }),
  };
}

/** Whether a step is the publisher's sign-off, and waits for it. */
export function waitsAtSignOff(step: Step): boolean {
  return isSignOff(step) && foldWord(step.statusWord) === "waitingforpublisherreview";
}

/** The publisher's sign-off of the preview goes by its id or by its name. */
export function isSignOff({ id, name }: Step): boolean {
  return [id, name].some((text) => foldWord(text) === "publishersignoff");
}
