import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { format } from "prettier";
import { faultPage } from "../../scripts/fault-page.ts";
import { FAULTS } from "./fault.ts";
import { FAULT_TABLES, faultLines } from "./fault-table.ts";

test("the page about faults says what the table says", async () => {
  const page = readFileSync(new URL("../../docs/faults.md", import.meta.url), "utf8");
  expect(page).toBe(await format(faultPage(), { parser: "markdown", printWidth: 120 }));
});

test.each(Object.keys(FAULT_TABLES) as (keyof typeof FAULT_TABLES)[])(
  "every fault has a line in the table of %s",
  (request) => {
    const told = [...new Set(faultLines(request).map(({ fault }) => fault.title))];
    const titles = Object.values(FAULTS).map(({ title }) => title);
    expect(told.slice(0, titles.length)).toEqual(titles);
  },
);
