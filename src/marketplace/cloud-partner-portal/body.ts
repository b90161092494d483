import { isSameText } from "../../text/ascii-case.ts";
import type { AnswerReason } from "../../http/errors.ts";
import { isObject, type JsonObject, readObjects, readShortText, readText } from "../../text/json.ts";
import { foldWord, hasEnded, type Operation } from "../operation.ts";
import { readServiceTime } from "../service-time.ts";
import { readEntries } from "../whole-list.ts";
import { isOperationId } from "./location.ts";
import type { Offer, OperationReference } from "../marketplace.ts";
import type { Entry } from "./preview.ts";
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
  const previewLinks = readLinks(operation["previewLinks"]);
  return {
    ...readOperationStatus(word),
    ...(fault === undefined ? {} : { fault }),
    messages,
    steps: await readSteps(operation["steps"], texts),
    liveLinks: readLinks(operation["liveLinks"]),
    ...(previewLinks.length === 0 ? {} : { previewLinks }),
  };
}

/**
 * The operations in a list of an offer; undefined when it is none, or when it shows one that may be a go-live that runs
 * and has no usable id: it can neither be followed nor be overlooked. Other entries without an id are left out.
 */
export function readSubmissions(
  body: unknown,
  locate: (id: string) => OperationReference,
): readonly Entry[] | undefined {
  const entries = readEntries(body);
  if (entries === undefined) return undefined;
  const submissions: Entry[] = [];
  for (const entry of entries) {
    const id = readText(entry["id"]);
    const known = {
      ...readOperationStatus(stateWord(entry)),
      ...readKind(entry),
      changedAtMs: readServiceTime(entry["changedTime"]),
      ...readVersion(entry),
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

/**
 * Whether an entry is to be taken for a go-live: every one is that does not say of itself that it is a publish to
 * preview. Its slot says so; its type does not, for the reference shows `publish` for go-lives, too.
 */
function readKind(entry: JsonObject): Pick<Entry, "isGoLive" | "isPublish" | "isUnnamed"> {
  const slot = foldWord(readText(entry["slot"]) ?? "");
  const type = foldWord(readText(entry["submissionType"]) ?? "");
  if (slot === "production" || type === "golive") return { isGoLive: true };
  return slot === "staging" || slot === "preview"
    ? { isGoLive: false }
    : { isGoLive: true, isPublish: true, isUnnamed: true };
}

/** The numbers that the service counts the states of an offer with; what is no whole number is not told. */
function readVersion(entry: JsonObject): Pick<Entry, "version"> {
  const numbers = (["publishingVersion", "offerVersion"] as const).flatMap((name) => {
    const value = entry[name];
    return typeof value === "number" && Number.isSafeInteger(value) ? [[name, value] as const] : [];
  });
  return numbers.length === 0 ? {} : { version: Object.fromEntries(numbers) };
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
