import { expect, test } from "@jest/globals";
import { bareToken, readToken } from "../../src/input-value.ts";
import { problemOf } from "../harness/input-problem.ts";

test.each([
  "abc.def.ghi",
  "  abc.def.ghi\n",
  "Bearer abc.def.ghi",
  "bearer   abc.def.ghi ",
  "\tBEARER\tabc.def.ghi\r\n",
])("reads a token from %j", (text) => {
  expect(bareToken(text)).toBe("abc.def.ghi");
  expect(readToken("token", text)).toBe("abc.def.ghi");
});

test("takes tokens of every visible ASCII character, and those that only begin like `Bearer`", () => {
  expect(readToken("token", "!~+/=_-.")).toBe("!~+/=_-.");
  expect(readToken("token", "bearerabc")).toBe("bearerabc");
  expect(readToken("token", "abc-bearer")).toBe("abc-bearer");
});

test.each(["", "  ", "Bearer", "bearer ", "Bearer\n"])("explains the token %j as a secret that is not set", (text) => {
  expect(problemOf(() => readToken("token", text)).message).toBe(
    "`token`: it is empty. A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran.",
  );
});

test.each(["top secret", "top\nsecret", "top\u0000secret", "töp-secret", "secret\u007f", "\u200bsecret"])(
  "refuses the token %j without showing it",
  (text) => {
    const { message } = problemOf(() => readToken("token", text));
    expect(message).toBe(
      `\`token\`: it holds blanks, line breaks or other characters that no token has (${text.length} characters). Pass the access token alone, for example \`az account get-access-token --query accessToken -o tsv\`.`,
    );
  },
);
