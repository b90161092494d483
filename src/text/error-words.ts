import { isObject, type JsonObject, parseJson, readShortText, readText } from "./json.ts";

/** What an error of a service says of itself: untrusted. */
export interface ErrorWords {
  /** The code nearest to the outside. */
  readonly code: string | undefined;
  /** What is said, the most general first; once each. */
  readonly texts: readonly string[];
}

/** Where a text stands: in the service's own errors, in those of its framework, in Entra's, in problem details (RFC 9457). */
const TEXT_NAMES = [
  ...["message", "Message", "messageHtml", "error_description", "error", "detail", "title", "reasonPhrase"],
] as const;
/** Where an error keeps those that caused it: https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#handling-errors */
const CAUSE_NAMES = ["error", "errors", "details", "innererror", "innerError", "inner", "data"] as const;
/** A service gone mad must not be read for long. */
const MOST_TEXTS = 20;
const MOST_ERRORS = 200;
/** What stands around an error that is quoted in a text must leave room for what it says. */
const LONGEST_FRAME = 200;

/**
 * The code and the texts of an error: a text, an object, a list of either, and the errors within it, down to the
 * innermost, which say what is to be mended. An inner error without a text is told by its code. A text that quotes JSON is
 * told by its beginning and what the JSON says. Every text of such JSON is passed through `clean`. Bounded; never throws.
 */
export function readErrorWords(error: unknown, clean: (text: string) => string = (text) => text): ErrorWords {
  const texts = new Set<string>();
  let [code, errors]: [string | undefined, number] = [undefined, 0];
  // A queue and not a recursion, for an answer can be nested deeper than a stack holds.
  const queue: (readonly [value: unknown, isInner: boolean])[] = [[error, false]];
  for (const [value, isInner] of queue) {
    errors += 1;
    if (errors > MOST_ERRORS || texts.size >= MOST_TEXTS) break;
    if (Array.isArray(value)) queue.push(...within(value, isInner));
    const own = isObject(value) ? readShortText(value["code"], 200) : undefined;
    code ??= own;
    const said = isObject(value) ? textOf(value) : readText(value);
    const quotation = said === undefined ? undefined : readQuotation(said, clean);
    if (quotation !== undefined) queue.push([quotation.error, true]);
    const text = quotation === undefined ? said : quotation.frame;
    if (text !== undefined) texts.add(text);
    else if (isInner && own !== undefined && own !== code) texts.add(own);
    if (isObject(value)) queue.push(...CAUSE_NAMES.flatMap((name) => innerErrors(value[name])));
  }
  return { code, texts: [...texts] };
}

/**
 * An error that a text quotes as JSON, such as `… ResponseContent={"message":"…"}`, and what stands before it; undefined
 * when it quotes none, or one that says nothing: then the text is all there is.
 */
function readQuotation(text: string, clean: (text: string) => string) {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  if (start === -1 || end < start) return undefined;
  const error = parseJson(text.slice(start, end + 1), clean);
  const isTelling = isObject(error) && innerErrors(error).length > 0;
  return isTelling ? { error, frame: readShortText(text.slice(0, start), LONGEST_FRAME) } : undefined;
}

function textOf(error: JsonObject): string | undefined {
  return TEXT_NAMES.map((name) => readText(error[name])).find((text) => text !== undefined);
}

/** The errors of a member: one, a list, or lists by the name of what is wrong, as ASP.NET's validation has them. */
function innerErrors(value: unknown): readonly (readonly [unknown, boolean])[] {
  if (Array.isArray(value)) return within(value, true);
  if (!isObject(value)) return [];
  const lists = Object.values(value).slice(0, MOST_TEXTS).filter(Array.isArray);
  const isError = [...TEXT_NAMES, ...CAUSE_NAMES, "code"].some((name) => name in value);
  return isError ? [[value, true]] : lists.flatMap((list) => within(list, true));
}

function within(list: readonly unknown[], isInner: boolean): readonly (readonly [unknown, boolean])[] {
  return list.slice(0, MOST_TEXTS).map((value) => [value, isInner] as const);
}
