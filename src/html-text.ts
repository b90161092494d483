/** Longer messages are cut before they are read: nobody reads more, and a parser should not have to. */
const LONGEST_HTML = 50_000;

/**
 * The plain text of a small piece of the service's HTML, links with their address behind them; text without markup
 * comes back as it is. The parser is loaded only when there is markup. Never throws.
 */
export async function htmlToText(html: string): Promise<string> {
  const source = html.slice(0, LONGEST_HTML);
  if (!/[<&]/.test(source)) return source.trim();
  const { convert } = await import("html-to-text");
  return convert(source, {
    wordwrap: false,
    limits: { maxDepth: 100 },
    selectors: [
      { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
      { selector: "img", format: "skip" },
    ],
  }).trim();
}
