import { isObject, type JsonObject, readShortText, readText } from "./json.ts";

/** What an error of a service says of itself: untrusted. */
export interface ErrorWords {
  /** The code nearest to the outside. */
  readonly code: string | undefined;
  /** What is said, the most general first; once each. */
  readonly texts: readonly string[];
}

/** Where a text stands: in the service's own errors, in those of its framework, in Entra's, in problem details (RFC 9457). */
const TEXT_NAMES = ["message", "Message", "messageHtml", "error_description", "error", "detail", "title"] as const;
/** Where an error keeps those that caused it: https://github.com/microsoft/api-guidelines/blob/vNext/azure/Guidelines.md#handling-errors */
const CAUSE_NAMES = ["error", "errors", "details", "innererror", "innerError", "inner"] as const;
/** A service gone mad must not be read for long. */
const MOST_TEXTS = 20;
const MOST_ERRORS = 200;

/**
 * The code and the texts of an error: a text, an object, a list of either, and the errors within it, down to the
 * innermost, which say what is to be mended. An inner error without a text is told by its code. Bounded; never throws.
 */
export function readErrorWords(error: unknown): ErrorWords {
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
    const text = isObject(value) ? textOf(value) : readText(value);
    if (text !== undefined) texts.add(text);
    else if (isInner && own !== undefined && own !== code) texts.add(own);
    if (isObject(value)) queue.push(...CAUSE_NAMES.flatMap((name) => innerErrors(value[name])));
  }
  return { code, texts: [...texts] };
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
