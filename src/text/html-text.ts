/** Longer messages are cut before they are read: nobody reads more, and a parser should not have to. */
const LONGEST_HTML = 50_000;

/** The plain text of a small piece of HTML. */
export type HtmlToText = (html: string) => Promise<string>;

/**
 * A reader of the service's HTML: links with their address behind them; text without markup comes back as it is. The
 * parser is loaded only when there is markup; where it fails, the tags alone are taken away. Never throws, and never
 * returns more than it reads.
 */
export function createHtmlToText(): HtmlToText {
  // Its making takes longer than its use, and a service may send thousands of messages.
  let converter: Promise<(html: string) => string> | undefined;
  return async (html) => {
    const source = html.slice(0, LONGEST_HTML);
    if (!/[<&]/.test(source)) return source.trim();
    try {
      converter ??= createConverter();
      const convert = await converter;
      return withCells(convert(source)).slice(0, LONGEST_HTML).trim();
    } catch {
      // The parser trips over some attributes, such as a list that counts in Roman numerals from 10,000.
      return withoutTags(source);
    }
  };
}

/** What stands behind each cell of a table; a row ends with a semicolon, for a line of the log breaks no lines. */
const CELL_END = " | ";

function withCells(text: string): string {
  return text.replaceAll(/ \|[ \t]*\n(?=[^\n])/g, ";\n").replaceAll(/ \|[ \t]*$/gm, "");
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^<>]*>/g, " ").trim();
}

async function createConverter(): Promise<(html: string) => string> {
  const { compile } = await import("html-to-text");
  return compile({
    wordwrap: false,
    limits: { maxDepth: 100 },
    selectors: [
      { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: ["(", ")"] } },
      { selector: "img", format: "skip" },
      ...["td", "th"].map((selector) => ({ selector, format: "inlineSurround", options: { suffix: CELL_END } })),
      { selector: "tr", format: "block", options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      // The default writes headings in capitals; ids and names are to be read as they are.
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}
