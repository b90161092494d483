import type { Behaviour } from "../cloud-partner-portal/behaviour.ts";
import { parseDuration } from "./duration.ts";
import { readObject, readOneOf } from "./fields.ts";
import { UsageError } from "./usage-error.ts";

/** An option of the command line that changes how the service behaves; it can be given to `parseArgs` as it is. */
export interface BehaviourOption {
  readonly type: "string";
  /** What the help calls its value, such as `DURATION`. */
  readonly value: string;
  /** What the help says of it. */
  readonly text: string;
  /** The value that changes nothing; undefined when there is none. */
  readonly usual?: string;
  /** @throws UsageError when the text is no value of `option`. */
  readonly read: (text: string, option: string) => Partial<Behaviour>;
}

/** What an option makes of its value. */
type Change<Value> = (value: Value) => Partial<Behaviour>;

/** One of some words, the usual one first. */
export function choice<Word extends string>(
  text: string,
  words: readonly [Word, ...Word[]],
  change: Change<Word>,
): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => change(readOneOf(given, words, option));
  return { type: "string", value: "WORD", text: `${text}: ${words.join(", ")}`, usual: words[0], read };
}

/** One of some HTTP statuses, the usual one first. */
export function status<Status extends number>(
  text: string,
  statuses: readonly [Status, ...Status[]],
  change: Change<Status>,
): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => {
    const found = statuses.find((each) => String(each) === given);
    if (found === undefined) throw new UsageError(`${option} is one of ${statuses.join(", ")}, not "${given}".`);
    return change(found);
  };
  return { type: "string", value: "STATUS", text: `${text}: ${statuses.join(", ")}`, usual: String(statuses[0]), read };
}

/** A time, in milliseconds. One that may be negative has its sign before it. */
export function duration(
  text: string,
  usual: string,
  change: Change<number>,
  { isSigned = false } = {},
): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => {
    const isNegative = isSigned && given.startsWith("-");
    const amountMs = parseDuration(isNegative ? given.slice(1) : given, option);
    return change(isNegative ? -amountMs : amountMs);
  };
  return { type: "string", value: "DURATION", text, usual, read };
}

/** A whole number of 1 or more. */
export function count(text: string, usual: string, change: Change<number>): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => {
    if (!/^[1-9]\d{0,8}$/.test(given))
      throw new UsageError(`${option} is a whole number of 1 or more, not "${given}".`);
    return change(Number(given));
  };
  return { type: "string", value: "COUNT", text, usual, read };
}

/** A text that can stand in a header. */
export function printable(text: string, change: Change<string>, usual?: string): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => {
    if (/^[\x20-\x7e]+$/.test(given)) return change(given);
    throw new UsageError(`${option} is a text of printable ASCII characters, not ${JSON.stringify(given)}.`);
  };
  return { type: "string", value: "TEXT", text, ...(usual === undefined ? {} : { usual }), read };
}

/** The members of an object; null stands for a member that is left out. */
export function members(text: string, change: Change<Readonly<Record<string, unknown>>>): BehaviourOption {
  const read = (given: string, option: string): Partial<Behaviour> => {
    const entries = Object.entries(readObject(parseJson(given, option), option));
    return change(Object.fromEntries(entries.map(([name, member]) => [name, member === null ? undefined : member])));
  };
  return { type: "string", value: "JSON", text, read };
}

function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${option} is not valid JSON: ${text}`);
  }
}
