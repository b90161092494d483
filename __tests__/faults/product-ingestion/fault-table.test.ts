import { expect, test } from "@jest/globals";
import { compareRun } from "../fault-check.ts";
import { INGESTION_FAULTS } from "./fault.ts";
import { runIngestionFault } from "./fault-run.ts";
import { INGESTION_REQUESTS, ingestionRuns } from "./fault-table.ts";

const runs = INGESTION_REQUESTS.flatMap(ingestionRuns);

test("no fault lets a second go-live through", () => {
  expect(runs.filter(({ ending }) => ending.accepted > 1)).toEqual([]);
});

test("only a push that was certainly turned away is sent again", () => {
  const sentAgain = runs.filter(({ ending }) => /POST configure.*POST configure|POST configure ×/.test(ending.sent));
  expect(new Set(sentAgain.map(({ act }) => act))).toEqual(new Set([INGESTION_FAULTS.http429.act]));
});

test.concurrent.each(runs)("$title", async (run) => {
  const { seen, due } = await compareRun(run, runIngestionFault);
  expect(seen).toEqual(due);
});
