import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { htmlToText } from "../../src/html-text.ts";

test.each([
  ["plain text", "plain text"],
  ["  plain \n text  ", "plain \n text"],
  ["A &amp; B &lt;b&gt;", "A & B <b>"],
  ["3 < 5 & 7 > 5", "3 < 5 & 7 > 5"],
  ["<b>bold</b> and <i>more</i>", "bold and more"],
  ["<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"],
  ["<ul><li>one</li><li>two</li></ul>", "* one\n * two"],
  ["<h1>Offer contoso-vm</h1>", "Offer contoso-vm"],
  ["<h2>Ab</h2><h3>Cd</h3><h4>Ef</h4><h5>Gh</h5><h6>Ij</h6>", "Ab\n\n\nCd\n\nEf\n\nGh\n\nIj"],
  ['<a href="https://aka.ms/x">Read this</a>', "Read this [https://aka.ms/x]"],
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
