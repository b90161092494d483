import { isObject, type JsonObject, readShortText, readText } from "../../text/json.ts";
import type { OperationReference, Submission } from "../marketplace.ts";
import { foldWord, type Operation } from "../operation.ts";
import { readEntries } from "../whole-list.ts";
import { isSubmissionNumber, liveKey, type SubmissionId, submissionText } from "../submission-id.ts";

/**
 * How far a submission has come: it is being made a preview, that failed, it waits for the publisher, it goes live, it is
 * live, going live has failed. `unsettled` and `unknown` may be anything.
 */
export type Phase =
  "previewRuns" | "previewFailed" | "ready" | "goesLive" | "live" | "failed" | "unsettled" | "unknown";

/** One of a product's submissions. */
export interface Entry {
  readonly submission: SubmissionId;
  readonly phase: Phase;
  /** The service's own words, untrusted. */
  readonly word: string;
  /** Why it failed, as the submission itself says. */
  readonly failureReason: string | undefined;
}

/** Substates that mean the same beside whichever state. */
const BY_SUBSTATE: ReadonlyMap<string, Phase> = new Map(
  Object.entries<Phase>({
    failedincertification: "failed",
    cancelled: "failed",
    canceled: "failed",
    publishing: "goesLive",
    published: "goesLive",
    instore: "live",
    readytopublish: "ready",
    failed: "failed",
    indraft: "previewRuns",
    submitted: "previewRuns",
  }),
);

/**
 * The submissions of a product in an answer; undefined when it is none, or when it shows one that cannot be read: it can
 * neither be followed nor be overlooked.
 */
export function readEntryList(body: unknown, product: string): readonly Entry[] | undefined {
  const entries = readEntries(body)?.map((object) => readEntry(object, product));
  return entries?.every((entry) => entry !== undefined) === true ? entries : undefined;
}

/** The submission that an object shows; undefined when it names no usable id, or no word of how it stands. */
export function readEntry(body: unknown, product: string): Entry | undefined {
  if (!isObject(body)) return undefined;
  const number = readText(body["id"]) ?? "";
  const words = wordsOf(body);
  if (!isSubmissionNumber(number) || words.length === 0) return undefined;
  const pending = isObject(body["pendingUpdateInfo"]) ? body["pendingUpdateInfo"] : {};
  return {
    submission: { product, number },
    phase: readPhase(body, pending),
    word: words.join("/"),
    failureReason: readShortText(pending["failureReason"]),
  };
}

/** By state and substate; an update that failed wins over the substate, and one that runs leaves it open. */
function readPhase(body: JsonObject, pending: JsonObject): Phase {
  const [state, substate] = [foldWord(readText(body["state"]) ?? ""), foldWord(readText(body["substate"]) ?? "")];
  const update = foldWord(readText(pending["status"]) ?? "");
  const isPreviewOfState = state === "inprogress";
  if (update === "failed") return isPreviewOfState ? "previewFailed" : "failed";
  if (state === "cancelled" || state === "canceled") return "failed";
  const phase = BY_SUBSTATE.get(substate) ?? "unknown";
  if ((phase === "ready" || phase === "live") && update === "running") return "unsettled";
  return phase === "failed" && isPreviewOfState ? "previewFailed" : phase;
}

function wordsOf(body: JsonObject): readonly string[] {
  return ["state", "substate"].flatMap((name) => readShortText(body[name], 100) ?? []);
}

/** A submission as an operation stands: going live, or not begun. */
export function stateOf({ phase, word }: Entry): Pick<Operation, "status" | "statusWord" | "isKnownWord"> {
  const told = { statusWord: word, isKnownWord: phase !== "unknown" };
  switch (phase) {
    case "ready":
      return { status: "notStarted", ...told };
    case "live":
      return { status: "succeeded", ...told };
    case "failed":
    case "previewFailed":
      return { status: /cancell?ed/i.test(word) ? "canceled" : "failed", ...told };
    case "previewRuns":
    case "goesLive":
    case "unsettled":
    case "unknown":
      return { status: "running", ...told };
  }
}

const GO_LIVES: ReadonlySet<Phase> = new Set(["goesLive", "live", "failed", "unknown"]);

/** An entry as every API's are seen. Of a word that nobody knows, a go-live is assumed. */
export function toSubmission(entry: Entry, locate: (submission: SubmissionId) => OperationReference): Submission {
  const { submission, phase } = entry;
  const isGoLive = GO_LIVES.has(phase);
  const key = isGoLive ? liveKey(submission) : `${phase} ${submissionText(submission)}`;
  return {
    id: submissionText(submission),
    ...stateOf(entry),
    // A preview that stands has ended as one.
    ...(phase === "ready" ? { status: "succeeded" as const } : {}),
    isGoLive,
    changedAtMs: undefined,
    reference: { ...locate(submission), key },
  };
}
