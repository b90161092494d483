import type { DryRunFinding } from "../go-live/dry-run.ts";
import type { Candidate, Submission } from "../marketplace/marketplace.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { isoText } from "../text/time-text.ts";
import { explain } from "./explanation.ts";
import { obstacleText } from "./readiness-text.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { nameOf } from "./report.ts";

const NOTHING_SENT = ours("Nothing was sent (`dryRun`).");

/** How it reads whether a go-live would be accepted, and why not. */
export function dryRunConclusion(
  finding: DryRunFinding,
  { offer, goal }: Pick<ConclusionContext, "offer" | "goal">,
): Conclusion {
  const name = nameOf(offer);
  const { start } = GOAL_TEXTS[goal];
  const ready = goal === "live" ? ours("ready to go live") : ours("ready to be published to preview");
  if (finding.kind === "notTold") {
    const { reason, remedy } = explain(finding.error, offer);
    const first = ours`It could not be found out whether a ${start} of ${name} would be accepted now: ${reason}.`;
    return concluded("error", ours("Ready or not: unknown"), [first], [remedy]);
  }
  if (finding.kind === "ready") {
    const note = finding.preview === undefined ? [] : [previewNote(finding.preview)];
    const first = ours`A ${start} of ${name} would be accepted now: ${goal === "live" ? readyText(finding.candidate) : ours("nothing of it runs")}.`;
    return concluded("notice", ours`${name} is ${ready}`, [first, ...note], []);
  }
  const { reason, remedy } = obstacleText(finding);
  const first = ours`A ${start} of ${name} would not be accepted now: ${reason}.`;
  return concluded("warning", ours`${name} is not ${ready}`, [first], [remedy]);
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
function readyText({ submissionId, sinceMs }: Candidate): Harmless {
  if (submissionId === undefined) return ours("its preview waits for the publisher's sign-off");
  const since = sinceMs === undefined ? ours("") : ours`, made ${isoText(sinceMs)}`;
  return ours`its preview ${harmlessLine(submissionId, 200)}${since}, is ready`;
}

function previewNote({ id }: Submission): Harmless {
  return ours`A publish to preview is running, too (${harmlessLine(id, 100)}); the service decides whether it takes a go-live meanwhile.`;
}
