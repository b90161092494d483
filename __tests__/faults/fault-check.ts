import { isDeepStrictEqual } from "node:util";
import type { AnyCase, Ending } from "./fault-case.ts";
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

/** How many times slower the clock of each attempt is than that of the first. */
const SLOWDOWNS = [1, 3, 6] as const;

/**
 * Runs a case and holds everything that its ending says against what was seen. On a busy machine, the time of a request can
 * be over before it is answered, and what the service shows can be over before it is seen: a case that came out otherwise is
 * run again, with a slower clock. A go-live too many, or one that is said not to be, is one however busy the machine is.
 */
export async function compareRun<Run extends RunOf<AnyCase, string>>(
  fastRun: Run,
  runFault: (run: Run) => Promise<FaultResult>,
): Promise<Comparison> {
  let last: Comparison = { seen: {}, due: fastRun.ending };
  for (const slowdown of SLOWDOWNS) {
    const run = { ...fastRun, timeFactor: fastRun.timeFactor / slowdown };
    const result = await runFault(run);
    last = compare(run, result);
    if (isDeepStrictEqual(last.seen, last.due) || isBroken(run.ending, result)) break;
  }
  return last;
}

/** Whether the promise itself is broken: a second go-live, or the word that nothing was started where something was. */
function isBroken(ending: Ending, { accepted, step }: FaultResult): boolean {
  const isDenied = accepted > 0 && step.outputs["status"] === "rejected" && ending.status !== "rejected";
  return accepted > ending.accepted || isDenied;
}

function compare(run: RunOf<AnyCase, string>, { step, ...seen }: FaultResult): Comparison {
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

/** The beginning of a sentence is written with a capital letter, the same words within one are not. */
function holds(log: string, words: string): boolean {
  return log.toLowerCase().includes(words.toLowerCase());
}
