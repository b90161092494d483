import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { anyCharacter } from "../harness/any-character.ts";
import { inLowerCase, isSameText } from "../../src/text/ascii-case.ts";

test.each([
  ["Production", "pRODUCTION", true],
  ["production", "production ", false],
  ["k8s", "\u212a8s", false],
  ["staging", "\u017ftaging", false],
  ["\u00c9tape", "\u00e9tape", false],
  ["\u0130", "i", false],
  ["[", "{", false],
  ["@", "`", false],
  ["", "", true],
])("%j and %j are the same: %s", (one, other, expected) => {
  expect(isSameText(one, other)).toBe(expected);
});

test("nothing but A to Z changes, and what has changed stays", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      const lower = inLowerCase(text);
      expect(lower).not.toMatch(/[A-Z]/);
      expect(lower.replaceAll(/[a-z]/g, "")).toBe(text.replaceAll(/[A-Za-z]/g, ""));
      expect(inLowerCase(lower)).toBe(lower);
    }),
  );
});
