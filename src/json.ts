/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value that a text holds, every text in it passed through `clean`; undefined when it is no JSON. Never throws. */
export function parseJson(text: string, clean: (text: string) => string = (value) => value): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => (typeof value === "string" ? clean(value) : value));
  } catch {
    return undefined;
  }
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
