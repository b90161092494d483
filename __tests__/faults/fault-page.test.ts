import { expect, test } from "@jest/globals";
import { FAULT_PAGES } from "../../scripts/fault-pages.ts";
import { formatPage, markedPage, readPage } from "../../scripts/marked-page.ts";
import { type FaultKind, FAULTS } from "./fault.ts";
import type { FaultLine } from "./fault-line.ts";
import { CENTER_FAULTS } from "./partner-center/fault.ts";
import { CENTER_REQUESTS, centerLines } from "./partner-center/fault-table.ts";
import { INGESTION_FAULTS } from "./product-ingestion/fault.ts";
import { INGESTION_REQUESTS, ingestionLines } from "./product-ingestion/fault-table.ts";
import { FAULT_TABLES, faultLines } from "./fault-table.ts";

test.each(Object.entries(FAULT_PAGES))("the page %s says what its table says", async (file, faults) => {
  expect(readPage(file)).toBe(await formatPage(markedPage(file, { faults: faults() })));
});

const PORTAL_REQUESTS = Object.keys(FAULT_TABLES) as (keyof typeof FAULT_TABLES)[];

/** The tables that every fault is to stand in. */
const TABLES: readonly (readonly [string, readonly FaultLine[], Readonly<Record<string, FaultKind>>])[] = [
  ...PORTAL_REQUESTS.map((request) => [`the Cloud Partner Portal: ${request}`, faultLines(request), FAULTS] as const),
  ...INGESTION_REQUESTS.map(
    (request) => [`the Product Ingestion API: ${request}`, ingestionLines(request), INGESTION_FAULTS] as const,
  ),
  ...CENTER_REQUESTS.map((request) => [`Partner Center: ${request}`, centerLines(request), CENTER_FAULTS] as const),
];

test.each(TABLES)("every fault has a line in the table of %s", (_what, lines, faults) => {
  const titles = Object.values(faults).map(({ title }) => title);
  const shown = [...new Set(lines.map(({ fault }) => fault.title))];
  expect(shown.slice(0, titles.length)).toEqual(titles);
});
