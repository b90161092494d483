import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { createHtmlToText } from "../../src/text/html-text.ts";

/** A reader of its own for each text, so that none lives on what another has loaded. */
const htmlToText = (html: string): Promise<string> => createHtmlToText()(html);

test.each([
  ["plain text", "plain text"],
  ["  plain \n text  ", "plain \n text"],
  ["A &amp; B &lt;b&gt;", "A & B <b>"],
  ["3 < 5 & 7 > 5", "3 < 5 & 7 > 5"],
  ["<b>bold</b> and <i>more</i>", "bold and more"],
  ["<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"],
  ["<ul><li>one</li><li>two</li></ul>", "* one\n * two"],
  [
    "<table><tr><th>Region</th><th>State</th></tr><tr><td>Brazil South</td><td>slow</td></tr></table>after",
    "Region | State;\nBrazil South | slow\n\nafter",
  ],
  ["<h1>Offer contoso-vm</h1>", "Offer contoso-vm"],
  ["<h2>Ab</h2><h3>Cd</h3><h4>Ef</h4><h5>Gh</h5><h6>Ij</h6>", "Ab\n\n\nCd\n\nEf\n\nGh\n\nIj"],
  ['<a href="https://aka.ms/x">Read this</a>', "Read this (https://aka.ms/x)"],
  ['<a href="https://aka.ms/x">https://aka.ms/x</a>', "https://aka.ms/x"],
  ['<img src="https://aka.ms/x.png" alt="picture">text', "text"],
  ["<script>alert(1)</script><style>p{}</style>text", "text"],
  ["<!-- hidden -->text", "text"],
  ["<b>never closed", "never closed"],
  ["", ""],
  ["<p></p>", ""],
])("the plain text of %j is %j", async (html, text) => {
  expect(await htmlToText(html)).toBe(text);
});

test("does not break a long line", async () => {
  const words = "word ".repeat(100).trim();
  expect(await htmlToText(`<p>${words}</p>`)).toBe(words);
});

test("reads one text like another, also after one that its parser could not read", async () => {
  const read = createHtmlToText();
  const texts = ["<b>one</b>", '<ol type="I" start="10000"><li>two</li></ol>', "<i>three</i>", "four"];
  const all: string[] = [];
  for (const text of texts) all.push(await read(text));
  expect(all).toEqual(["one", "two", "three", "four"]);
});

function deep(depth: number): string {
  return `${"<b>".repeat(depth)}text${"</b>".repeat(depth)}`;
}

test("reads no deeper than 100 elements", async () => {
  expect(await htmlToText(deep(99))).toBe("text");
  expect(await htmlToText(deep(200))).not.toContain("text");
});

test("reads the first 50,000 characters only", async () => {
  expect(await htmlToText("x".repeat(60_000))).toHaveLength(50_000);
  expect(await htmlToText(`<b>${"x".repeat(60_000)}</b>`)).toHaveLength(49_997);
});

test.each(["<div>", "<a href='", "<table><tr><td>", "<", "&#", "<ul><li>", "</p>"])(
  "stays calm over %j many times over",
  async (piece) => {
    const startMs = performance.now();
    expect(typeof (await htmlToText(piece.repeat(10_000)))).toBe("string");
    expect(performance.now() - startMs).toBeLessThan(2_000);
  },
);

test.each([
  ['<ol type="I" start="10000"><li>one</li></ol>', "one"],
  ['<b>Mend</b> this: <ol type="i" start="1e300"><li>the <i>logo</i></li></ol>', "Mend this: the logo"],
  ['<ol type="I" start="20000"><li>A &lt; B', "A &lt; B"],
])("where the parser throws, the tags alone are taken away: %j", async (html, text) => {
  expect((await htmlToText(html)).replaceAll(/\s+/g, " ")).toBe(text);
});

test("never makes more of a text than it was long", async () => {
  expect((await htmlToText("<hr>".repeat(12_500))).length).toBeLessThanOrEqual(50_000);
});

const attribute = fc.tuple(
  fc.constantFrom("start", "type", "href", "colspan", "rowspan", "width", "src", "class", "id", "style", "x"),
  fc.oneof(
    fc.constantFrom("I", "i", "A", "a", "1", "10000", "-1", "0", "NaN", "1e308", "-Infinity", "9".repeat(400), "", "%"),
    fc.string(),
  ),
);
const element = fc.constantFrom(
  ...["ol", "ul", "li", "a", "p", "br", "hr", "table", "tr", "td", "th", "pre", "blockquote", "img", "h1", "script"],
  ...["style", "div", "span", "textarea", "title", "svg", "math", "template", "noscript", "select", "form", "body"],
);
const anyMarkup = fc.array(
  fc.oneof(
    fc.tuple(element, fc.array(attribute, { maxLength: 3 })).map(([name, attributes]) => {
      const text = attributes.map(([key, value]) => ` ${key}="${value}"`).join("");
      return `<${name}${text}>`;
    }),
    element.map((name) => `</${name}>`),
    fc.constantFrom(
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<!DOCTYPE",
      "<?xml",
      "&#",
      "&#x110000;",
      "&amp",
      "<",
      ">",
      "\0",
    ),
    fc.string(),
  ),
);

test("never throws and comes to an end, whatever the markup, its attributes and its depth", async () => {
  await fc.assert(
    fc.asyncProperty(anyMarkup, fc.constantFrom(1, 1, 3, 1_000), async (pieces, times) => {
      const html = pieces.join("").repeat(times);
      expect(typeof (await htmlToText(html))).toBe("string");
    }),
    { numRuns: 300 },
  );
});

test("never throws, and leaves text without markup alone", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string(),
      fc.constantFrom("", "<b>", "<a href=x>", "&#0;", "<table>", "</div>", "<![CDATA["),
      async (text, markup) => {
        expect(typeof (await htmlToText(markup + text))).toBe("string");
        const plain = text.replaceAll(/[<&]/g, "");
        expect(await htmlToText(plain)).toBe(plain.trim());
      },
    ),
  );
});
