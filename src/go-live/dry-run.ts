import type { RequestError } from "../bearer/request-error.ts";
import { type LookOptions, lookPatiently } from "./look.ts";
import { InterruptedError } from "./outcome.ts";
import { askOfferStatus, decideReadiness, type Readiness, runningGoLive } from "./readiness.ts";

/** What a dry run found, or why it could not find out. */
export type DryRunFinding = Readiness | { readonly kind: "notTold"; readonly error: Error };

/** No question is asked again after this time. */
const LIMIT_MS = 15 * 60_000;

/** Finds out, with questions that change nothing, whether a go-live would be accepted now. Throws only bugs. */
export async function dryRun(options: LookOptions): Promise<DryRunFinding> {
  const deadlineMs = options.clock.now() + LIMIT_MS;
  const list = await lookPatiently(options, deadlineMs);
  if (list instanceof Error) return notTold(list, options);
  const submissions = list.entries;
  const offer = await askOfferStatus(options, deadlineMs);
  if (!(offer instanceof Error)) return decideReadiness(offer, submissions);
  const goLive = runningGoLive(submissions);
  // That one runs is enough to know, whatever the status would have said.
  return goLive === undefined ? notTold(offer, options) : { kind: "goLiveRuns", goLive };
}

function notTold(error: RequestError, { signal }: LookOptions): DryRunFinding {
  return { kind: "notTold", error: signal.aborted ? new InterruptedError() : error };
}
