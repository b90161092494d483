import type { FailurePlan, GoLivePlan, SubmissionPlan } from "./plan.ts";
import type { GoLiveOutcome, PresentStage, Stage } from "./vocabulary.ts";

/** A stage that a submission comes to; `atMs` in milliseconds since the epoch. */
export interface Turn {
  readonly atMs: number;
  readonly stage: Stage;
  /** What is said of it, when it is a failure. */
  readonly failure?: FailurePlan;
}

/** A turn that leaves the submission there. */
export type PresentTurn = Turn & { readonly stage: PresentStage };

/** One submission, the same from its preview to the store. */
export interface Submission {
  readonly id: string;
  readonly plan: SubmissionPlan;
  /** How its go-lives go. */
  readonly goLive: GoLivePlan;
  /** Past and planned, in the order of time. */
  readonly turns: Turns;
  /** How many of the turns had happened when the emulator started: they show however old what is shown is. */
  readonly known: number;
  /** Until when nothing shows of a go-live that was accepted, in milliseconds since the epoch. */
  readonly queuedUntilMs: number;
}

/** At least one: where it stood at first. */
export type Turns = readonly [Turn, ...Turn[]];

const defaultDurationMs = 60_000;
const defaultPublishedMs = 10_000;

/** Where a submission stands before it is made. */
const unmade: Turn = { atMs: -Infinity, stage: "absent" };

/** The last turn by that time, or by the start when that is later. */
export function turnAt({ turns, known }: Submission, atMs: number): Turn {
  return turns.findLast((turn, index) => index < known || turn.atMs <= atMs) ?? unmade;
}

/** Where the submission truly stands at that time. */
export function stageAt(submission: Submission, atMs: number): Stage {
  return turnAt(submission, atMs).stage;
}

/** The submission as it is there at that time; undefined when it is not. */
export function presentAt(submission: Submission, atMs: number): PresentTurn | undefined {
  const turn = turnAt(submission, atMs);
  return turn.stage === "absent" ? undefined : { ...turn, stage: turn.stage };
}

/** A turn to that stage; what is planned to be said of a failure is only said of one. */
export function turnTo(stage: Stage, atMs: number, failure: FailurePlan | undefined): Turn {
  switch (stage) {
    case "invalid":
    case "updateFailed":
      return { atMs, stage, failure: failure ?? { failureReason: "Active validation errors" } };
    case "failed":
    case "failedInCertification":
    case "canceled":
      return failure === undefined ? { atMs, stage } : { atMs, stage, failure };
    case "assembling":
    case "submitted":
    case "ready":
    case "updating":
    case "publishing":
    case "published":
    case "live":
    case "absent":
      return { atMs, stage };
  }
}

/** Whether that is a stage of a go-live that runs. */
export function isUnderWay(stage: Stage): boolean {
  return stage === "publishing" || stage === "published";
}

/** The submission with other turns from the first of them on; whatever was planned after that is off. */
export function redirect(submission: Submission, next: Turns): Submission {
  const [first, ...others] = submission.turns;
  const fromMs = next[0].atMs;
  const kept = others.filter((turn) => turn.atMs <= fromMs);
  return { ...submission, turns: [first, ...kept, ...next], queuedUntilMs: -Infinity };
}

/** The turns of a go-live that is accepted at that time; of two at the same time the later one counts. */
export function goLiveTurns(goLive: GoLivePlan, acceptedAtMs: number): Turns {
  const { outcome = "live", queuedMs = 0, durationMs = defaultDurationMs, failure } = goLive;
  const startsAtMs = acceptedAtMs + queuedMs;
  const endsAtMs = startsAtMs + durationMs;
  const publishedMs = goLive.publishedMs ?? (outcome === "live" ? defaultPublishedMs : 0);
  return [
    { atMs: startsAtMs, stage: "publishing" },
    { atMs: Math.max(startsAtMs, endsAtMs - publishedMs), stage: "published" },
    endTurn(outcome, endsAtMs, failure),
  ];
}

/** One that waits again has failed as well, and reasons may be given. */
function endTurn(outcome: GoLiveOutcome, atMs: number, failure: FailurePlan | undefined): Turn {
  const end = turnTo(outcome, atMs, failure);
  return outcome === "ready" && failure !== undefined ? { ...end, failure } : end;
}
