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

/** What must not be seen of a token, all of it folded. */
interface Sought {
  /** The whole, and its parts. */
  readonly parts: readonly string[];
  /** Every piece of them that is just long enough, and every half of such a piece. */
  readonly pieces: ReadonlySet<string>;
  readonly halves: ReadonlySet<string>;
}

const soughtByToken = new Map<string, Sought>();

/** Made once for each token: a file looks for the same few in hundreds of texts. */
function soughtOf(token: string): Sought {
  const known = soughtByToken.get(token) ?? createSought(token);
  soughtByToken.set(token, known);
  return known;
}

function createSought(token: string): Sought {
  const bare = token.trim().replace(/^bearer\s+/i, "");
  const parts = [bare, ...bare.split(".")].filter((part) => part.length >= SHORTEST_PART).map(fold);
  const windows = (length: number) => new Set(parts.flatMap((part) => windowsOf(part, length)));
  return { parts, pieces: windows(SHORTEST_PIECE), halves: windows(SHORTEST_PIECE / 2) };
}

function windowsOf(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}

function report(text: string, tokens: readonly string[], place: string): void {
  const read = fold(text);
  for (const sought of tokens.map(soughtOf)) {
    const leaked = sought.parts.find((part) => read.includes(part)) ?? longPiece(read, sought);
    if (leaked !== undefined) throw new Error(`${place} shows (a part of) the token: ${leaked}`);
  }
}

/** The first long piece in a text. Any holds a half of one that begins at a multiple of its length: only those are looked up. */
function longPiece(text: string, { pieces, halves }: Sought): string | undefined {
  const step = SHORTEST_PIECE / 2;
  for (let half = 0; half + step <= text.length; half += step) {
    if (!halves.has(text.slice(half, half + step))) continue;
    const around = text.slice(Math.max(0, half - step + 1), half + SHORTEST_PIECE);
    const piece = windowsOf(around, SHORTEST_PIECE).find((window) => pieces.has(window));
    if (piece !== undefined) return piece;
  }
  return undefined;
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
