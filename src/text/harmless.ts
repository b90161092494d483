import { withoutInvisible } from "./invisible.ts";

declare const HARMLESS: unique symbol;
declare const MARKDOWN: unique symbol;

/**
 * Text that the log and annotations may hold: no line of it is a command of the runner, and no terminal escape or
 * invisible direction mark is in it. Only the functions of this file make it.
 */
export type Harmless = string & { readonly [HARMLESS]: true };

/** Markdown in which nothing is markup but what we wrote. Only the functions of this file make it. */
export type Markdown = string & { readonly [MARKDOWN]: true };

type Empty = Readonly<Record<never, never>>;
/** A text that stands in the source, or one of several; `never` for every other one. */
type Literal<Text extends string> = Text extends unknown ? (Empty extends Record<Text, 1> ? never : Text) : never;
/** What may stand within a text of a kind: such a text, a number, or a text of the source. */
type Part<Text, Kind> = Text extends Kind | number ? Text : Text extends string ? Literal<Text> : never;

/** The runner cuts an annotation at 4,096 characters; a line in the log should stay readable. */
const LONGEST_LINE = 1_000;
const LONGEST_TEXT = 3_500;

/** A text of ours, as it stands in the source. */
export function ours<const Text extends string>(text: Text & Literal<Text>): Harmless;
/** A text of ours in which harmless ones stand; what they make together is as harmless. */
export function ours<const Given extends readonly (string | number)[]>(
  text: TemplateStringsArray,
  ...parts: { [At in keyof Given]: Given[At] & Part<Given[At], Harmless> }
): Harmless;
export function ours(text: string | TemplateStringsArray, ...parts: readonly (string | number)[]): Harmless {
  return harmless(typeof text === "string" ? text : String.raw({ raw: text }, ...parts));
}

/** Markdown of ours, in which harmless Markdown may stand. */
export function markup<const Given extends readonly (string | number)[]>(
  text: TemplateStringsArray,
  ...parts: { [At in keyof Given]: Given[At] & Part<Given[At], Markdown> }
): Markdown {
  return String.raw({ raw: text }, ...parts) as Markdown;
}

/** Harmless texts in one. */
export function joined(texts: readonly Harmless[], separator: " " | ", " | " and " | "\n"): Harmless {
  return harmless(texts.join(separator));
}

/** Lines of Markdown in one text. */
export function joinedLines(lines: readonly Markdown[]): Markdown {
  return lines.join("\n") as Markdown;
}

/** What is left of a text when its secrets are taken out. */
export function withoutSecrets(text: Harmless, redact: (text: string) => string): Harmless {
  return harmless(redact(text));
}

/** What is left of Markdown when its secrets are taken out. */
export function withoutSecretMarkup(text: Markdown, redact: (text: string) => string): Markdown {
  return redact(text) as Markdown;
}

/**
 * A text from outside as one harmless line of the log: no line break, terminal escape or invisible direction mark, and
 * nothing that the runner takes for a command. The runner reads `::name::` at the start of a line and `##[name]`
 * anywhere: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function harmlessLine(text: string, longest = LONGEST_LINE): Harmless {
  const line = visible(text).replaceAll(/\s+/g, " ").trim();
  return shortened(harmless(line), longest);
}

/** What looks like our own quotes, or ends them. */
const QUOTES = /[\u201c-\u201f\u2033\u2036\u275d\u275e\u2760\u301d-\u301f\uff02\u{1f676}-\u{1f678}]/gu;

/** The same in quotes, which nothing in it can end: what follows them is ours. */
export function inQuotes(text: string, longest = LONGEST_LINE): Harmless {
  return harmless(`“${harmlessLine(text, longest).replaceAll(QUOTES, '"')}”`);
}

/** The same for a text of several lines, as annotations can hold it. */
export function harmlessText(text: string, longest = LONGEST_TEXT): Harmless {
  const lines = visible(text)
    .split("\n")
    .map((line) => line.trimEnd());
  return shortened(harmless(lines.join("\n").trim()), longest);
}

/** Cells of lines that stand below each other, each column as wide as its widest cell. */
export function harmlessColumns(rows: readonly (readonly Harmless[])[]): readonly Harmless[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    harmless(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    ),
  );
}

/**
 * A text from outside as harmless inline Markdown: every character that could be markup becomes a character reference,
 * which Markdown never takes for structure (CommonMark 0.31, section 2.5); so no HTML, link, image or table cell of
 * theirs takes effect. GitHub looks for mentions, addresses and numbers of issues in the finished page, where references
 * are characters again: a zero-width space keeps it from those.
 */
export function harmlessMarkdown(text: string, longest = LONGEST_LINE): Markdown {
  return withReferences(harmlessLine(text, longest));
}

/**
 * The same for a sentence of ours, in which a text from outside may stand: what is between two backticks is shown as
 * code, and an address of Microsoft's as a link. Whoever set them, it is as harmless there.
 */
export function harmlessSentence(text: string, longest = LONGEST_LINE): Markdown {
  // The pieces that the pattern captures come at every second place.
  const pieces = harmlessLine(text, longest).split(/`([^`]+)`/);
  return pieces
    .map((piece, at) => (at % 2 === 1 ? inCode(withReferences(piece)) : withLinks(piece)))
    .join("") as Markdown;
}

/** The same with Microsoft's own addresses in it as links; whatever leads elsewhere is only shown. */
export function linkedMarkdown(text: string, longest = LONGEST_LINE): Markdown {
  return withLinks(harmlessLine(text, longest));
}

/** A link; nothing in its address can end it. */
export function harmlessLink(text: string, url: string): Markdown {
  return markup`[${harmlessMarkdown(text)}](${readableUrl(url)})`;
}

/** Lines that are shown as they are, below each other, if there are any; none of them can end that. */
export function fenced(language: "yaml" | "mermaid", lines: readonly string[]): readonly Markdown[] {
  if (lines.length === 0) return [];
  const shown = lines.map((line) => visible(line).replaceAll(/[\n`]/g, " ") as Markdown);
  return [markup`\`\`\`${language}`, ...shown, markup`\`\`\``];
}

/** An address with every character but plain ones percent-encoded; addresses are ASCII as they are. */
export function plainUrl(url: string): Markdown {
  return url.replaceAll(
    /[^\w\-.~:/?=&%$,;@+]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  ) as Markdown;
}

/**
 * The same with the `#` before a fragment left as it is: without it some addresses lead elsewhere. Behind a `&` it would
 * begin a character reference.
 */
export function readableUrl(url: string): Markdown {
  const at = url.replaceAll("&#", "&_").indexOf("#");
  return at === -1 ? plainUrl(url) : markup`${plainUrl(url.slice(0, at))}#${plainUrl(url.slice(at + 1))}`;
}

function withReferences(text: string): Markdown {
  return text.replaceAll(/[^\p{L}\p{N} ]/gu, (character) => {
    const reference = `&#${character.codePointAt(0)};`;
    return character === "@" || character === "#" ? `${reference}&#8203;` : reference;
  }) as Markdown;
}

function inCode(text: Markdown): Markdown {
  return markup`<code>${text}</code>`;
}

/** Addresses on hosts that are Microsoft's alone, up to what may be a sentence's end. */
const OWN_ADDRESS =
  /(https:\/\/(?:learn\.microsoft\.com|partner\.microsoft\.com|aka\.ms)\/(?:[\w\-.~:/?=&%+,;]*[\w\-~/=&%+])?)(?![\w@])/;

function withLinks(text: string): Markdown {
  // The pieces that the pattern captures come at every second place.
  const pieces = text.split(OWN_ADDRESS);
  return pieces
    .map((piece, at) => (at % 2 === 1 ? markup`[${withReferences(piece)}](${plainUrl(piece)})` : withReferences(piece)))
    .join("") as Markdown;
}

function visible(text: string): string {
  const lines = text.toWellFormed().replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n");
  return withoutInvisible(lines).replaceAll("\t", " ");
}

/** The same lines, none of which is a command. */
function harmless(text: string): Harmless {
  return text.replaceAll("##[", "## [").replaceAll(/^(\s*):(?=:)/gm, "$1: ") as Harmless;
}

function shortened(text: Harmless, longest: number): Harmless {
  return text.length <= longest ? text : harmless(`${text.slice(0, longest - 1).toWellFormed()}…`);
}
