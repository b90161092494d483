import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { anyCharacter } from "../harness/any-character.ts";
import { APIS } from "../../src/marketplace/apis.ts";
import { quoted, readApiVersion, readBoolean, readChoice, readId } from "../../src/inputs/input-value.ts";
import { problemOf } from "../harness/input-problem.ts";

test("quotes a value on one line, and cuts a long one", () => {
  expect(quoted('a "b"\n\u001b[31m')).toBe(String.raw`"a \"b\"\n\u001b[31m"`);
  expect(quoted("x".repeat(100))).toBe(`"${"x".repeat(100)}"`);
  expect(quoted("x".repeat(101))).toBe(`"${"x".repeat(100)}…"`);
});

test.each([
  ["contoso\u200b", '"contoso<U+200B>"'],
  ["\ufeffcontoso\u00a0", '"<U+FEFF>contoso<U+00A0>"'],
  ["a\u00adb\u3164c\ufe0fd\u{e0041}", '"a<U+00AD>b<U+3164>c<U+FE0F>d<U+E0041>"'],
  ["a\u007f\u0085\u2028b", '"a<U+007F><U+0085><U+2028>b"'],
  ["\u0441ontoso", '"\u0441<U+0441>ontoso"'],
  ["e\u0301t\u00e9", '"e<U+0301>t\u00e9<U+00E9>"'],
  ["\ud83d\udc4d \ud83d", String.raw`"👍<U+1F44D> \ud83d"`],
])("shows of %j what cannot be seen, and what looks like something else", (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test("every character of a refused id can be told from what is shown, and only ASCII is taken for itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 10 }), (value) => {
      const shown = quoted(value).replaceAll(/[^ -~]?<U\+([0-9A-F]+)>/gu, (_text, code: string) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      );
      fc.pre(!value.includes("<"));
      expect(JSON.parse(shown.replaceAll(/[\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`))).toBe(
        value,
      );
    }),
  );
});

test("never quotes a token that was put into another input", () => {
  const token = `${Buffer.from('{"alg":"RS256"}').toString("base64url")}.${"x".repeat(40)}.${"y".repeat(40)}`;
  expect(quoted(token)).toBe('"[token]"');
  expect(quoted(`Bearer ${token}\n`)).toBe(String.raw`"Bearer [token]\n"`);
  expect(quoted(`${"z".repeat(99)}${token}`)).toBe(`"${"z".repeat(99)}[…"`);
  expect(problemOf(() => readId("offerId", `${token}!`)).message).not.toContain("eyJ");
});

test("an error about an input names it, says what came, and what to do", () => {
  const problem = problemOf(() => readBoolean("wait", "yes", false));
  expect(problem).toMatchObject({
    name: "InputError",
    input: "wait",
    problem: 'got "yes".',
    remedy: "Allowed are `true` and `false`; `yes`, `on` or `1` are not taken for either.",
    message: '`wait`: got "yes". Allowed are `true` and `false`; `yes`, `on` or `1` are not taken for either.',
  });
});

test.each(["contoso", "contoso-vm", "a", "0", "9", "z", "Z", "Contoso_VM.2", "..a", "-1-"])("takes the id %s", (id) => {
  expect(readId("offerId", id)).toBe(id);
});

test.each([
  "..",
  ".",
  "...",
  "-",
  "_",
  "a/b",
  "a\\b",
  "a%2fb",
  "%2e%2e",
  "a?b",
  "a#b",
  "a b",
  " a",
  "a ",
  "a\n",
  "\na",
  "a;b",
  "contoso:vm",
  "\u0441ontoso",
  "a@b",
  "a\u0000",
  "ａ",
])("refuses the id %j", (id) => {
  expect(problemOf(() => readId("offerId", id))).toMatchObject({
    input: "offerId",
    problem: `got ${quoted(id)}.`,
    remedy:
      "Allowed are letters, digits, `-`, `_` and `.`, with a letter or digit among them. Copy the id, not the display name, from Partner Center.",
  });
});

test("an empty id is explained as an unset variable", () => {
  expect(problemOf(() => readId("publisherId", "")).message).toBe(
    "`publisherId`: it is empty. Set `publisherId` under `with:`; an unset variable or output is empty text.",
  );
});

test("an id that is taken never changes the path it becomes part of", () => {
  const piece = fc.constantFrom(
    "a",
    "Z",
    "0",
    ".",
    "..",
    "-",
    "_",
    "/",
    "\\",
    "%2e",
    "%2F",
    "?",
    "#",
    " ",
    "\n",
    "é",
    ":",
    "@",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const id = pieces.join("");
      const isTaken = ((): boolean => {
        try {
          return readId("offerId", id) === id;
        } catch {
          return false;
        }
      })();
      const isWhole = new URL(`/api/offers/${id}/golive`, "https://x").href === `https://x/api/offers/${id}/golive`;
      expect(isTaken && !isWhole).toBe(false);
      expect(isTaken).toBe(/^[-\w.]*[A-Za-z0-9][-\w.]*$/.test(id) && !id.includes("\n"));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["", false, false],
  ["", true, true],
  ...["true", "True", "TRUE"].map((text) => [text, false, true] as const),
  ...["false", "False", "FALSE"].map((text) => [text, true, false] as const),
] as const)("reads %j with the default %j as %j", (text, fallback, value) => {
  expect(readBoolean("wait", text, fallback)).toBe(value);
});

test.each(["yes", "no", "1", "0", "on", "tRUE", "true ", "truefalse", "null"])(
  "refuses %j as true or false",
  (text) => {
    expect(problemOf(() => readBoolean("wait", text, true)).message).toBe(
      `\`wait\`: got ${JSON.stringify(text)}. Allowed are \`true\` and \`false\`; \`yes\`, \`on\` or \`1\` are not taken for either.`,
    );
  },
);

test("takes one of a few words, the first one by default", () => {
  expect(readChoice("ifRunning", "", ["attach", "fail"])).toBe("attach");
  expect(readChoice("ifRunning", "attach", ["attach", "fail"])).toBe("attach");
  expect(readChoice("ifRunning", "fail", ["attach", "fail"])).toBe("fail");
});

test.each(["Attach", "attach ", "stop", "attach, fail"])("refuses %j where only a few words are allowed", (text) => {
  expect(problemOf(() => readChoice("ifRunning", text, ["attach", "fail"])).message).toBe(
    `\`ifRunning\`: got ${JSON.stringify(text)}. Allowed are \`attach\`, \`fail\`; mind the case.`,
  );
});

test.each([
  ["cloudPartnerPortal", "2017-10-31"],
  ["cloudPartnerPortal", "2018-01-01-preview"],
  ["productIngestion", "2022-07-01"],
  ["productIngestion", "2022-03-01-preview3"],
  ["partnerCenter", "v1.0"],
] as const)("takes for the API %s the version %s", (name, text) => {
  expect(readApiVersion("apiVersion", text, APIS[name])).toBe(text);
});

test.each([
  ["cloudPartnerPortal", "latest"],
  ["cloudPartnerPortal", "v1.0"],
  ["productIngestion", "latest"],
  ["productIngestion", "preview2"],
  ["partnerCenter", "latest"],
  ["partnerCenter", "v2.0"],
] as const)("refuses for the API %s the version %s, before the service does", (name, text) => {
  expect(problemOf(() => readApiVersion("apiVersion", text, APIS[name])).message).toBe(
    `\`apiVersion\`: got "${text}". Allowed is a version that is written like \`${APIS[name].apiVersion}\`, as Microsoft's reference names it.`,
  );
});

test("uses the default where no API version is set", () => {
  expect(readApiVersion("apiVersion", "", APIS.cloudPartnerPortal)).toBe("2017-10-31");
});

test.each(["2017-10-31&x=y", "2017 10", "-1", ".", "2017/10", "2017%31", "a".repeat(51), "x\n", "\nx"])(
  "refuses the API version %j",
  (text) => {
    expect(problemOf(() => readApiVersion("apiVersion", text, APIS.cloudPartnerPortal)).message).toBe(
      `\`apiVersion\`: got ${quoted(text)}. Allowed is a version that is written like \`2017-10-31\`, as Microsoft's reference names it.`,
    );
  },
);
