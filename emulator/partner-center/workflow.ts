import type { Behaviour } from "./behaviour.ts";
import { type Submission, type Turn, isUnderWay, turnAt } from "./submission.ts";
import type { Stage } from "./vocabulary.ts";

/** One half of the way to the store as the service answers it. Its times are ISO 8601 without a zone. */
export interface WorkflowBody {
  readonly type: "Push";
  readonly state: WorkflowState;
  readonly targetEnvironment: "Preview" | "Live";
  readonly workflowSteps: readonly { readonly name: string; readonly state: WorkflowState }[];
  readonly startDateTimeInUtc?: string;
  readonly completeDateTimeInUtc?: string;
}

/** The service's words for the state of a half, and of its steps. */
export type WorkflowState = "NotStarted" | "InProgress" | "Success" | "Failed";

/** How far a half has come: how many of its steps have ended well, and how that one goes on that comes next. */
interface Progress {
  readonly passed: number;
  readonly next: WorkflowState;
  readonly startedAtMs?: number | undefined;
  readonly endedAtMs?: number | undefined;
}

const signOff = "Publisher Signoff";
const previewSteps = ["Automated validation", "Preview Creation"];
const liveSteps = ["Certification", "Publish"];
const usualPreviewMs = 14 * 60_000;

/** Both halves at that time, preview first. */
export function workflowBodies(
  submission: Submission,
  atMs: number,
  { signOffStep }: Pick<Behaviour, "signOffStep">,
): readonly [WorkflowBody, WorkflowBody] {
  const own = submission.goLive.steps ?? liveSteps;
  const preview = signOffStep === "preview" ? [...previewSteps, signOff] : previewSteps;
  const live = signOffStep === "live" ? [signOff, ...own] : own;
  return [
    half("Preview", preview, previewProgress(submission, atMs, preview)),
    half("Live", live, liveProgress(submission, atMs, live)),
  ];
}

/** What nobody expects of the details of a workflow: other types, and halves that lack what they should have. */
export const oddWorkflow: readonly unknown[] = [
  { type: "Push", state: 5, targetEnvironment: "Live", workflowSteps: null },
  { type: "Recall", workflowSteps: [{ name: 7, state: "Pondering" }, "Publish", null] },
  null,
];

function half(target: WorkflowBody["targetEnvironment"], steps: readonly string[], progress: Progress): WorkflowBody {
  const { passed, next, startedAtMs, endedAtMs } = progress;
  const stateOf = (index: number): WorkflowState => (index === passed ? next : "NotStarted");
  const state = passed >= steps.length ? "Success" : next;
  const hasEnded = endedAtMs !== undefined && state !== "InProgress";
  return {
    type: "Push",
    state,
    targetEnvironment: target,
    workflowSteps: steps.map((name, index) => ({ name, state: index < passed ? "Success" : stateOf(index) })),
    ...(startedAtMs === undefined ? {} : { startDateTimeInUtc: zonelessTime(startedAtMs) }),
    ...(hasEnded ? { completeDateTimeInUtc: zonelessTime(endedAtMs) } : {}),
  };
}

function previewProgress(submission: Submission, atMs: number, steps: readonly string[]): Progress {
  const { stage, atMs: turnedAtMs } = turnAt(submission, atMs);
  const { startedAtMs, endedAtMs } = previewTimes(submission);
  if (pushOf(submission, atMs) !== undefined) return { passed: steps.length, next: "Success", startedAtMs, endedAtMs };
  switch (stage) {
    case "assembling":
      return { passed: 0, next: "NotStarted" };
    case "submitted":
      return { passed: 0, next: "InProgress", startedAtMs };
    case "invalid":
    case "failed":
    case "failedInCertification":
    case "canceled":
      return { passed: 0, next: "Failed", startedAtMs, endedAtMs: turnedAtMs };
    case "ready":
    case "updating":
    case "updateFailed":
    case "publishing":
    case "published":
    case "live":
    case "absent":
      return { passed: previewSteps.length, next: "InProgress", startedAtMs, endedAtMs };
  }
}

function liveProgress(submission: Submission, atMs: number, steps: readonly string[]): Progress {
  const push = pushOf(submission, atMs);
  if (push === undefined) return { passed: 0, next: "NotStarted" };
  const startedAtMs = push.atMs;
  const { stage, atMs: turnedAtMs } = turnAt(submission, atMs);
  if (stage === "live") return { passed: steps.length, next: "Success", startedAtMs, endedAtMs: turnedAtMs };
  const failing = failingIndex(submission, steps);
  if (!isUnderWay(stage)) return { passed: failing, next: "Failed", startedAtMs, endedAtMs: turnedAtMs };
  const share = (atMs - startedAtMs) / (endOf(submission, push) - startedAtMs);
  return { passed: Math.min(failing, Math.floor(share * steps.length)), next: "InProgress", startedAtMs };
}

/** When the preview was begun, and when it stood, in milliseconds since the epoch. */
function previewTimes({ turns }: Submission): { readonly startedAtMs: number; readonly endedAtMs: number } {
  const [first] = turns;
  const standing = turns.find(({ stage }) => stage === "ready" || isPushed(stage)) ?? first;
  const startedAtMs = standing === first ? first.atMs - usualPreviewMs : first.atMs;
  return { startedAtMs, endedAtMs: standing.atMs };
}

/** The beginning of the newest push by then; undefined when there was none. */
function pushOf({ turns, known }: Submission, atMs: number): Turn | undefined {
  const past = turns.filter((turn, index) => index < known || turn.atMs <= atMs);
  return past.findLast(({ stage }, index) => isPushed(stage) && !isPushed(past[index - 1]?.stage ?? "absent"));
}

/** When a push that runs ends, as far as that is planned. */
function endOf({ turns }: Submission, push: Turn): number {
  return turns.slice(turns.indexOf(push)).find(({ stage }) => !isUnderWay(stage))?.atMs ?? Infinity;
}

function failingIndex({ goLive }: Submission, steps: readonly string[]): number {
  const named = steps.indexOf(goLive.failingStep ?? "");
  return named === -1 ? steps.length - 1 : named;
}

function isPushed(stage: Stage): boolean {
  return isUnderWay(stage) || stage === "live";
}

/** Times have seven digits after the second, and no zone. */
function zonelessTime(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("Z", "0000");
}
