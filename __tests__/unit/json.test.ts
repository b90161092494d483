import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { isObject, parseJson, readObjects, readShortText, readText } from "../../src/json.ts";

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

test("passes every text through a function, wherever it stands, and nothing else", () => {
  const seen: string[] = [];
  const value = parseJson('["a",{"b":"\\u0063","d":[1,true,null,"e"]}]', (text) => {
    seen.push(text);
    return text.toUpperCase();
  });
  expect(value).toEqual(["A", { b: "C", d: [1, true, null, "E"] }]);
  expect(seen.toSorted()).toEqual(["a", "c", "e"]);
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
