import { expect } from "@jest/globals";
import type { AnyCase } from "./fault-case.ts";
import type { FaultResult } from "./fault-hit.ts";
import type { RunOf } from "./fault-line.ts";
import { isAsNoted, notation } from "./request-notation.ts";

/** How late an emulator may note a request, in real time. */
const BLUR_MS = 100;

/** Runs a case and checks everything that its ending says. */
export async function checkRun<Run extends RunOf<AnyCase, string>>(
  fastRun: Run,
  runFault: (run: Run) => Promise<FaultResult>,
): Promise<void> {
  const [run, { step, ...seen }] = await runInTime(fastRun, runFault);
  const { ending, reason } = run;
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
}

/**
 * On a busy machine, the time of a request can be over before it is answered: a case in which more or less was asked is
 * run once more, with a slower clock. A go-live too many is one, however busy the machine is.
 */
async function runInTime<Run extends RunOf<AnyCase, string>>(
  run: Run,
  runFault: (run: Run) => Promise<FaultResult>,
): Promise<readonly [Run, FaultResult]> {
  const result = await runFault(run);
  expect(result.accepted).toBeLessThanOrEqual(run.ending.accepted);
  if (isAsNoted(result.sent, run.ending.sent)) return [run, result];
  const slower = { ...run, timeFactor: run.timeFactor / 3 };
  return [slower, await runFault(slower)];
}
