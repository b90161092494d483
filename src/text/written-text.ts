import { type Markdown, withoutSecretMarkup } from "./harmless.ts";
import { readSeen, type SeenText } from "./invisible.ts";
import { isObject } from "./json.ts";
import type { Secrets } from "./secrets.ts";

/** How our own Markdown writes what is from outside: as a character reference, or between the tags of code. */
const WRITTEN_FORMS = /&#(\d+);|<\/?code>/g;

/** Markdown of ours without secrets, those among them that are written as references. */
export function redactMarkdown(markdown: Markdown, secrets: Secrets): Markdown {
  return withoutSecretMarkup(markdown, (text) => secrets.redactAs(secrets.redact(text), readMarkdown));
}

/**
 * Text without secrets; where it is JSON, those in its texts, however they are written there: JSON it stays. Never throws.
 */
export function redactJson(text: string, { redact }: Pick<Secrets, "redact">): string {
  const value = readObject(text);
  if (value === undefined) return redact(text);
  let isClean = true;
  const clean = (part: string): string => {
    const rest = redact(part);
    isClean &&= rest === part;
    return rest;
  };
  const copy = withTexts(value, clean);
  return isClean ? text : JSON.stringify(copy);
}

/** Nothing else is read as JSON: a text that happens to be a number or a list of them is shown as it is. */
function readObject(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withTexts(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, clean));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [clean(name), withTexts(each, clean)]));
}

/** What a reader sees of our own Markdown, character by character. */
function readMarkdown(markdown: string): SeenText {
  const pieces: string[] = [];
  const places: number[] = [];
  const ends: number[] = [];
  const see = (text: string, placeOf: (at: number) => number, endOf: (at: number) => number): void => {
    pieces.push(text);
    for (let at = 0; at < text.length; at += 1) {
      places.push(placeOf(at));
      ends.push(endOf(at));
    }
  };
  let from = 0;
  const seeUntil = (end: number): void => {
    const start = from;
    see(
      markdown.slice(start, end),
      (at) => start + at,
      (at) => start + at + 1,
    );
  };
  for (const { index, 0: written, 1: code } of markdown.matchAll(WRITTEN_FORMS)) {
    seeUntil(index);
    from = index + written.length;
    const end = from;
    if (code !== undefined)
      see(
        characterOf(code),
        () => index,
        () => end,
      );
  }
  seeUntil(markdown.length);
  const { text, placeOf } = readSeen(pieces.join(""));
  return {
    text,
    placeOf: (at) => places[placeOf(at)] ?? markdown.length,
    endOf: (at) => ends[placeOf(at)] ?? markdown.length,
  };
}

/** CommonMark 0.31, section 2.5: a number that is none of a character stands for the one that replaces it. */
function characterOf(code: string): string {
  const number = Number(code);
  return number > 0x10_ff_ff ? "\ufffd" : String.fromCodePoint(number);
}
