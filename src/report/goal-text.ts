import { GOAL_NAMES } from "../marketplace/goal.ts";
import type { Goal } from "../marketplace/marketplace.ts";
import { type Harmless, ours } from "../text/harmless.ts";

/** What a goal reads like in a sentence, and at the beginning of one. */
export interface GoalText {
  /** What brings the offer there, behind "a", "the" or "no". */
  readonly start: Harmless;
  /** Where the offer is then, behind "is" or "not". */
  readonly there: Harmless;
  readonly There: Harmless;
}

export const GOAL_TEXTS = {
  live: { start: ours(GOAL_NAMES.live), there: ours("live"), There: ours("Live") },
  preview: {
    start: ours(GOAL_NAMES.preview),
    there: ours("in preview"),
    There: ours("In preview"),
  },
} as const satisfies Record<Goal, GoalText>;
