import type { AnswerReason } from "../http/errors.ts";
import { isObject, type JsonObject, readObjects, readText } from "../json.ts";
import {
  type Fault,
  foldWord,
  hasEnded,
  type Link,
  type Message,
  type MessageLevel,
  type Operation,
  readOperationStatus,
  readStepStatus,
  type Step,
} from "../operation.ts";
import type { OperationReference, Submission } from "./marketplace.ts";

/** Makes plain text of a piece of HTML. */
export type ToText = (html: string) => Promise<string>;

/**
 * The operation in an answer of the service: an object, or an array of one as the reference shows it. A reason when
 * there is none to read; a body that names no status is a fault of that answer, never a success.
 */
export async function readOperation(body: unknown, id: string, toText: ToText): Promise<Operation | AnswerReason> {
  const operation = pickOperation(body, id);
  if (operation === undefined) return "wrongShape";
  const word = readText(operation["status"]) ?? readText(operation["submissionState"]);
  if (word === undefined) return "noStatus";
  const fault = await readFault(operation["error"], toText);
  return {
    ...readOperationStatus(word),
    ...(fault === undefined ? {} : { fault }),
    messages: await readMessages(operation["messages"], toText),
    steps: await Promise.all(readObjects(operation["steps"]).map((step) => readStep(step, toText))),
    liveLinks: readLinks(operation["liveLinks"]),
  };
}

/**
 * The entries of an offer's list, which may be bare or in `value`; undefined when the answer is no list of objects, or
 * when it shows a go-live that may run but has no id: it can neither be followed nor be overlooked. Other entries
 * without an id are left out.
 */
export function readSubmissions(
  body: unknown,
  locate: (id: string) => OperationReference,
): readonly Submission[] | undefined {
  const list = isObject(body) ? body["value"] : body;
  if (!Array.isArray(list) || !list.every(isObject)) return undefined;
  const submissions: Submission[] = [];
  for (const entry of list) {
    const id = readId(entry["id"]);
    const word = readText(entry["submissionState"]) ?? readText(entry["status"]) ?? "";
    const changedAtMs = readTime(entry["changedTime"]);
    const known = { ...readOperationStatus(word), isGoLive: isGoLive(entry), changedAtMs };
    if (id !== undefined) submissions.push({ id, ...known, reference: locate(id) });
    else if (!isPreview(entry) && !hasEnded(known.status)) return undefined;
  }
  return submissions;
}

/** A time as the service writes it, ISO 8601; one without a zone is UTC. */
function readTime(value: unknown): number | undefined {
  const text = readText(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return undefined;
  const timeMs = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/** An id that can be the last part of a path: ids are GUIDs, and nothing much longer is one. */
function readId(value: unknown): string | undefined {
  const id = readText(value);
  return id !== undefined && id.length <= 1_000 && /[A-Za-z0-9]/.test(id) ? id : undefined;
}

/** Only an entry that says so is a publish to preview. */
function isPreview(entry: JsonObject): boolean {
  return foldWord(readText(entry["slot"]) ?? "") === "staging" && !isGoLive(entry);
}

/** A go-live is the entry whose slot is `production`, or whose type reads go-live. */
function isGoLive(entry: JsonObject): boolean {
  const slot = foldWord(readText(entry["slot"]) ?? "");
  const type = foldWord(readText(entry["submissionType"]) ?? "");
  return slot === "production" || type === "golive";
}

function pickOperation(body: unknown, id: string): JsonObject | undefined {
  if (isObject(body)) return body;
  const entries = readObjects(body);
  return entries.length === 1 ? entries[0] : entries.find((entry) => entry["id"] === id);
}

/** A step of an operation or of an offer. */
export async function readStep(step: JsonObject, toText: ToText): Promise<Step> {
  const id = readText(step["id"]) ?? "";
  const statusWord = readText(step["status"]) ?? "";
  const progress = step["progressPercentage"];
  const estimate = readText(step["estimatedTimeFrame"]);
  return {
    id,
    name: readText(step["stepName"]) ?? (id === "" ? "unnamed step" : id),
    status: readStepStatus(statusWord),
    statusWord,
    ...(typeof progress === "number" ? { progressPercentage: Math.min(100, Math.max(0, progress)) } : {}),
    ...(estimate === undefined ? {} : { estimate }),
    messages: await readMessages(step["messages"], toText),
  };
}

async function readMessages(value: unknown, toText: ToText): Promise<readonly Message[]> {
  const messages = await Promise.all(
    readObjects(value).map(async (message): Promise<readonly Message[]> => {
      const html = readText(message["messageHtml"]) ?? readText(message["message"]);
      const text = html === undefined ? "" : await toText(html);
      return text === "" ? [] : [{ level: readLevel(message["level"]), text }];
    }),
  );
  return messages.flat();
}

function readLevel(value: unknown): MessageLevel {
  const word = foldWord(readText(value) ?? "");
  return word === "error" || word === "warning" ? word : "information";
}

async function readFault(value: unknown, toText: ToText): Promise<Fault | undefined> {
  if (!isObject(value)) {
    const text = readText(value);
    return text === undefined ? undefined : { text: await toText(text) };
  }
  const code = readText(value["code"]);
  const html = readText(value["message"]);
  if (code === undefined && html === undefined) return undefined;
  return { ...(code === undefined ? {} : { code }), text: html === undefined ? "" : await toText(html) };
}

function readLinks(value: unknown): readonly Link[] {
  return readObjects(value).flatMap((link) => {
    const url = readText(link["uri"]);
    return url === undefined ? [] : [{ url, text: readText(link["displayText"]) ?? url }];
  });
}
