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

/** The objects of a list; anything else in it, or instead of it, is left out. */
export function readObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
