import { expect, test } from "@jest/globals";
import { runFault } from "./fault-run.ts";
import { faultRuns } from "./fault-table.ts";
import { LAGGING_TITLE } from "./start-cases.ts";
import { isAsNoted, notation } from "./request-notation.ts";

/** How late an emulator may note a request, in real time. */
const BLUR_MS = 100;
const runs = (["look", "start", "poll", "end", "glance", "cancel"] as const).flatMap(faultRuns);

test("only a list and a status that both lag for more than three minutes let a second go-live through", () => {
  const doubled = runs.filter(({ ending }) => ending.accepted > 1);
  expect(doubled.map(({ title }) => title)).toEqual([
    `start: ${LAGGING_TITLE}, once, carried out, where the service takes a second one`,
  ]);
});

test.concurrent.each(runs)("$title", async (run) => {
  const { ending, reason } = run;
  const { step, ...seen } = await runFault(run);
  expect({
    sent: isAsNoted(seen.sent, ending.sent) ? ending.sent : notation(seen.sent),
    sentElsewhere: seen.sentElsewhere,
    accepted: seen.accepted,
    status: step.outputs["status"],
    exitCode: step.exitCode,
  }).toEqual({
    sent: ending.sent,
    sentElsewhere: 0,
    accepted: ending.accepted,
    status: ending.status,
    exitCode: ending.exitCode,
  });
  expect(seen.truth).toBe(ending.truth ?? seen.truth);
  expect(step.log).toContain(ending.says);
  expect(step.log).toContain(reason ?? ending.says);
  expect(seen.tookMs).toBeLessThanOrEqual(run.mostMs ?? Infinity);
  // A busy machine takes the request before the pause late, so that the pause looks shorter than it was.
  const blurMs = BLUR_MS * run.timeFactor;
  expect(seen.pauseMs ?? 0).toBeGreaterThanOrEqual((run.leastPauseMs ?? 0) - blurMs);
});
