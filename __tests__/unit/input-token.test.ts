import { expect, test } from "@jest/globals";
import { bareToken, readProxy, readToken } from "../../src/input-value.ts";
import { problemOf } from "../harness/input-problem.ts";

test.each([
  ["", ""],
  ["  ", ""],
  ["http://proxy.example:8080", "http://proxy.example:8080/"],
  ["https://proxy.example", "https://proxy.example/"],
  [" http://proxy.example ", "http://proxy.example/"],
  ["proxy.example:8080", "http://proxy.example:8080/"],
  [" proxy.example:8080 ", "http://proxy.example:8080/"],
  ["http://user:word@proxy.example", "http://user:word@proxy.example/"],
])("reads the proxy %j as %j", (text, proxy) => {
  expect(readProxy("HTTPS_PROXY", text)).toBe(proxy);
});

test.each(["socks5://user:hidden@proxy.example:1080", "http://", "://hidden", "hidden word", "ftp://hidden"])(
  "refuses the proxy %j without showing it",
  (text) => {
    expect(problemOf(() => readProxy("HTTPS_PROXY", text)).message).toBe(
      "`HTTPS_PROXY`: the environment variable holds no address of a proxy. Allowed is a URL such as `http://proxy.example:8080`.",
    );
  },
);

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
