import { isTowards } from "../marketplace/goal.ts";
import type { Candidate, Goal, Standing, Submission } from "../marketplace/marketplace.ts";
import { hasEnded } from "../marketplace/operation.ts";

/** How an offer stood before a start was sent: what is new since then, and not older, is what it has started. */
export interface Baseline {
  /** The keys of all operations that were there before. */
  readonly keys: ReadonlySet<string>;
  /**
   * The sending by the service's own clock, in milliseconds since the epoch, rather too early than too late; undefined
   * when the service names no time.
   */
  readonly sentAtMs: number | undefined;
  /** What the go-live will be listed under, where that is known before. */
  readonly ownKey?: string;
  /** What was sent. Default: a go-live. */
  readonly goal?: Goal;
}

/** What a list shows of a go-live, or a publish, that may have been started. */
export type Trace =
  /** It was not there before and is not older than the sending. */
  | { readonly kind: "own"; readonly submission: Submission }
  /** One runs that was not there before, and nobody can tell when it was started. */
  | { readonly kind: "perhaps"; readonly submission: Submission }
  /** Another one runs. */
  | { readonly kind: "other"; readonly submission: Submission }
  /** One has ended that was not there before, and nobody can tell when it was started. */
  | { readonly kind: "doubtful" }
  | { readonly kind: "none" };

/** Both the service's `Date` and its times of change may be cut to whole seconds. */
const SLACK_MS = 2_000;
/** The clocks behind the two may differ: only what is older by more than that is certainly older. */
const SKEW_MS = 10 * 60_000;

/** The baseline of a start that is sent `laterMs` after the look. */
export function createBaseline(
  { submissions, serviceTimeMs }: Standing,
  laterMs: number,
  { key }: Pick<Candidate, "key"> = {},
  goal: Goal = "live",
): Baseline {
  return {
    keys: new Set(submissions.map(({ reference }) => reference.key)),
    sentAtMs: serviceTimeMs === undefined ? undefined : serviceTimeMs + laterMs,
    ...(key === undefined ? {} : { ownKey: key }),
    goal,
  };
}

/** What is shown of what was sent after the baseline: the one of its kind that runs first, whosever it is. */
export function findTrace({ submissions }: Pick<Standing, "submissions">, baseline: Baseline): Trace {
  const { goal = "live" } = baseline;
  const alike = submissions.filter((one) => isTowards(goal, one));
  if (baseline.ownKey !== undefined) return findOwn(alike, baseline);
  const fresh = alike.filter(({ reference }) => !baseline.keys.has(reference.key));
  const running = alike.filter(({ status }) => !hasEnded(status));
  const isNew = (one: Submission, age: Age): boolean => fresh.includes(one) && readAge(one, baseline) === age;
  const [own, ...twins] = running.filter((one) => isNew(one, "newer"));
  // Of several that run and are new nobody can tell which is ours.
  if (own !== undefined) return { kind: twins.length === 0 ? "own" : "perhaps", submission: own };
  const perhaps = running.find((one) => isNew(one, "unknown"));
  if (perhaps !== undefined) return { kind: "perhaps", submission: perhaps };
  // Something runs that was there before, or began before the sending: no reason to send, and none to call it ours.
  if (running[0] !== undefined) return { kind: "other", submission: running[0] };
  const ended = fresh.find((one) => isNew(one, "newer"));
  if (ended !== undefined) return { kind: "own", submission: ended };
  return fresh.some((one) => isNew(one, "unknown")) ? { kind: "doubtful" } : { kind: "none" };
}

/** Where it is known what the go-live is listed under: whatever else runs is another one. */
function findOwn(goLives: readonly Submission[], { keys, ownKey }: Baseline): Trace {
  const own = goLives.filter(({ reference: { key } }) => key === ownKey && !keys.has(key));
  const running = goLives.find(({ status }) => !hasEnded(status));
  const submission = own.find(({ status }) => !hasEnded(status)) ?? own[0];
  if (submission !== undefined) return { kind: "own", submission };
  return running === undefined ? { kind: "none" } : { kind: "other", submission: running };
}

type Age = "older" | "newer" | "unknown";

/** Whether an entry last changed before the sending, as one of ours cannot have; unknown within what clocks differ. */
function readAge({ changedAtMs }: Submission, { sentAtMs }: Baseline): Age {
  if (changedAtMs === undefined || sentAtMs === undefined) return "unknown";
  if (changedAtMs < sentAtMs - SKEW_MS) return "older";
  return changedAtMs < sentAtMs - SLACK_MS ? "unknown" : "newer";
}
