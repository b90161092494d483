import { parseDuration } from "./duration.ts";
import { readObject, readOneOf, readTexts } from "./fields.ts";
import { UsageError } from "./usage-error.ts";

/**
 * An option of the command line that changes how a service behaves: `Part` is what it changes of that service's
 * behaviour. It can be given to `parseArgs` as it is.
 */
export interface BehaviourOption<Part> {
  readonly type: "string";
  /** What the help calls its value, such as `DURATION`. */
  readonly value: string;
  /** What the help says of it. */
  readonly text: string;
  /** The value that changes nothing; undefined when there is none. */
  readonly usual?: string;
  /** @throws UsageError when the text is no value of `option`. */
  readonly read: (text: string, option: string) => Part;
}

/** Options by what they are about, as the help shows them. */
export type OptionGroup = readonly [about: string, options: Readonly<Record<string, BehaviourOption<unknown>>>];

/** What an option makes of its value. */
type Change<Value, Part> = (value: Value) => Part;

/** One of some words, the usual one first. */
export function choice<Word extends string, Part>(
  text: string,
  words: readonly [Word, ...Word[]],
  change: Change<Word, Part>,
): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => change(readOneOf(given, words, option));
  return { type: "string", value: "WORD", text: `${text}: ${words.join(", ")}`, usual: words[0], read };
}

/** One of some HTTP statuses, the usual one first. */
export function status<Status extends number, Part>(
  text: string,
  statuses: readonly [Status, ...Status[]],
  change: Change<Status, Part>,
): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    const found = statuses.find((each) => String(each) === given);
    if (found === undefined) throw new UsageError(`${option} is one of ${statuses.join(", ")}, not "${given}".`);
    return change(found);
  };
  return { type: "string", value: "STATUS", text: `${text}: ${statuses.join(", ")}`, usual: String(statuses[0]), read };
}

/** A time, in milliseconds. One that may be negative has its sign before it. */
export function duration<Part>(
  text: string,
  usual: string,
  change: Change<number, Part>,
  { isSigned = false } = {},
): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    const isNegative = isSigned && given.startsWith("-");
    const amountMs = parseDuration(isNegative ? given.slice(1) : given, option);
    return change(isNegative ? -amountMs : amountMs);
  };
  return { type: "string", value: "DURATION", text, usual, read };
}

/** A whole number of 1 or more. */
export function count<Part>(text: string, usual: string, change: Change<number, Part>): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    if (!/^[1-9]\d{0,8}$/.test(given))
      throw new UsageError(`${option} is a whole number of 1 or more, not "${given}".`);
    return change(Number(given));
  };
  return { type: "string", value: "COUNT", text, usual, read };
}

/** A text that can stand in a header. */
export function printable<Part>(text: string, change: Change<string, Part>, usual?: string): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    if (/^[\x20-\x7e]+$/.test(given)) return change(given);
    throw new UsageError(`${option} is a text of printable ASCII characters, not ${JSON.stringify(given)}.`);
  };
  return { type: "string", value: "TEXT", text, ...(usual === undefined ? {} : { usual }), read };
}

/** The members of an object; null stands for a member that is left out. */
export function members<Part>(
  text: string,
  change: Change<Readonly<Record<string, unknown>>, Part>,
): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    const entries = Object.entries(readObject(parseJson(given, option), option));
    return change(Object.fromEntries(entries.map(([name, member]) => [name, member === null ? undefined : member])));
  };
  return { type: "string", value: "JSON", text, read };
}

/** A list of anything. */
export function list<Part>(text: string, change: Change<readonly unknown[], Part>): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    const value = parseJson(given, option);
    if (!Array.isArray(value)) throw new UsageError(`${option} is a list, not ${given}.`);
    return change(value.map((each: unknown) => each));
  };
  return { type: "string", value: "JSON", text, read };
}

/** Other words for some of those that a service has, by its own. */
export function otherWords<Word extends string, Part>(
  text: string,
  words: readonly Word[],
  change: Change<Partial<Readonly<Record<Word, string>>>, Part>,
): BehaviourOption<Part> {
  const read = (given: string, option: string): Part => {
    const entries = Object.entries(readTexts(parseJson(given, option), option));
    const known = entries.map(([name, other]) => ({ [readOneOf(name, words, `A word of ${option}`)]: other }));
    return change(Object.assign({}, ...known));
  };
  return { type: "string", value: "JSON", text: `${text}: ${words.join(", ")}`, read };
}

/** The value of a text of JSON. @throws UsageError when it is none. */
export function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${option} is not valid JSON: ${text}`);
  }
}

/**
 * What the given values ask for, all options together.
 * @throws UsageError when one of them cannot be used.
 */
export function readGiven<Part extends object>(
  values: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, BehaviourOption<Part>>>,
): Part | Readonly<Record<never, never>> {
  return Object.entries(options).reduce<Part | Readonly<Record<never, never>>>((behaviour, [name, option]) => {
    const text = values[name];
    return typeof text === "string" ? { ...behaviour, ...option.read(text, `--${name}`) } : behaviour;
  }, {});
}
