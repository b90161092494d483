import type { ApprovalProblem } from "./approval.ts";
import type { EnvironmentProblem } from "./job-environment.ts";

/** Why the reviews of a run, or the name of the job's environment, could not be read. */
export type UnreadableReason =
  "notAllowed" | "badToken" | "noSuchToken" | "noRoute" | "noToken" | "noRun" | "unreachable" | "noClaim";

/** The approval that the inputs ask for is not there, or could not be read; nothing was sent to the marketplace. */
export class ApprovalError extends Error {
  override readonly name = "ApprovalError";
  readonly problem: ApprovalProblem | EnvironmentProblem | { readonly kind: UnreadableReason };

  constructor(problem: ApprovalError["problem"], cause?: unknown) {
    super(`the run is not approved: ${problem.kind}`, { cause });
    this.problem = problem;
  }

  /** Whether trying again can help. */
  get isPassing(): boolean {
    return this.problem.kind === "unreachable" || this.problem.kind === "noClaim";
  }
}
