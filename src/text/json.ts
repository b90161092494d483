import { withShortLists } from "./json-lists.ts";

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where texts must be cleaned one by one, those behind so many are emptied. */
const MOST_CLEANED = 20_000;

/**
 * The value that a text holds, every text in it passed through `clean` if that would change any; undefined when it is no
 * JSON, or of a shape that would take up a machine and that nobody reads. Longer lists are cut to `MOST_ITEMS`. Never
 * throws.
 */
export function parseJson(text: string, clean: (text: string) => string = (value) => value): unknown {
  const json = withShortLists(text);
  if (json === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isClean(value, clean) ? value : cleaned(value, clean);
  } catch {
    return undefined;
  }
}

/**
 * Whether no text would be changed: to look through all of them in a row takes a hundredth of the time. A terminal's
 * escapes may run from one text into the next there, and so hide what is in between.
 */
function isClean(value: unknown, clean: (text: string) => string): boolean {
  const texts: string[] = [];
  collectTexts(value, texts);
  const all = texts.join("\n");
  return !TERMINAL_ESCAPE.test(all) && clean(all) === all;
}

// oxlint-disable-next-line no-control-regex -- it is these that are looked for
const TERMINAL_ESCAPE = /[\u001b\u0080-\u009f]/;

function collectTexts(value: unknown, texts: string[]): void {
  if (typeof value === "string") texts.push(value);
  else if (Array.isArray(value)) for (const item of value) collectTexts(item, texts);
  else if (isObject(value)) for (const name in value) collectTexts(value[name], texts);
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  let texts = 0;
  const copy = (part: unknown): unknown => {
    if (typeof part === "string") return (texts += 1) > MOST_CLEANED ? "" : clean(part);
    if (Array.isArray(part)) return part.map(copy);
    return isObject(part) ? Object.fromEntries(Object.entries(part).map(([name, each]) => [name, copy(each)])) : part;
  };
  return copy(value);
}

/** Whether a value is a JSON object (neither an array nor null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is a text with more than blanks, trimmed; else undefined. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The same of a text that is told in a line; what is beyond `longest` characters is cut. */
export function readShortText(value: unknown, longest = 1_000): string | undefined {
  return readText(value)?.slice(0, longest);
}

/** The first objects of a list, up to `most` of them; anything else in it, or instead of it, is left out. */
export function readObjects(value: unknown, most = Number.POSITIVE_INFINITY): readonly JsonObject[] {
  const objects: JsonObject[] = [];
  for (const item of Array.isArray(value) ? value : []) {
    if (objects.length === most) break;
    if (isObject(item)) objects.push(item);
  }
  return objects;
}
