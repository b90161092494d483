import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { isObject, parseJson, readObjects, readShortText, readText } from "../../src/text/json.ts";

test("reads JSON as it is", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

test.each(["", "{", "<html>", "undefined", "{'a':1}", '{"a":1}x', "NaN"])("%j is no JSON", (text) => {
  expect(parseJson(text)).toBeUndefined();
});

test("null is JSON", () => {
  expect(parseJson("null")).toBeNull();
});

test("passes every text through a function that would change one, wherever it stands, and nothing else", () => {
  const text = '["a",{"b":"\\u0063","d":[1,true,null,"e"],"__proto__":"f"}]';
  const value = parseJson(text, (each) => each.toUpperCase());
  expect(value).toEqual(["A", { b: "C", d: [1, true, null, "E"], ["__proto__"]: "F" }]);
});

test("looks through all texts at once, and takes none in hand when that shows nothing", () => {
  const seen: string[] = [];
  const clean = (text: string): string => {
    seen.push(text);
    return text.replaceAll("secret", "***");
  };
  expect(parseJson('["a","b\\n",{"c":"d"}]', clean)).toEqual(["a", "b\n", { c: "d" }]);
  expect(seen).toEqual(["a\nb\n\nd"]);
});

/** Takes the word away, and what a terminal takes for the text of an escape. */
const hiding = (value: string): string =>
  value.replaceAll(/\u009d[^\u009c]*\u009c|secret/g, (found) => (found === "secret" ? "***" : found));

test.each([
  [String.raw`["\u0073ecret"]`, ["***"]],
  [String.raw`[["\/secret\"x"]]`, [['/***"x']]],
  // A terminal's escape that ends two texts later hides what is in between from whoever looks at all of them.
  ['["\u009dx","secret","\u009c"]', ["\u009dx", "***", "\u009c"]],
])("finds what is hidden in %s", (text, expected) => {
  expect(parseJson(text, hiding)).toEqual(expected);
});

const withoutAb = (text: string): string => text.replaceAll("ab", "*");

test("finds a text whatever is around it, by looking at all of them or at each", () => {
  const value = fc.jsonValue({ stringUnit: fc.constantFrom("a", "b", "\n", "\\", '"', "\u001b", "é") });
  fc.assert(
    fc.property(value, (json) => {
      const expected: unknown = JSON.parse(JSON.stringify(json), (_key, each: unknown) =>
        typeof each === "string" ? withoutAb(each) : each,
      );
      expect(parseJson(JSON.stringify(json), withoutAb)).toEqual(expected);
    }),
  );
});

test("where every text must be cleaned, those behind 20,000 are emptied", () => {
  const texts = Array<readonly string[]>(3).fill(Array<string>(9_000).fill("a"));
  const value = parseJson(JSON.stringify(texts), (text) => text.toUpperCase());
  expect(value).toEqual([
    Array(9_000).fill("A"),
    Array(9_000).fill("A"),
    [...Array(2_000).fill("A"), ...Array(7_000).fill("")],
  ]);
});

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  [undefined, false],
  ["text", false],
  [1, false],
])("%j is an object: %s", (value, expected) => {
  expect(isObject(value)).toBe(expected);
});

test.each([
  ["text", "text"],
  ["  text \n", "text"],
  ["", undefined],
  [" \t\n", undefined],
  [1, undefined],
  [null, undefined],
  [["text"], undefined],
])("the text in %j is %j", (value, text) => {
  expect(readText(value)).toBe(text);
});

test.each([
  [
    [{ a: 1 }, null, [], "x", 1, { b: 2 }],
    [{ a: 1 }, { b: 2 }],
  ],
  [[], []],
  [{ a: 1 }, []],
  [null, []],
  ["x", []],
])("the objects in %j are %j", (value, objects) => {
  expect(readObjects(value)).toEqual(objects);
});

test("the objects of a list are read up to a number, whatever stands between them", () => {
  expect(readObjects([1, { a: 1 }, null, { b: 2 }, { c: 3 }], 2)).toEqual([{ a: 1 }, { b: 2 }]);
  expect(readObjects([{ a: 1 }], 0)).toEqual([]);
});

test("a text that is told in a line is cut", () => {
  expect(readShortText(` ${"x".repeat(2_000)}`)).toBe("x".repeat(1_000));
  expect(readShortText("abc", 2)).toBe("ab");
  expect(readShortText(7)).toBeUndefined();
});
