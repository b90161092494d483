import type { Numbering } from "./numbering.ts";
import type { LaterStage, ProductPlan, ProductState, SubmissionPlan } from "./plan.ts";
import { type Submission, type Turn, type Turns, goLiveTurns, stageAt, turnTo } from "./submission.ts";
import type { Stage } from "./vocabulary.ts";

/** One offer's product and its submissions, oldest first. */
export interface Product {
  /** A GUID in lower case. */
  readonly id: string;
  readonly plan: ProductPlan;
  readonly submissions: Submission[];
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const former: SubmissionPlan = { stage: "live", sinceMs: 2 * dayMs };

const failedGoLive: readonly LaterStage[] = [
  { afterMs: -2 * hourMs, stage: "publishing" },
  { afterMs: -hourMs, stage: "failed" },
];

/** The submissions that a state stands for, apart from what was live before. */
const stateSubmissions = {
  neverPublished: [],
  publishing: [{ stage: "submitted", sinceMs: 0 }],
  ready: [{ stage: "ready" }],
  twoReady: [{ stage: "ready" }, { stage: "ready", sinceMs: hourMs }],
  publishFailed: [{ stage: "failed" }],
  goingLive: [{ stage: "ready" }],
  goLiveFailed: [{ stage: "ready", later: failedGoLive }],
  live: [{ stage: "live" }],
} as const satisfies Record<ProductState, readonly SubmissionPlan[]>;

/** The product as it is when the emulator starts. */
export function openProduct(plan: ProductPlan, nowMs: number, numbering: Numbering): Product {
  const { state = "ready", wasLive = false, goLive = {}, running = goLive } = plan;
  const usual = [...(wasLive ? [former] : []), ...stateSubmissions[state]];
  const submissions: readonly SubmissionPlan[] = plan.submissions ?? usual;
  const isGoingLive = plan.submissions === undefined && state === "goingLive";
  return {
    id: (plan.productId ?? numbering.nextProductId()).toLowerCase(),
    plan,
    submissions: submissions.map((submission, index) => {
      const isRunning = isGoingLive && index === submissions.length - 1;
      const turns = openingTurns(submission, nowMs, isRunning ? goLiveTurns(running, nowMs) : []);
      const known = turns.filter(({ atMs }) => atMs <= nowMs).length;
      const id = submission.id ?? numbering.nextSubmissionId();
      return { id, plan: submission, goLive, turns, known, queuedUntilMs: -Infinity };
    }),
  };
}

/** The newest submission that truly is in one of those stages. */
export function newestIn({ submissions }: Product, stages: readonly Stage[], nowMs: number): Submission | undefined {
  return submissions.findLast((submission) => stages.includes(stageAt(submission, nowMs)));
}

function openingTurns(plan: SubmissionPlan, nowMs: number, running: readonly Turn[]): Turns {
  const { stage = "ready", sinceMs = dayMs, later = [], failure } = plan;
  const planned = later.map((each) => turnTo(each.stage, nowMs + each.afterMs, failure));
  return [turnTo(stage, nowMs - sinceMs, failure), ...planned, ...running];
}
