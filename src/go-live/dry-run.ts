import type { Readiness } from "../marketplace/marketplace.ts";
import { LOOK_LIMIT_MS, type LookOptions, lookPatiently, noteUnchecked } from "./look.ts";
import { InterruptedError } from "./outcome.ts";

/** What a dry run found, or why it could not find out. */
export type DryRunFinding = Readiness | { readonly kind: "notTold"; readonly error: Error };

/** Finds out, with questions that change nothing, whether a start would be accepted now. Throws only bugs. */
export async function dryRun(options: LookOptions): Promise<DryRunFinding> {
  const told = await lookPatiently(options, options.clock.now() + LOOK_LIMIT_MS);
  if (!(told instanceof Error)) {
    noteUnchecked(told.standing, options);
    return told.readiness;
  }
  return { kind: "notTold", error: options.signal.aborted ? new InterruptedError() : told };
}
