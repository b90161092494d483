import { UsageError } from "./usage-error.ts";

/** The fields of an object whose shape nobody vouches for. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object. @throws UsageError when the value is none. */
export function readObject(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(what, "an object", value);
  return Object.fromEntries(Object.entries(value));
}

/** A text. @throws UsageError when the value is none. */
export function readText(value: unknown, what: string): string {
  if (typeof value !== "string") throw wrong(what, "a text", value);
  return value;
}

/** A whole number of 0 or more. @throws UsageError when the value is none. */
export function readCount(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw wrong(what, "a whole number", value);
  return value;
}

/** True or false. @throws UsageError when the value is neither. */
export function readFlag(value: unknown, what: string): boolean {
  if (typeof value !== "boolean") throw wrong(what, "true or false", value);
  return value;
}

/** One of the allowed words. @throws UsageError when the value is none of them. */
export function readOneOf<Word extends string>(value: unknown, allowed: readonly Word[], what: string): Word {
  const word = allowed.find((each) => each === value);
  if (word === undefined) throw wrong(what, `one of ${allowed.join(", ")}`, value);
  return word;
}

/** Texts by their names. @throws UsageError when the value is no object, or holds anything else. */
export function readTexts(value: unknown, what: string): Readonly<Record<string, string>> {
  const entries = Object.entries(readObject(value, what));
  return Object.fromEntries(entries.map(([name, each]) => [name, readText(each, `${name} in ${what}`)]));
}

/** What `make` makes of a value, or an empty object when there is no value: for fields that may be left out. */
export function whenGiven<Made>(value: unknown, make: (value: unknown) => Made): Made | Readonly<Record<never, never>> {
  return value === undefined ? {} : make(value);
}

function wrong(what: string, wanted: string, value: unknown): UsageError {
  return new UsageError(`${what} is ${wanted}, not ${value === undefined ? "left out" : JSON.stringify(value)}.`);
}
