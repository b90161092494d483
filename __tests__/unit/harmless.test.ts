import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  harmlessLine,
  harmlessMarkdown,
  harmlessSentence,
  harmlessText,
  inQuotes,
  linkedMarkdown,
} from "../../src/text/harmless.ts";

/** Any character of the first plane, halves of others included. */
const anyCharacter = fc.nat(0xffff).map((code) => String.fromCharCode(code));

/** Texts made of what a runner, a terminal or a page of Markdown may take for more than text. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "::",
        ":",
        "##[",
        "##",
        "#",
        "[",
        "error",
        "::error::x",
        "::set-env name=a::b",
        "##[add-path]",
        "\r",
        "\n",
        "\r\n",
        "\u2028",
        "\u0085",
        "\v",
        "\t",
        " ",
        "\u00a0",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u001b[31m",
        "\u001b]0;x\u0007",
        "\u0000",
        "\ud800",
        "<b>",
        "|",
        "`",
        "*",
        "_",
        "@me",
        "x",
      ),
      fc.string({ unit: anyCharacter, maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

/** How the runner finds a command in a line: `::name` after white space, `##[name` anywhere. */
const hasCommand = (line: string): boolean => /^\s*::/.test(line) || line.includes("##[");

test.each([
  ["plain text", "plain text"],
  ["  two\n lines\r\nor\tmore ", "two lines or more"],
  ["a\u2028b\u2029c\u0085d\ve\ff", "a b c d e f"],
  ["::error::x", ": :error::x"],
  [" \n ::error::x", ": :error::x"],
  ["\u200b:\u200b:error::x", ": :error::x"],
  ["a ::error::x", "a ::error::x"],
  [":: ", ": :"],
  [": x", ": x"],
  ["x ##[error]y ##[z", "x ## [error]y ## [z"],
  ["###[x", "### [x"],
  ["#\u00ad#\u202e[x", "## [x"],
  ["\u001b[31mred\u001b[0m \u202eevil", "red evil"],
  ["lone \ud800 half", "lone \ufffd half"],
  ["", ""],
])("the harmless line of %j is %j", (text, line) => {
  expect(harmlessLine(text)).toBe(line);
});

test("cuts a long line, and marks that it did", () => {
  expect(harmlessLine("x".repeat(1_000))).toBe("x".repeat(1_000));
  expect(harmlessLine("x".repeat(1_001))).toBe(`${"x".repeat(999)}…`);
  expect(harmlessLine("abcdef", 6)).toBe("abcdef");
  expect(harmlessLine("abcdefg", 6)).toBe("abcde…");
  expect(harmlessLine("abcd👍g", 6)).toBe("abcd\ufffd…");
});

test.each([
  ["plain", "“plain”"],
  ["x”. ✅ Live. “", '“x". ✅ Live. "”'],
  ["„a‟ ❝b❞ ″c‶ ＂d〞", '“"a" "b" "c" "d"”'],
  [`it's "so" ‘here’ «there»`, `“it's "so" ‘here’ «there»”`],
  ["a\n::error::b", "“a ::error::b”"],
  ["", "“”"],
])("puts %j in quotes that nothing in it can end", (text, quote) => {
  expect(inQuotes(text)).toBe(quote);
});

test("what is in quotes has one quote at each end, and is as long as is allowed at the most", () => {
  fc.assert(
    fc.property(hostile, hostile, fc.integer({ min: 1, max: 40 }), (one, other, longest) => {
      const quote = inQuotes(`${one}”${other}“`, longest);
      expect(quote).toMatch(/^“[^“”]*”$/u);
      expect(quote.length).toBeLessThanOrEqual(longest + 2);
      expect(hasCommand(quote)).toBe(false);
    }),
  );
});

test("cuts after it has made harmless, so that what was taken away does not count", () => {
  expect(harmlessLine("\u200b".repeat(5_000) + "x".repeat(1_000))).toBe("x".repeat(1_000));
});

test("no hostile text makes more than one line, or a command, or is longer than allowed", () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 40 }), (text, longest) => {
      const line = harmlessLine(text, longest);
      expect(/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(line) || hasCommand(line)).toBe(false);
      expect(line.length <= longest && line.isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["one\ntwo", "one\ntwo"],
  ["one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"],
  ["  one  \n  two  \n\n", "one\n  two"],
  ["ok\n::error::x\n  ::warning::y", "ok\n: :error::x\n  : :warning::y"],
  ["ok\r::error::x", "ok\n: :error::x"],
  ["ok\n##[error]x", "ok\n## [error]x"],
  ["tab\there", "tab here"],
  ["\u001b[31mred\u202e", "red"],
])("the harmless text of %j is %j", (text, expected) => {
  expect(harmlessText(text)).toBe(expected);
});

test("cuts a long text within what the runner shows of an annotation", () => {
  expect(harmlessText("x".repeat(3_500))).toHaveLength(3_500);
  expect(harmlessText("x".repeat(3_501))).toBe(`${"x".repeat(3_499)}…`);
  expect(harmlessText("abcdefg", 6)).toBe("abcde…");
});

test("no line of a hostile text is a command", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const lines = harmlessText(text).split(/[\n\r\v\f\u0085\u2028\u2029]/);
      expect(lines.filter(hasCommand)).toEqual([]);
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["plain words 123", "plain words 123"],
  ["über 漢字", "über 漢字"],
  ["<b>", "&#60;b&#62;"],
  ["a|b", "a&#124;b"],
  ["`x`", "&#96;x&#96;"],
  ["a\nb", "a b"],
  ["@me", "&#64;&#8203;me"],
  ["#7", "&#35;&#8203;7"],
  ["👍", "&#128077;"],
])("the harmless Markdown of %j is %j", (text, markdown) => {
  expect(harmlessMarkdown(text)).toBe(markdown);
});

test("bounds Markdown by what is read of it, not by what is written", () => {
  expect(harmlessMarkdown("<".repeat(1_001))).toBe(`${"&#60;".repeat(999)}&#8230;`);
  expect(harmlessMarkdown("<<<", 2)).toBe("&#60;&#8230;");
});

test("nothing of a hostile text is left that Markdown takes for structure, and all that can be read is", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const markdown = harmlessMarkdown(text);
      expect(markdown.replaceAll(/&#\d+;/g, "")).toMatch(/^[\p{L}\p{N} ]*$/u);
      const read = markdown.replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
      expect(read.replaceAll("\u200b", "")).toBe(harmlessLine(text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["set `wait` to it", "set <code>wait</code> to it"],
  ["`a: b` and `c`.", "<code>a&#58; b</code> and <code>c</code>&#46;"],
  ["one ` alone", "one &#96; alone"],
  ["three ` of ` them `", "three <code> of </code> them &#96;"],
  ["nothing `` between", "nothing &#96;&#96; between"],
  ["`<b>@me`", "<code>&#60;b&#62;&#64;&#8203;me</code>"],
  ["plain", "plain"],
])("the harmless sentence of %j is %j", (text, markdown) => {
  expect(harmlessSentence(text)).toBe(markdown);
});

test("bounds a sentence by what is read of it, and closes what it opens", () => {
  expect(harmlessSentence(`\`${"<".repeat(2_000)}\``)).toBe(`&#96;${"&#60;".repeat(998)}&#8230;`);
  expect(harmlessSentence("`abc` def", 6)).toBe("<code>abc</code>&#8230;");
});

test("nothing of a hostile text is left in a sentence that Markdown takes for structure, but for code", () => {
  fc.assert(
    fc.property(hostile, hostile, (one, other) => {
      const markdown = harmlessSentence(`${one} \`x\` ${other}`);
      expect(markdown.replaceAll(/&#\d+;/g, "")).toMatch(
        /^[\p{L}\p{N} ]*(<code>[\p{L}\p{N} ]*<\/code>[\p{L}\p{N} ]*)*$/u,
      );
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["see https://aka.ms/kernel.", "see [https&#58;&#47;&#47;aka&#46;ms&#47;kernel](https://aka.ms/kernel)&#46;"],
  [
    "https://learn.microsoft.com/a?b=c",
    "[https&#58;&#47;&#47;learn&#46;microsoft&#46;com&#47;a&#63;b&#61;c](https://learn.microsoft.com/a?b=c)",
  ],
])("links an address of Microsoft's own: %s", (text, markdown) => {
  expect(linkedMarkdown(text)).toBe(markdown);
});

test.each([
  "https://aka.ms.evil.example/x",
  "https://aka.ms@evil.example/x",
  "https://aka.ms:8443/x",
  "http://aka.ms/x",
  "https://evil.example/https:",
  "HTTPS://AKA.MS/x",
  "javascript:https//aka.ms/x",
])("only shows what leads elsewhere: %s", (text) => {
  expect(linkedMarkdown(text)).toBe(harmlessMarkdown(text));
});

test("links nothing but Microsoft's own hosts, whatever stands around them", () => {
  const piece = fc.constantFrom(
    "https://",
    "aka.ms",
    "learn.microsoft.com",
    "evil.example",
    "/",
    "@",
    ":",
    ".",
    "(",
    ")",
    "[",
    "]",
    " ",
    "x",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      for (const [, target = ""] of linkedMarkdown(pieces.join("")).matchAll(/\]\(([^)]*)\)/g)) {
        expect(["aka.ms", "learn.microsoft.com"]).toContain(new URL(target).host);
      }
    }),
  );
});
