import { stripVTControlCharacters } from "node:util";
import type { RecordedRequest } from "../../emulator/emulator.ts";
import type { StepResult } from "../../emulator/runner.ts";

/** Shorter pieces would be found in ordinary words. */
const SHORTEST_PART = 8;

/**
 * The result, if neither a token nor one of its parts can be read anywhere in it: not in the log (but for the commands
 * that mask them), the outputs, the state or the summary; in no case, and not with invisible characters in between.
 * @throws Error that names the place.
 */
export function checkResult(result: StepResult, tokens: readonly string[]): StepResult {
  const { log, outputs, state, summary } = result;
  const places = {
    log: log.replaceAll(/^::add-mask::.*$/gm, ""),
    outputs: JSON.stringify(outputs),
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
export function checkRequests(requests: readonly RecordedRequest[], tokens: readonly string[]): void {
  for (const { method, path, headers, body } of requests) {
    const { authorization: _, ...others } = headers;
    report(`${path}\n${JSON.stringify(others)}\n${body}`, tokens, `${method} of a path, header or body`);
  }
}

/** Every text that must not be seen of these tokens: each whole, and its parts. */
function pieces(tokens: readonly string[]): readonly string[] {
  const bare = tokens.map((token) => token.trim().replace(/^bearer\s+/i, ""));
  return bare.flatMap((token) => [token, ...token.split(".")]).filter((piece) => piece.length >= SHORTEST_PART);
}

function report(text: string, tokens: readonly string[], place: string): void {
  const read = fold(text);
  const leaked = pieces(tokens).find((piece) => read.includes(fold(piece)));
  if (leaked !== undefined) throw new Error(`${place} shows (a part of) the token: ${leaked}`);
}

/** As a reader would piece it together: without what is invisible, and in one case. */
function fold(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}]/gu, "")
    .toLowerCase();
}

/** The summary as the page shows it: references are the characters they stand for. */
function readReferences(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}
