import type { AnyCase } from "./fault-case.ts";
import type { FaultResult } from "./fault-hit.ts";
import type { RunOf } from "./fault-line.ts";
import { isAsNoted, notation } from "./request-notation.ts";

/** What a case came to and what it must come to, member for member. */
export interface Comparison {
  readonly seen: object;
  readonly due: object;
}

/** How late an emulator may note a request, in real time. */
const BLUR_MS = 100;

/** Runs a case and holds everything that its ending says against what was seen. */
export async function compareRun<Run extends RunOf<AnyCase, string>>(
  fastRun: Run,
  runFault: (run: Run) => Promise<FaultResult>,
): Promise<Comparison> {
  const [run, { step, ...seen }] = await runInTime(fastRun, runFault);
  const { ending, reason, mostMs = Infinity, leastPauseMs = 0 } = run;
  const due = {
    sent: ending.sent,
    sentElsewhere: 0,
    accepted: ending.accepted,
    truth: ending.truth ?? seen.truth,
    status: ending.status,
    exitCode: ending.exitCode,
    says: ending.says,
    reason: reason ?? "",
    isInTime: true,
    isPauseLongEnough: true,
  };
  // A busy machine takes the request before the pause late, so that the pause looks shorter than it was.
  const blurMs = BLUR_MS * run.timeFactor;
  return {
    due,
    seen: {
      sent: isAsNoted(seen.sent, due.sent) ? due.sent : notation(seen.sent),
      sentElsewhere: seen.sentElsewhere,
      accepted: seen.accepted,
      truth: seen.truth,
      status: step.outputs["status"],
      exitCode: step.exitCode,
      says: holds(step.log, due.says) ? due.says : step.log,
      reason: holds(step.log, due.reason) ? due.reason : step.log,
      isInTime: seen.tookMs <= mostMs,
      isPauseLongEnough: (seen.pauseMs ?? 0) >= leastPauseMs - blurMs,
    },
  };
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
  const isTooMany = result.accepted > run.ending.accepted;
  if (isTooMany || isAsNoted(result.sent, run.ending.sent)) return [run, result];
  const slower = { ...run, timeFactor: run.timeFactor / 3 };
  return [slower, await runFault(slower)];
}

/** The beginning of a sentence is written with a capital letter, the same words within one are not. */
function holds(log: string, words: string): boolean {
  return log.toLowerCase().includes(words.toLowerCase());
}
