import { isSameText } from "../../text/ascii-case.ts";
import type { AnswerReason } from "../../http/errors.ts";
import { isObject, type JsonObject, readObjects, readShortText, readText } from "../../text/json.ts";
import { foldWord, hasEnded, type Operation } from "../operation.ts";
import { readEntries } from "../whole-list.ts";
import { isOperationId } from "./location.ts";
import type { Offer, OperationReference, Submission } from "../marketplace.ts";
import { readOperationStatus } from "./words.ts";
import { createTextReader, readFault, readLinks, readMessages, readSteps, type ToText } from "./step-body.ts";

/** An answer about one operation is looked through so far for it, should it show several. */
const MOST_ENTRIES = 10_000;

/** Whose operation was asked for. */
export interface Wanted {
  readonly reference: Pick<OperationReference, "id" | "isShared">;
  readonly offer: Offer;
}

/**
 * The operation in an answer of the service: an object, or an array of one as the reference shows it. A reason when
 * there is none to read, or when the answer says that it is about another; a body that names no status is a fault of
 * that answer, never a success.
 */
export async function readOperation(body: unknown, wanted: Wanted, toText: ToText): Promise<Operation | AnswerReason> {
  const operation = pickOperation(body, wanted.reference.id);
  if (operation === undefined) return "wrongShape";
  if (isOther(operation, wanted)) return "otherOperation";
  const word = readShortText(operation["status"]) ?? readShortText(operation["submissionState"]);
  if (word === undefined) return "noStatus";
  const texts = createTextReader(toText);
  const fault = await readFault(operation["error"] ?? operation["errors"], texts);
  const messages = await readMessages(operation["messages"], texts);
  return {
    ...readOperationStatus(word),
    ...(fault === undefined ? {} : { fault }),
    messages,
    steps: await readSteps(operation["steps"], texts),
    liveLinks: readLinks(operation["liveLinks"]),
  };
}

/**
 * The operations in a list of an offer; undefined when it is none, or when it shows one that may be a go-live that runs
 * and has no usable id: it can neither be followed nor be overlooked. Other entries without an id are left out.
 */
export function readSubmissions(
  body: unknown,
  locate: (id: string) => OperationReference,
): readonly Submission[] | undefined {
  const entries = readEntries(body);
  if (entries === undefined) return undefined;
  const submissions: Submission[] = [];
  for (const entry of entries) {
    const id = readText(entry["id"]);
    const known = {
      ...readOperationStatus(stateWord(entry)),
      isGoLive: isGoLive(entry),
      ...(isUntold(entry) ? { isPublish: true } : {}),
      changedAtMs: readTime(entry["changedTime"]),
    };
    if (id !== undefined && isOperationId(id)) submissions.push({ id, ...known, reference: locate(id) });
    else if (known.isGoLive && !hasEnded(known.status)) return undefined;
  }
  return submissions;
}

/** The word for an entry's state, empty when there is none to read: that is no word which says that it has ended. */
function stateWord(entry: JsonObject): string {
  return readShortText(entry["submissionState"] ?? entry["status"]) ?? "";
}

/** A time as the service writes it, ISO 8601; one without a zone is UTC. */
function readTime(value: unknown): number | undefined {
  const text = readText(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  const timeMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/**
 * Whether an entry is to be taken for a go-live: every one is that does not say of itself that it is a publish to
 * preview. Its slot says so; its type does not, for the reference shows `publish` for go-lives, too.
 */
function isGoLive(entry: JsonObject): boolean {
  const slot = foldWord(readText(entry["slot"]) ?? "");
  const type = foldWord(readText(entry["submissionType"]) ?? "");
  return !(slot === "staging" || slot === "preview") || type === "golive";
}

/** Whether nothing says which of the two an entry is. */
function isUntold(entry: JsonObject): boolean {
  const slot = foldWord(readText(entry["slot"]) ?? "");
  const type = foldWord(readText(entry["submissionType"]) ?? "");
  return !["staging", "preview", "production"].includes(slot) && type !== "golive";
}

function pickOperation(body: unknown, id: string): JsonObject | undefined {
  if (isObject(body)) return body;
  const entries = readObjects(body, MOST_ENTRIES);
  if (entries.length === 1) return entries[0];
  const [own, ...others] = entries.filter((entry) => isSameText(readText(entry["id"]) ?? "", id));
  return others.length === 0 ? own : undefined;
}

/**
 * Whether an answer says of itself that it is about another operation, or another offer. The place that operations
 * share is named after a slot, so that no id contradicts it; and an id of the offer may be a GUID of the service's own.
 */
function isOther(operation: JsonObject, { reference, offer }: Wanted): boolean {
  const id = typeof operation["id"] === "number" ? String(operation["id"]) : readText(operation["id"]);
  if (id !== undefined && reference.isShared !== true && !isSameText(id, reference.id)) return true;
  const [publisherId, offerId] = [readText(operation["publisherId"]), readText(operation["offerId"])];
  if (publisherId === undefined || offerId === undefined || GUID.test(publisherId) || GUID.test(offerId)) return false;
  return !isSameText(publisherId, offer.publisherId) || !isSameText(offerId, offer.offerId);
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
