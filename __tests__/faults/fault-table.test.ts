import { expect, test } from "@jest/globals";
import { compareRun } from "./fault-check.ts";
import { runFault } from "./fault-run.ts";
import { FAULTED_REQUESTS, faultRuns } from "./fault-table.ts";
import { UNSEEN_TITLE } from "./look-cases.ts";
import { LAGGING_TITLE } from "./start-cases.ts";

const runs = FAULTED_REQUESTS.flatMap(faultRuns);

test("only a list and a status that both lag let a second go-live through", () => {
  const doubled = runs.filter(({ ending }) => ending.accepted > 1);
  expect(doubled.map(({ title }) => title)).toEqual([
    `look: ${UNSEEN_TITLE}, where the service takes a second one`,
    `start: ${LAGGING_TITLE}, once, carried out, where the service takes a second one`,
  ]);
});

test.concurrent.each(runs)("$title", async (run) => {
  const { seen, due } = await compareRun(run, runFault);
  expect(seen).toEqual(due);
});
