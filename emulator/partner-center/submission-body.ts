import type { Behaviour } from "./behaviour.ts";
import { wordsOf } from "./stage-words.ts";
import type { PresentTurn, Submission, Turn } from "./submission.ts";

const packageId = "5d7e10c2-2185-49fe-80d2-000000000001";

/** A submission as the service answers it. Its `targets` say `Preview` even when it is live. */
export interface SubmissionBody {
  readonly resourceType: "Submission";
  readonly state: string;
  readonly substate: string;
  readonly targets: readonly { readonly type: string; readonly value: string }[];
  readonly resources: readonly { readonly type: string; readonly value: string }[];
  /** ISO 8601. */
  readonly publishedTimeInUtc: string;
  readonly pendingUpdateInfo?: PendingUpdateBody;
  readonly releaseNumber: number;
  readonly areResourcesReady: boolean;
  readonly id: string;
}

/** What is being done to a submission, or was done last. */
export interface PendingUpdateBody {
  readonly updateType: string;
  readonly status: string;
  readonly failureReason?: string;
  /** Relative to the host, as links between pages are. */
  readonly href?: string;
}

/** A submission as the service answers it once it has come there. `path` is its own address, from the root. */
export function submissionBody(
  { id, plan }: Submission,
  turn: PresentTurn,
  behaviour: Behaviour,
  path: string,
): SubmissionBody {
  const { state, substate, pending } = wordsOf(turn.stage, behaviour);
  const publishedTimeInUtc = turn.stage === "live" ? new Date(turn.atMs).toISOString() : behaviour.neverTime;
  return {
    resourceType: "Submission",
    state,
    substate,
    targets: [{ type: "Scope", value: "Preview" }],
    resources: [{ type: "Package", value: packageId }],
    publishedTimeInUtc,
    ...(behaviour.pendingUpdate === "absent" ? {} : { pendingUpdateInfo: pendingUpdate(pending, turn, path) }),
    releaseNumber: plan.releaseNumber ?? 28,
    areResourcesReady: true,
    id,
  };
}

function pendingUpdate(status: string, { failure }: Turn, path: string): PendingUpdateBody {
  const { failureReason, validations = [] } = failure ?? {};
  return {
    updateType: "Create",
    status,
    ...(failureReason === undefined ? {} : { failureReason }),
    ...(validations.length === 0 ? {} : { href: `${path.slice(1)}/validations` }),
  };
}
