import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { anyCharacter } from "../harness/any-character.ts";
import { harmlessLine, harmlessMarkdown, harmlessText } from "../../src/text/harmless.ts";
import { BAITS } from "./bait.ts";
import { expectHarmlessLog, expectHarmlessSummary } from "./harmless-check.ts";

/** Everything that commands, escapes and markup are made of, so that chance puts many of them together. */
const fragment = fc.oneof(
  fc.constantFrom(..."::##[]\r\n\v\f\t\u0085\u2028\u2029 %;=<>&@`*_|!()\\/-.~0aA".split("")),
  fc.constantFrom("::", "##[", "]", "error", "add-mask", "stop-commands", "%0A", "%0D", "%25", "&#58;", "https://a.b"),
  fc.constantFrom(
    "\u001B[31m",
    "\u001B]8;;x\u0007",
    "\u009B",
    "\u202E",
    "\u2066",
    "\u200B",
    "\uFEFF",
    "\u{E0041}",
    "\uD800",
  ),
  fc.string({ unit: anyCharacter, maxLength: 3 }),
);
const text = fc.array(fragment, { maxLength: 40 }).map((pieces) => pieces.join(""));
const RUNS = { numRuns: 500 };

test.each(BAITS)("makes one line of plain text of %j", (bait) => {
  const line = harmlessLine(bait);
  expectHarmlessLog(`${line}\n`);
  expect(line).not.toContain("\n");
  expect(line).toContain("bait");
  expectHarmlessSummary(harmlessMarkdown(bait));
});

test("makes of any text one line in which the runner finds no command", () => {
  fc.assert(
    fc.property(text, (hostile) => {
      const line = harmlessLine(hostile);
      expectHarmlessLog(line);
      expect(line).not.toContain("\n");
    }),
    RUNS,
  );
});

test("makes of any text lines in which the runner finds no command", () => {
  fc.assert(
    fc.property(text, (hostile) => {
      const lines = harmlessText(hostile);
      expectHarmlessLog(lines);
      expect(lines.trim()).toBe(lines);
    }),
    RUNS,
  );
});

test("makes of any text Markdown without any markup", () => {
  fc.assert(
    fc.property(text, (hostile) => {
      const markdown = harmlessMarkdown(hostile);
      expectHarmlessSummary(markdown);
      expect(markdown).not.toContain("\n");
    }),
    RUNS,
  );
});

test("leaves ordinary text as it is", () => {
  const ordinary = "Größe „50 %“ überschritten: siehe Plan #2 (standard), 価格 & mehr.";
  expect(harmlessLine(ordinary)).toBe(ordinary);
  expect(harmlessText(`${ordinary}\n${ordinary}`)).toBe(`${ordinary}\n${ordinary}`);
});

test.each([1, 10, 1_000])(
  "keeps a text of any length within %d characters, without half a character at its end",
  (longest) => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: longest, maxLength: 3 * longest }), (long) => {
        for (const make of [harmlessLine, harmlessText]) {
          const made = make(long, longest);
          expect(made.length).toBeLessThanOrEqual(longest);
          expect(made.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  },
);
