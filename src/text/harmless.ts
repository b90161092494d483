import { withoutInvisible } from "./invisible.ts";

/** The runner cuts an annotation at 4,096 characters; a line in the log should stay readable. */
const LONGEST_LINE = 1_000;
const LONGEST_TEXT = 3_500;

/**
 * A text from outside as one harmless line of the log: no line break, terminal escape or invisible direction mark, and
 * nothing that the runner takes for a command. The runner reads `::name::` at the start of a line and `##[name]`
 * anywhere: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function harmlessLine(text: string, longest = LONGEST_LINE): string {
  const line = visible(text).replaceAll(/\s+/g, " ").trim();
  return shortened(withoutCommands(line), longest);
}

/** What looks like our own quotes, or ends them. */
const QUOTES = /[\u201c-\u201f\u2033\u2036\u275d\u275e\u2760\u301d-\u301f\uff02\u{1f676}-\u{1f678}]/gu;

/** The same in quotes, which nothing in it can end: what follows them is ours. */
export function inQuotes(text: string, longest = LONGEST_LINE): string {
  return `“${harmlessLine(text, longest).replaceAll(QUOTES, '"')}”`;
}

/** The same for a text of several lines, as annotations can hold it. */
export function harmlessText(text: string, longest = LONGEST_TEXT): string {
  const lines = visible(text)
    .split("\n")
    .map((line) => withoutCommands(line.trimEnd()));
  return shortened(lines.join("\n").trim(), longest);
}

/**
 * A text from outside as harmless inline Markdown: every character that could be markup becomes a character reference,
 * which Markdown never takes for structure (CommonMark 0.31, section 2.5); so no HTML, link, image or table cell of
 * theirs takes effect. GitHub looks for mentions, addresses and numbers of issues in the finished page, where references
 * are characters again: a zero-width space keeps it from those.
 */
export function harmlessMarkdown(text: string, longest = LONGEST_LINE): string {
  return withReferences(harmlessLine(text, longest));
}

/**
 * The same for a sentence of ours, in which a text from outside may stand: what is between two backticks is shown as
 * code. Whoever set them, it is as harmless there.
 */
export function harmlessSentence(text: string, longest = LONGEST_LINE): string {
  // The pieces that the pattern captures come at every second place.
  const pieces = harmlessLine(text, longest).split(/`([^`]+)`/);
  return pieces.map((piece, at) => inCode(withReferences(piece), at % 2 === 1)).join("");
}

function withReferences(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]/gu, (character) => {
    const reference = `&#${character.codePointAt(0)};`;
    return character === "@" || character === "#" ? `${reference}&#8203;` : reference;
  });
}

function inCode(markdown: string, isCode: boolean): string {
  return isCode ? `<code>${markdown}</code>` : markdown;
}

function visible(text: string): string {
  const lines = text.toWellFormed().replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");
  return withoutInvisible(lines).replaceAll("\t", " ");
}

function withoutCommands(line: string): string {
  return line.replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}
