import { expect, test } from "@jest/globals";
import { compareRun } from "../fault-check.ts";
import { CENTER_FAULTS } from "./fault.ts";
import { runCenterFault } from "./fault-run.ts";
import { CENTER_REQUESTS, centerRuns } from "./fault-table.ts";

const runs = CENTER_REQUESTS.flatMap(centerRuns);

test("no fault lets a second go-live through", () => {
  expect(runs.filter(({ ending }) => ending.accepted > 1)).toEqual([]);
});

test("only a promote that was turned away or throttled is sent again, and only behind a look", () => {
  const sentAgain = runs.filter(({ ending }) => /POST promote.*POST promote|POST promote ×/.test(ending.sent));
  expect(new Set(sentAgain.map(({ act }) => act))).toEqual(
    new Set([CENTER_FAULTS.http401.act, CENTER_FAULTS.http429.act]),
  );
  expect(sentAgain.filter(({ ending }) => /POST promote(?:, POST promote| ×)/.test(ending.sent))).toEqual([]);
});

test.concurrent.each(runs)("$title", async (run) => {
  const { seen, due } = await compareRun(run, runCenterFault);
  expect(seen).toEqual(due);
});
