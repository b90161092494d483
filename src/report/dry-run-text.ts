import type { DryRunFinding } from "../go-live/dry-run.ts";
import type { Submission } from "../marketplace/marketplace.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Conclusion, ConclusionContext } from "./conclusion.ts";
import { explain } from "./explanation.ts";
import { obstacleText } from "./readiness-text.ts";
import { nameOf } from "./report.ts";

const NOTHING_SENT = ours("Nothing was sent (`dryRun`).");

/** How it reads whether a go-live would be accepted, and why not. */
export function dryRunConclusion(finding: DryRunFinding, { offer }: Pick<ConclusionContext, "offer">): Conclusion {
  const name = nameOf(offer);
  switch (finding.kind) {
    case "notTold": {
      const { reason, remedy } = explain(finding.error, offer);
      const title = ours("Ready or not: unknown");
      return {
        headline: ours`❌ ${title}`,
        level: "error",
        title,
        sentences: [ours`It could not be found out whether a go-live of ${name} would be accepted now: ${reason}.`],
        next: [remedy],
        closing: NOTHING_SENT,
      };
    }
    case "ready": {
      const title = ours`${name} is ready to go live`;
      return {
        headline: ours`✅ ${title}`,
        level: "notice",
        title,
        sentences: [
          ours`A go-live of ${name} would be accepted now: its preview waits for the publisher's sign-off.`,
          ...(finding.preview === undefined ? [] : [previewNote(finding.preview)]),
        ],
        next: [],
        closing: NOTHING_SENT,
      };
    }
    case "goLiveRuns":
    case "previewRuns":
    case "neverPublished":
    case "busy":
    case "notWaiting":
    case "replaced":
    case "unknownWord": {
      const { reason, remedy } = obstacleText(finding);
      const title = ours`${name} is not ready to go live`;
      return {
        headline: ours`⚠️ ${title}`,
        level: "warning",
        title,
        sentences: [ours`A go-live of ${name} would not be accepted now: ${reason}.`],
        next: [remedy],
        closing: NOTHING_SENT,
      };
    }
  }
}

function previewNote({ id }: Submission): Harmless {
  return ours`A publish to preview is running, too (${harmlessLine(id, 100)}); the service decides whether it takes a go-live meanwhile.`;
}
