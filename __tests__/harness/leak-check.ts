import { stripVTControlCharacters } from "node:util";
import type { RecordedRequest } from "../../emulator/wire/journal.ts";
import type { StepResult } from "../../emulator/step/runner.ts";

/** Shorter parts would be found in ordinary words. */
const SHORTEST_PART = 8;
/** Of a token cut anywhere, so many characters in a row must not be seen. */
const SHORTEST_PIECE = 16;

/**
 * The result, if neither a token, nor one of its parts, nor any long piece of it can be read anywhere: not in the log (but
 * for the commands that mask them), the outputs, the state or the summary; in no case, and not with invisible characters
 * in between.
 * @throws Error that names the place.
 */
export function checkResult(result: StepResult, tokens: readonly string[]): StepResult {
  const { log, outputs, state, summary } = result;
  const places = {
    log: log.replaceAll(/^::add-mask::.*$/gm, ""),
    outputs: [JSON.stringify(outputs), ...Object.values(outputs).flatMap(readTexts)].join("\n"),
    state: JSON.stringify(state),
    summary: readReferences(summary),
  };
  for (const [place, text] of Object.entries(places)) report(text, tokens, `The step's ${place}`);
  return result;
}

/**
 * Holds if the requests carry the token where it belongs and nowhere else.
 * @throws Error that names the place.
 */
export function checkRequests(requests: readonly RecordedRequest<string>[], tokens: readonly string[]): void {
  for (const { method, path, headers, body } of requests) {
    const { authorization: _, ...others } = headers;
    report(`${path}\n${JSON.stringify(others)}\n${body}`, tokens, `${method} of a path, header or body`);
  }
}

/** Every text that must not be seen of these tokens: each whole, and its parts. */
function partsOf(tokens: readonly string[]): readonly string[] {
  const bare = tokens.map((token) => token.trim().replace(/^bearer\s+/i, ""));
  return bare.flatMap((token) => [token, ...token.split(".")]).filter((part) => part.length >= SHORTEST_PART);
}

function report(text: string, tokens: readonly string[], place: string): void {
  const read = fold(text);
  const parts = partsOf(tokens);
  const leaked = parts.find((part) => read.includes(fold(part))) ?? longPiece(read, parts);
  if (leaked !== undefined) throw new Error(`${place} shows (a part of) the token: ${leaked}`);
}

/** The first long piece of these parts in a text. */
function longPiece(text: string, parts: readonly string[]): string | undefined {
  const sought = new Set(parts.flatMap((part) => windows(fold(part))));
  return windows(text).find((window) => sought.has(window));
}

function windows(text: string): readonly string[] {
  const count = Math.max(0, text.length - SHORTEST_PIECE + 1);
  return Array.from({ length: count }, (_, at) => text.slice(at, at + SHORTEST_PIECE));
}

/** As a reader would piece it together: without what is invisible, and in one case. */
function fold(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--\n]/gv, "")
    .toLowerCase();
}

/** An output as a later step reads it: the text and, where it is JSON, every text in it. */
function readTexts(output: string): readonly string[] {
  const texts = [output];
  if (!output.startsWith("{")) return texts;
  JSON.parse(output, (name, value: unknown) => {
    texts.push(name, String(value));
    return value;
  });
  return texts;
}

/** The summary as the page shows it: references are the characters they stand for. */
function readReferences(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}
