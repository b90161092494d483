import { expect, test } from "@jest/globals";
import { recipePage } from "../../scripts/recipe-pages.ts";
import { filesOf, read, yamlBlocks } from "./workflow.ts";

const PRICE = 0.006;

test("the page of recipes shows the examples to the letter, each once, and no other workflow", () => {
  const examples = filesOf("examples", ".yml").map(read);
  expect([...yamlBlocks("docs/recipes.md")].sort()).toEqual([...examples].sort());
});

test("the page of recipes is what the script makes of it", () => {
  expect(yamlBlocksOf(recipePage())).toEqual(yamlBlocks("docs/recipes.md"));
});

test.each([
  ["a minute", PRICE, "$0.006"],
  ["a check every hour, for a day", 24 * PRICE, "$0.144 a day"],
  ["a wait of 330 minutes", 330 * PRICE, "up to $1.98"],
])("the page of recipes names the price of %s", (_what, dollars, text) => {
  expect(text).toContain(`$${dollars.toFixed(3).replace(/0$/, "")}`);
  expect(read("docs/recipes.md")).toContain(text);
});

function yamlBlocksOf(page: string): readonly string[] {
  return [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}
