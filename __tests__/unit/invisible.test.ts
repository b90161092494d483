import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { readSeen, withoutInvisible } from "../../src/text/invisible.ts";

test.each([
  ["plain text\twith tabs\nand lines", "plain text\twith tabs\nand lines"],
  ["\u001b[31mred\u001b[0m", "red"],
  ["\u001b[1;31;48:5:7mred", "red"],
  ["\u009b31mred", "red"],
  ["\u001b[2J\u001b[1 qclear\u001b[?25l", "clear"],
  ["\u001b]0;a title\u0007text", "text"],
  ["\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\", "link"],
  ["\u009d0;a title\u009ctext", "text"],
  ["\u001bPq device \u001b\\text", "text"],
  ["\u0090q device\u009ctext", "text"],
  ["\u001b_app\u001b\\\u001b^pm\u001b\\\u001bXsos\u001b\\text", "text"],
  ["\u001b]8;; never ended \u001b[31mtext", "8;; never ended text"],
  ["\u001b(Btext\u001bc\u001b=", "text"],
  ["\u001b", ""],
  ["\u001b\u001b[31m", ""],
  ["a\u0000b\u0007c\u0008d\u007fe\rf\u0085g", "abcdefg"],
  ["\u202eevil\u202c \u200bz\u200dw\ufeffj\u00adx\u2066y", "evil zwjxy"],
  ["emoji 👍 and ünï", "emoji 👍 and ünï"],
  [
    "fi\u3164ll\uffa0ed, \u034fjo\u115fined, va\ufe0fri\u180bed \u{e0101}and\u{e0041} tag\u2065ged",
    "filled, joined, varied and tagged",
  ],
])("what can be seen of %j is %j", (text, seen) => {
  expect(withoutInvisible(text)).toBe(seen);
});

/** Any character of the first plane, halves of others included. */
const anyCharacter = fc.nat(0xffff).map((code) => String.fromCharCode(code));

test("leaves nothing that a second look would take away", () => {
  const piece = fc.constantFrom(
    "\u001b",
    "[",
    "]",
    "31m",
    ";",
    "\u0007",
    "\\",
    "\u009b",
    "\u009c",
    "\u009d",
    "\u200b",
    "\ufe0f",
    "a",
    " ",
    "\n",
    "\t",
    "P",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: anyCharacter })), { maxLength: 12 }), (pieces) => {
      const seen = withoutInvisible(pieces.join(""));
      expect([/[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t]]/v.test(seen), withoutInvisible(seen)]).toEqual([
        false,
        seen,
      ]);
    }),
    { numRuns: 200 },
  );
});

test.each(["\u001b]", "\u001b]a", "\u009d", "\u001bP\u0090", "\u001b[1;", "\u001b[ ", "\u001b  ", "\u009b?", "\u200b"])(
  "does not ponder over a text of many %j",
  (piece) => {
    const startMs = performance.now();
    withoutInvisible(piece.repeat(80_000));
    withoutInvisible(`\u001b]${piece.slice(1).repeat(80_000)}`);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  },
);

test("says where each character that can be seen stood", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.constantFrom("\u200b", "\ufe0f", "\u{e0101}", "\u001b", "\n", "a"), anyCharacter, fc.string()),
      ),
      (pieces) => {
        const whole = pieces.join("");
        const { text, placeOf } = readSeen(whole);
        expect(text).toBe(whole.replaceAll(/[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t]]/gv, ""));
        expect(Array.from({ length: text.length }, (_, at) => whole[placeOf(at)])).toEqual(text.split(""));
      },
    ),
  );
});
