import { expect, test } from "@jest/globals";
import { readSecret, readToken } from "../../src/inputs/input-value.ts";
import { secretsIn } from "../../src/text/secret-text.ts";
import { problemOf } from "../harness/input-problem.ts";

test.each([
  "abc.def.ghi",
  "  abc.def.ghi\n",
  "Bearer abc.def.ghi",
  "bearer   abc.def.ghi ",
  "\tBEARER\tabc.def.ghi\r\n",
  '"abc.def.ghi"',
  "'abc.def.ghi'\n",
  "`abc.def.ghi`",
  ' " abc.def.ghi "',
  '"Bearer abc.def.ghi"',
  "Bearer 'abc.def.ghi'",
])("reads a token from %j", (text) => {
  expect(secretsIn(text)).toEqual(["abc.def.ghi"]);
  expect(readToken("token", text)).toBe("abc.def.ghi");
});

test("takes tokens of every visible ASCII character, and those that only begin like `Bearer`", () => {
  expect(readToken("token", "!~+/=_-.")).toBe("!~+/=_-.");
  expect(readToken("token", "bearerabc")).toBe("bearerabc");
  expect(readToken("token", "abc-bearer")).toBe("abc-bearer");
});

test.each(["", "  ", "Bearer", "bearer ", "Bearer\n", '""', "'Bearer '"])(
  "explains the token %j as a secret that is not set",
  (text) => {
    expect(problemOf(() => readToken("token", text)).message).toBe(
      "`token`: it is empty. A secret that is not set arrives as empty text: check its name, that the job may read it (a secret of an environment needs `environment:`), and that the step that gets the token ran.",
    );
  },
);

test.each(["top secret", "top\nsecret", "top\u0000secret", "töp-secret", "secret\u007f", "\u200bsecret"])(
  "refuses the token %j without showing it",
  (text) => {
    const { message } = problemOf(() => readToken("token", text));
    expect(message).toBe(
      `\`token\`: it holds blanks, line breaks or other characters that no token has (${text.length} characters). Pass the access token alone, for example \`az account get-access-token --query accessToken -o tsv\`.`,
    );
  },
);

const ALONE = "Pass the access token alone, for example `az account get-access-token --query accessToken -o tsv`.";
const JWT = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro";

test.each([
  [JSON.stringify({ accessToken: JWT, tokenType: "Bearer" }, undefined, 2), `it holds JSON. ${ALONE}`],
  [`["${JWT}"]`, `it holds JSON. ${ALONE}`],
  [`{'accessToken': '${JWT}'}`, `it holds JSON. ${ALONE}`],
  [
    "System.Security.SecureString",
    `it is the name of a PowerShell type, which a SecureString leaves when it is written as text. ${ALONE} \`ConvertFrom-SecureString -AsPlainText\` gives the text of one.`,
  ],
  ...["$TOKEN", "${TOKEN}", "$env:TOKEN", "%TOKEN%", "$(cat token)", "${{ secrets.TOKEN }}", "<token>", "'$TOKEN'"].map(
    (text) => [
      text,
      `it is a name that nothing was put in the place of. ${ALONE} Under \`with:\` no shell puts values in: write \`\${{ secrets.NAME }}\`, or \`\${{ steps.ID.outputs.NAME }}\`.`,
    ],
  ),
  ...["null", "undefined", "None", "[object Object]", '"null"', "Bearer null"].map((text) => [
    text,
    `it is a program's word for nothing. ${ALONE} The step that gets it found none; look what that step says.`,
  ]),
  ...["***", "*"].map((text) => [
    text,
    `it is what a log shows in place of a secret. ${ALONE} A secret cannot be copied from a log.`,
  ]),
])("refuses the token %j by its cause", (text = "", message = "") => {
  expect(problemOf(() => readToken("token", text)).message).toBe(`\`token\`: ${message}`);
});

test("refuses the same in place of every other secret, and takes what only looks like it", () => {
  expect(problemOf(() => readSecret("clientSecret", "$SECRET")).message).toMatch(
    /^`clientSecret`: it is a name that nothing was put in the place of. Pass the value of the client secret alone. /,
  );
  expect(problemOf(() => readSecret("githubToken", "null")).message).toMatch(
    /^`githubToken`: it is a program's word for nothing. Leave the input out, or pass a token alone. /,
  );
  for (const text of ["a$b", "$5.secret~", "nullable", "100%", "%a.b%", "a***", "~{a}", "System.Security", "<a"]) {
    expect(readSecret("clientSecret", ` ${text}`)).toBe(text);
  }
  expect(readSecret("githubToken", "")).toBe("");
});

test("masks what was given, usable or not, and every secret within JSON; but no word for nothing", () => {
  const parts = { accessToken: JWT, tokenType: "Bearer", more: [{ refreshToken: "0.ARoA-a-refresh-token" }, 7] };
  expect(secretsIn(JSON.stringify(parts))).toEqual([JWT, "0.ARoA-a-refresh-token"]);
  expect(secretsIn(`{'accessToken': '${JWT}'}`)).toEqual([`{'accessToken': '${JWT}'}`]);
  expect(secretsIn('{"a":7}')).toEqual(['{"a":7}']);
  for (const text of ["$TOKEN", "System.Security.SecureString"]) expect(secretsIn(`"${text}"`)).toEqual([text]);
  for (const text of ["", '""', "null", "***", "Bearer undefined"]) expect(secretsIn(text)).toEqual([]);
});
