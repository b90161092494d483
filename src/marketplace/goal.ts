import { isSameText } from "../text/ascii-case.ts";
import type { Goal, Readiness, Submission } from "./marketplace.ts";

/** What the operation that brings an offer there is called. */
export const GOAL_NAMES = { live: "go-live", preview: "publish to preview" } as const satisfies Record<Goal, string>;

/** Whether an operation may be one that brings the offer to that goal, by what its entry says of itself. */
export function isTowards(goal: Goal, { isGoLive, isPublish = !isGoLive }: Submission): boolean {
  return goal === "live" ? isGoLive : isPublish;
}

/** The operation to that goal that runs already; undefined when that is not what is in the way, or nothing is. */
export function runningOne(goal: Goal, readiness: Readiness): Submission | undefined {
  if (goal === "live") return readiness.kind === "goLiveRuns" ? readiness.goLive : undefined;
  return readiness.kind === "previewRuns" ? readiness.preview : undefined;
}

/** Whether two ids of submissions are one and the same: services spell one id in either case. */
export function isSameId(one: string, other: string): boolean {
  return isSameText(one, other);
}
