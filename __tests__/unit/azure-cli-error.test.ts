import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { azureCliText } from "../../src/identity/azure-cli-error.ts";

const keep = (text: string): string => text;
const redact = (text: string): string => text.replaceAll("short-secret", "[secret]");
const NAMED = "the Azure CLI (`az`) gave no token: ";
const UNREADABLE = "the Azure CLI (`az`) printed no token that can be read";

test.each([
  [
    "Please run 'az login' from a command prompt to authenticate before using this credential.",
    "Please run 'az login' from a command prompt to authenticate before using this credential.",
  ],
  ["ERROR: No subscription found.\nRun az account set.\n", "ERROR: No subscription found. Run az account set."],
  ["WARNING: old\nERROR: AADSTS50034: not there.", "ERROR: AADSTS50034: not there."],
  ["  ERROR: late", "ERROR: late"],
  ["WARNING: an ERROR in it", "WARNING: an ERROR in it"],
  ["tenant '11111111-2222-3333-4444-555555555555' is", "tenant '11111111-2222-3333-4444-555555555555' is"],
  ["valid from 2026-01-01T00:00:00.0000000Z, or", "valid from 2026-01-01T00:00:00.0000000Z, or"],
  ["01234567890123456789 012345678901234567890", "01234567890123456789 […]"],
  ["see https://learn.microsoft.com/cli/azure", "see […]"],
])("tells of %j that %j", (told, shown) => {
  expect(azureCliText(told, keep)).toBe(NAMED + shown);
});

test.each([
  "",
  " \n",
  `Unexpected token 'W', "WARNING: e"... is not valid JSON`,
  "Unexpected end of JSON input",
  "Expected ',' or '}' after property value in JSON at position 20",
  "Cannot read properties of null (reading 'accessToken')",
])("tells nothing of %j, which is about the token's form", (told) => {
  expect(azureCliText(told, keep)).toBe(UNREADABLE);
});

test("takes secrets out before it cuts", () => {
  for (let before = 460; before < 500; before += 1) {
    const text = azureCliText(`${"x ".repeat(before / 2)}short-secret`, redact);
    expect(text).not.toContain("shor");
    expect(text.length).toBeLessThanOrEqual(NAMED.length + 500);
  }
});

test("shows no token that nobody knows, wherever az prints it", () => {
  const ofJwt = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_"), minLength: 21, maxLength: 200 });
  const jwt = fc.tuple(ofJwt, ofJwt, ofJwt).map((parts) => `ey${parts.join(".")}`);
  const opaque = fc.string({ unit: fc.constantFrom(..."abcXYZ019+/=-_!~."), minLength: 24, maxLength: 300 });
  const around = fc.string({ unit: fc.constantFrom(..."aE: \n\t\"'{},[]=;") });
  fc.assert(
    fc.property(fc.oneof(jwt, opaque), around, around, fc.boolean(), (token, before, after, isError) => {
      const text = azureCliText(`${isError ? "ERROR: " : ""}${before}${token}${after}`, keep);
      const starts = Array.from({ length: token.length - 15 }, (_, at) => token.slice(at, at + 16));
      expect(starts.filter((piece) => text.includes(piece))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
