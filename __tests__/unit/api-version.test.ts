import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { withApiVersion } from "../../src/marketplace/cloud-partner-portal/cloud-partner-portal.ts";

const AT = "https://service.example/api/operations/7";

test.each([
  ["", "?api-version=1"],
  ["?", "?api-version=1"],
  ["?api-version=2", "?api-version=2"],
  ["?api-version=", "?api-version=1"],
  ["?api-version", "?api-version=1"],
  ["?API-Version=2", "?api-version=2"],
  ["?api-version=2&api-version=3", "?api-version=2"],
  ["?Api-Version=2&api-version=3", "?api-version=2"],
  ["?api-version=3&a=b", "?a=b&api-version=3"],
  ["?a=b", "?a=b&api-version=1"],
  ["?a=b&a=c", "?a=b&a=c&api-version=1"],
  ["?api_version=2", "?api_version=2&api-version=1"],
  ["?my-api-version=2", "?my-api-version=2&api-version=1"],
])("the query %j becomes %j", (query, expected) => {
  expect(withApiVersion(new URL(AT + query), "1").href).toBe(AT + expected);
});

test("names the version exactly once, changes nothing else, and nothing more the second time", () => {
  const parameter = fc.tuple<[string, string]>(
    fc.constantFrom("api-version", "API-VERSION", "a", "b"),
    fc.constantFrom("", "1", "2", "x y"),
  );
  fc.assert(
    fc.property(fc.array(parameter, { maxLength: 5 }), (parameters) => {
      const location = new URL(`${AT}?${new URLSearchParams(parameters)}`);
      const before = location.href;
      const url = withApiVersion(location, "9");
      const names = [...url.searchParams.keys()];
      expect(names.filter((name) => name.toLowerCase() === "api-version")).toEqual(["api-version"]);
      expect(url.searchParams.get("api-version")).not.toBe("");
      expect([...url.searchParams].filter(([name]) => name !== "api-version")).toEqual(
        parameters.filter(([name]) => name.toLowerCase() !== "api-version"),
      );
      expect(url.origin + url.pathname).toBe(AT);
      expect(withApiVersion(url, "8").href).toBe(url.href);
      expect(location.href).toBe(before);
    }),
  );
});
