import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { MOST_ITEMS, withShortLists } from "../../src/text/json-lists.ts";

const itemsOf = (count: number, item: string): string => `[${Array<string>(count).fill(item).join(",")}]`;

test.each(["0", "{}", "[]", '"a,b]"', String.raw`"\"],\\"`, '{"a":[1,2],"b":{"c":","}}', "[0,1]"])(
  "a list of more than 10,001 times %s is cut to that, and the rest is left as it is",
  (item) => {
    for (const count of [MOST_ITEMS - 1, MOST_ITEMS, MOST_ITEMS + 1, 3 * MOST_ITEMS]) {
      const list = itemsOf(count, item);
      const kept = itemsOf(Math.min(count, MOST_ITEMS), item);
      expect(withShortLists(list)).toBe(kept);
      expect(withShortLists(` {"a" : ${list} , "b":[ ${list},{"c":${list}} ],"d":"x"}\n`)).toBe(
        ` {"a" : ${kept} , "b":[ ${kept},{"c":${kept}} ],"d":"x"}\n`,
      );
    }
  },
);

test("a long list of long lists is cut without and within", () => {
  const inner = itemsOf(2 * MOST_ITEMS, "0");
  const cut = itemsOf(MOST_ITEMS, "0");
  expect(withShortLists(`[${inner},${inner}]`)).toBe(`[${cut},${cut}]`);
  const many = itemsOf(MOST_ITEMS, "0").slice(0, -1);
  expect(withShortLists(`${many},${inner},[1]]`)).toBe(`${many}]`);
});

test("an object is not cut, however much it holds", () => {
  const json = `{${Array.from({ length: 2 * MOST_ITEMS }, (_each, at) => `"k${at}":0`).join(",")}}`;
  expect(withShortLists(json)).toBe(json);
});

test.each<[string, string]>([
  ["more than 100,000 lists and objects", `[${Array<string>(11).fill(itemsOf(10_000, "{}")).join(",")}]`],
  ["more than 500 levels", "[".repeat(501) + "]".repeat(501)],
  ["more than 500 levels where it is cut", `[${"0,".repeat(MOST_ITEMS)}${"[".repeat(501)}${"]".repeat(501)}]`],
  ["a long list that does not end", `[${"0,".repeat(2 * MOST_ITEMS)}`],
])("nobody reads what has %s", (_what, json) => {
  expect(withShortLists(json)).toBeUndefined();
});

test("500 levels and 100,000 objects are read", () => {
  for (const json of [
    "[".repeat(500) + "]".repeat(500),
    `[${Array<string>(9).fill(itemsOf(10_000, "{}")).join(",")}]`,
  ]) {
    expect(withShortLists(json)).toBe(json);
  }
});

test("whatever has no long list is left as it is, JSON or not", () => {
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc.string({ unit: fc.constantFrom("[", "]", "{", "}", ",", '"', "\\", "a") }),
  );
  fc.assert(
    fc.property(text, (json) => {
      expect(withShortLists(json)).toBe(json);
    }),
  );
});
