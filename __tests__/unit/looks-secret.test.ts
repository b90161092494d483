import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { quoted } from "../../src/inputs/input-value.ts";
import { holdsToken, looksSecret, withoutTokens } from "../../src/text/secret-text.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALPHABETS = {
  "a client secret": `${LETTERS}${LETTERS.toUpperCase()}0123456789~._-`,
  base64: `${LETTERS}${LETTERS.toUpperCase()}0123456789+/`,
  hex: "0123456789abcdef",
} as const;

test.each(Object.entries(ALPHABETS))("quotes nothing of %s, wherever it stands in a value", (_what, alphabet) => {
  const secret = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 40, maxLength: 60 });
  fc.assert(
    fc.property(secret, fc.constantFrom("", " ", "x=", "Bearer ", "\u200b", '"'), (value, before) => {
      fc.pre(/[a-z].*\d|\d.*[a-z]/.test(value));
      fc.pre(alphabet !== ALPHABETS.hex || /[a-z\d]{24}/.test(value));
      expect(quoted(`${before}${value}${before}`)).toMatch(/^a text of \d+ characters that is not shown/);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("quotes nothing of an object or a list in JSON, in however many lines", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string(), { minKeys: 1 }), fc.nat(3), (value, blanks) => {
      for (const json of [value, [value]].map((each) => JSON.stringify(each, undefined, blanks))) {
        expect([looksSecret(json), looksSecret(JSON.stringify(json))]).toEqual([true, true]);
      }
    }),
  );
});

test.each([
  "contoso",
  "Contoso Marketplace 2026",
  "Production-EU-West-1",
  "ContosoVirtualMachine2026",
  "https://cloudpartner.azure.com/api/publishers/contoso/offers/contoso-vm/operations/7",
  `https://cloudpartner.azure.com/api/publishers/contoso/offers/contoso-vm/operations/${randomUUID()}?api-version=2017-10-31`,
  "contoso.onmicrosoft.com",
  randomUUID(),
  randomUUID().toUpperCase(),
  "2017-10-31&x=y",
  "x".repeat(200),
  "laughs_loudly_at_everyone",
])("quotes %s, for it is no secret", (value) => {
  expect([looksSecret(value), holdsToken(value)]).toEqual([false, false]);
});

test.each([
  ["u:pass word@host", '"[user]@host"'],
  ["//u:p/w@host", '"//[user]@host"'],
  ["https://u:p@w@host:99999", '"https://[user]@host:99999"'],
  ["https://token@host/x", '"https://[user]@host/x"'],
  ["HTTPS://u:p@host", '"HTTPS://[user]@host"'],
  [" https:u:p@host", '"[user]@host"'],
  ["a@b", '"a@b"'],
])("quotes %s without the user and the password", (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test.each(["ghp", "gho", "ghu", "ghs", "ghr", "github_pat"])("knows a token of GitHub's by %s_", (prefix) => {
  const token = `${prefix}_${"aB3".repeat(12)}`;
  expect(withoutTokens(`a ${token}, b ${[...token].join("\u00ad")}`)).toBe("a [token], b [token]");
  expect(quoted(`a ${token}`)).toBe('"a [token]"');
});
