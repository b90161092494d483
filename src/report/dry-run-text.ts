import type { ReadyWait } from "../go-live/ready-wait.ts";
import type { Candidate, Submission } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { durationText, isoText } from "../text/time-text.ts";
import { explain } from "./explanation.ts";
import { failureReasons, operationLine, STATUS_TEXTS } from "./operation-text.ts";
import { obstacleText } from "./readiness-text.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { previewText } from "./preview.ts";
import { nameOf } from "./report.ts";
import { portalHints } from "./serving-text.ts";

const NOTHING_SENT = ours("Nothing was sent (`dryRun`).");

/** How it reads whether a go-live would be accepted, and why not. */
export function dryRunConclusion(
  { finding, timeUp, publish }: ReadyWait,
  context: Pick<ConclusionContext, "offer" | "goal" | "timeoutMs" | "asked">,
): Conclusion {
  const { offer, goal, timeoutMs } = context;
  const name = nameOf(offer);
  const { start } = GOAL_TEXTS[goal];
  const ready = goal === "live" ? ours("ready to go live") : ours("ready to be published to preview");
  if (finding.kind === "notTold") {
    const { reason, remedy } = explain(finding.error, offer);
    const first = ours`It could not be found out whether a ${start} of ${name} would be accepted now: ${reason}.`;
    const next = [remedy, ...portalHints(finding.error, context)];
    return concluded("error", ours("Nobody can tell whether it is ready"), [first], next);
  }
  if (finding.kind === "ready") {
    const note = finding.preview === undefined ? [] : [previewNote(finding.preview)];
    const first = ours`A ${start} of ${name} would be accepted now: ${goal === "live" ? readyText(finding.candidate) : ours("nothing of it runs")}.`;
    return concluded("notice", ours`${name} is ${ready}`, [first, ...note], []);
  }
  const { reason, remedy } = obstacleText(finding);
  const failed = publish?.status === "failed" || publish?.status === "canceled" ? publishReasons(publish) : [];
  if (timeUp === undefined) {
    const first = ours`A ${start} of ${name} would not be accepted now: ${reason}.`;
    return concluded("warning", ours`${name} is not ${ready}`, [first, ...failed], [remedy]);
  }
  const waited = ours`after ${durationText(timeoutMs)} (\`timeoutMinutes\`)`;
  const first = ours`${name} was not ready to go live ${waited}: ${reason}.`;
  const seen = publish === undefined ? [] : [ours`The publish to preview was last seen ${operationLine(publish)}.`];
  const next = [ours("Run this job again to go on waiting, or wait longer with `timeoutMinutes`.")];
  const level = timeUp === "leave" ? "warning" : "error";
  return concluded(level, ours`${name} was not ready in time`, [first, ...seen, ...failed], next);
}

/** Why a publish to preview that was waited for did not succeed. */
function publishReasons(publish: Operation): readonly Harmless[] {
  const [first = ours("the service gives no reason"), ...others] = failureReasons(publish);
  return [ours`The publish to preview ${STATUS_TEXTS[publish.status]}: ${first}`, ...others];
}

const SIGNS = { error: "❌", notice: "✅", warning: "⚠️" } as const;

function concluded(
  level: keyof typeof SIGNS,
  title: Harmless,
  sentences: readonly Harmless[],
  next: readonly Harmless[],
): Conclusion {
  return { headline: ours`${SIGNS[level]} ${title}`, level, title, sentences, next, closing: NOTHING_SENT };
}

/** What would go live, where the service tells it, and since when it stands. */
function readyText({ submissionId, version, sinceMs }: Candidate): Harmless {
  const which = previewText(submissionId, version);
  if (which === undefined) return ours("its preview waits for the publisher's sign-off");
  return sinceMs === undefined
    ? ours`its preview ${which} is ready`
    : ours`its preview ${which}, made ${isoText(sinceMs)}, is ready`;
}

function previewNote({ id }: Submission): Harmless {
  return ours`A publish to preview is running, too (${harmlessLine(id, 100)}); the service decides whether it takes a go-live meanwhile.`;
}
