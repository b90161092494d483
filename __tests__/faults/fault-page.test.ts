import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { format } from "prettier";
import { faultPage } from "../../scripts/fault-page.ts";
import { ingestionFaultPage } from "../../scripts/ingestion-fault-page.ts";
import { type FaultKind, FAULTS } from "./fault.ts";
import type { FaultLine } from "./fault-line.ts";
import { INGESTION_FAULTS } from "./product-ingestion/fault.ts";
import { INGESTION_REQUESTS, ingestionLines } from "./product-ingestion/fault-table.ts";
import { FAULT_TABLES, faultLines } from "./fault-table.ts";

test.each([
  ["faults.md", faultPage],
  ["faults-product-ingestion.md", ingestionFaultPage],
] as const)("the page %s says what its table says", async (file, faultPageOf) => {
  const page = readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");
  expect(page).toBe(await format(faultPageOf(), { parser: "markdown", printWidth: 120 }));
});

/** The titles of a table's first lines, as many as there are faults, without repeats. */
function titlesOf(lines: readonly FaultLine[], faults: Readonly<Record<string, FaultKind>>): readonly string[] {
  return [...new Set(lines.map(({ fault }) => fault.title))].slice(0, Object.keys(faults).length);
}

test.each(Object.keys(FAULT_TABLES) as (keyof typeof FAULT_TABLES)[])(
  "every fault has a line in the table of %s",
  (request) => {
    expect(titlesOf(faultLines(request), FAULTS)).toEqual(Object.values(FAULTS).map(({ title }) => title));
  },
);

test.each(INGESTION_REQUESTS)("every fault has a line in the Product Ingestion API's table of %s", (request) => {
  const titles = Object.values(INGESTION_FAULTS).map(({ title }) => title);
  expect(titlesOf(ingestionLines(request), INGESTION_FAULTS)).toEqual(titles);
});
