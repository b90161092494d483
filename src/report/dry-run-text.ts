import type { DryRunFinding } from "../go-live/dry-run.ts";
import type { Approval } from "../approval/approval.ts";
import type { Offer, Submission } from "../marketplace/marketplace.ts";
import type { Status } from "../marketplace/operation.ts";
import type { AnnotationLevel, Runner } from "../runner/runner.ts";
import { explain } from "./explanation.ts";
import { harmlessLine, harmlessMarkdown, harmlessSentence } from "../text/harmless.ts";
import { obstacleText } from "./readiness-text.ts";
import { type Report, requestIdOf } from "./report.ts";
import { dryRunResultJson } from "./result.ts";
import { wholeSeconds } from "../text/time-text.ts";
import { offerName } from "../marketplace/offer-name.ts";

/** What is said at the end of a dry run; harmless. */
export interface DryRunConclusion {
  readonly level: AnnotationLevel;
  readonly title: string;
  /** The first one alone says whether a go-live would be accepted, and why not. */
  readonly sentences: readonly string[];
  /** What to do now; none when there is nothing to do. */
  readonly next: readonly string[];
}

const ICONS = { notice: "✅", warning: "⚠️", error: "❌" } as const;
const NOTHING_SENT = "Nothing was sent (`dryRun`).";

/** All that there is to tell at the end of a dry run. Times are in milliseconds since the epoch. */
export interface DryRunReport extends Pick<
  Report,
  "page" | "startMs" | "nowMs" | "listing" | "approval" | "requestIds"
> {
  readonly finding: DryRunFinding;
  readonly offer: Offer;
}

/** Reports what a dry run found: outputs, log, one annotation and summary. */
export async function reportDryRun(report: DryRunReport, runner: Runner): Promise<void> {
  const { finding, offer, approval, startMs, nowMs } = report;
  const conclusion = concludeDryRun(finding, offer);
  const [isReady, status] = [finding.kind === "ready", dryRunStatus(finding)];
  const running = finding.kind === "goLiveRuns" ? finding.goLive.reference : undefined;
  runner.setOutput("ready", String(isReady));
  runner.setOutput("status", status);
  if (running !== undefined) {
    runner.setOutput("operationLocation", running.location.href);
    runner.setOutput("operationId", running.id);
  }
  runner.setOutput("durationSeconds", String(wholeSeconds(startMs, nowMs)));
  const { sentences: reasons, next } = conclusion;
  const failed = finding.kind === "notTold" ? requestIdOf(finding.error) : undefined;
  const requestIds = { ...report.requestIds, failed };
  runner.setOutput("result", dryRunResultJson({ ...report, isReady, status, running, reasons, next, requestIds }));
  const lines = [...reasons, ...next, NOTHING_SENT];
  for (const line of lines) runner.log(line);
  runner.annotate(conclusion.level, conclusion.title, lines.join("\n"));
  const facts = { ready: String(isReady), status, ...approvalFacts(approval) };
  await runner.summarize(dryRunMarkdown(conclusion, lines, facts));
}

/** The word for the output `status`: whether a go-live of the offer runs, as far as could be told. */
export function dryRunStatus(finding: DryRunFinding): Status {
  if (finding.kind === "goLiveRuns") return "running";
  return finding.kind === "notTold" ? "unknown" : "notStarted";
}

/** How a finding reads. */
export function concludeDryRun(finding: DryRunFinding, offer: Offer): DryRunConclusion {
  const name = offerName(offer);
  if (finding.kind === "notTold") {
    const { reason, remedy } = explain(finding.error, offer);
    const first = `It could not be found out whether a go-live of ${name} would be accepted now: ${reason}.`;
    return { level: "error", title: "Ready or not: unknown", sentences: [first], next: [remedy] };
  }
  if (finding.kind === "ready") {
    const first = `A go-live of ${name} would be accepted now: its preview waits for the publisher's sign-off.`;
    const note = finding.preview === undefined ? [] : [previewNote(finding.preview)];
    return { level: "notice", title: `${name} is ready to go live`, sentences: [first, ...note], next: [] };
  }
  const { reason, remedy } = obstacleText(finding);
  const first = `A go-live of ${name} would not be accepted now: ${reason}.`;
  return { level: "warning", title: `${name} is not ready to go live`, sentences: [first], next: [remedy] };
}

function previewNote({ id }: Submission): string {
  return `A publish to preview is running, too (${harmlessLine(id, 100)}); the service decides whether it takes a go-live meanwhile.`;
}

function approvalFacts(approval: Approval | undefined): Readonly<Record<string, string>> {
  if (approval === undefined) return {};
  const { environment, approvedBy, comments } = approval;
  return { environment, approvedBy: approvedBy.join(", "), approvalComment: comments.join(" ") };
}

function dryRunMarkdown(
  { level, title }: DryRunConclusion,
  lines: readonly string[],
  facts: Readonly<Record<string, string>>,
): string {
  return [
    `## ${ICONS[level]} ${harmlessMarkdown(title)}`,
    "",
    ...lines.flatMap((line) => [harmlessSentence(line, 3_000), ""]),
    "| | |",
    "|---|---|",
    ...Object.entries(facts).map(([name, value]) => `| ${name} | ${harmlessMarkdown(value)} |`),
    "",
  ].join("\n");
}
