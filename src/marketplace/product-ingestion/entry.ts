import { isObject, type JsonObject, readShortText, readText } from "../../text/json.ts";
import type { OperationReference, Submission } from "../marketplace.ts";
import { foldWord, hasEnded, type Operation, type OperationStatus } from "../operation.ts";
import { readServiceTime } from "../service-time.ts";
import { readEntries } from "../whole-list.ts";
import { liveKey, readSubmissionId, type SubmissionId, submissionText } from "../submission-id.ts";

/** One of a product's submissions, as the service lists it: the draft is left out. */
export interface Entry {
  readonly submission: SubmissionId;
  /** `preview`, `live`, or another word of the service's, folded. */
  readonly target: string;
  readonly state: Pick<Operation, "status" | "statusWord" | "isKnownWord">;
  /** Milliseconds since the epoch; undefined: not told. Of the preview or of the push, nobody can tell. */
  readonly createdAtMs: number | undefined;
}

const STATUS_WORDS: Readonly<Record<string, OperationStatus>> = {
  notstarted: "notStarted",
  running: "running",
};
const RESULT_WORDS: Readonly<Record<string, OperationStatus>> = {
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "canceled",
  canceled: "canceled",
};

/**
 * What a status and a result mean together: only `completed` is an end, and which one its result says. A word that is in
 * no table reads as `running` and is marked.
 */
export function readState(status: unknown, result: unknown): Entry["state"] {
  const [statusWord, resultWord] = [readShortText(status) ?? "", readShortText(result) ?? ""];
  const isOver = foldWord(statusWord) === "completed";
  const [word, table] = isOver ? [resultWord, RESULT_WORDS] : [statusWord, STATUS_WORDS];
  const key = foldWord(word);
  const known = Object.hasOwn(table, key) ? table[key] : undefined;
  const told = isOver ? [statusWord, resultWord].filter((each) => each !== "").join(", ") : statusWord;
  return {
    status: known ?? "running",
    statusWord: known === undefined ? told : word,
    isKnownWord: known !== undefined,
  };
}

/**
 * The submissions of a product in an answer; undefined when it is none, or when it shows one that may be at work and
 * cannot be read: it can neither be followed nor be overlooked.
 */
export function readEntryList(body: unknown, product: string): readonly Entry[] | undefined {
  const objects = readEntries(body);
  if (objects === undefined) return undefined;
  const entries: Entry[] = [];
  for (const object of objects) {
    const target = readTarget(object);
    if (target === "draft") continue;
    const state = readState(object["status"], object["result"]);
    const submission = readSubmissionId(readText(object["id"]) ?? "");
    if (target !== undefined && submission?.product === product) {
      entries.push({ submission, target, state, createdAtMs: readServiceTime(object["created"]) });
    } else if (!hasEnded(state.status)) return undefined;
  }
  return entries;
}

function readTarget(object: JsonObject): string | undefined {
  const target = object["target"];
  const word = readShortText(isObject(target) ? target["targetType"] : undefined);
  return word === undefined ? undefined : foldWord(word);
}

/** An entry as every API's are seen: a go-live is one whose target is live. */
export function toSubmission(entry: Entry, locate: (entry: Entry) => OperationReference): Submission {
  const { submission, target, state, createdAtMs } = entry;
  const [isGoLive, isPublish] = [target === "live", target === "preview"];
  const key = isGoLive ? liveKey(submission) : `${target} ${submissionText(submission)}`;
  return {
    id: submissionText(submission),
    ...state,
    isGoLive,
    isPublish,
    // Of one that is live nobody can tell whether it is the preview's time or the push's.
    changedAtMs: isPublish ? createdAtMs : undefined,
    reference: { ...locate(entry), key },
  };
}
