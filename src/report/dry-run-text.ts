import type { DryRunFinding } from "../go-live/dry-run.ts";
import type { Readiness } from "../go-live/readiness.ts";
import type { Approval } from "../approval/approval.ts";
import type { OfferStage, OfferStatus, Offer, Submission } from "../marketplace/marketplace.ts";
import type { Status } from "../marketplace/operation.ts";
import type { AnnotationLevel, Runner } from "../runner/runner.ts";
import { explain } from "./explanation.ts";
import { harmlessLine, harmlessMarkdown, harmlessSentence, inQuotes } from "../text/harmless.ts";
import { type Report, requestIdOf } from "./report.ts";
import { dryRunResultJson, wholeSeconds } from "./result.ts";
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

/** What the offer's status reads like. */
const STAGE_TEXTS = {
  neverPublished: "it was never published",
  notStarted: "nothing was started since it was last changed",
  waitingForPublisherReview: "its preview waits for the publisher's sign-off",
  running: "it is at work",
  succeeded: "its last publish or go-live has succeeded",
  canceled: "its last publish or go-live was canceled",
  failed: "its last publish or go-live has failed",
} as const satisfies Record<OfferStage, string>;

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
  const { reason, remedy } = obstacle(finding);
  const first = `A go-live of ${name} would not be accepted now: ${reason}.`;
  return { level: "warning", title: `${name} is not ready to go live`, sentences: [first], next: [remedy] };
}

function obstacle(finding: Exclude<Readiness, { readonly kind: "ready" }>): {
  readonly reason: string;
  readonly remedy: string;
} {
  switch (finding.kind) {
    case "goLiveRuns": {
      const { statusWord, isKnownWord, reference } = finding.goLive;
      const said =
        statusWord === "" ? "the service names no state of it" : `the service calls it ${quotedWord(statusWord)}`;
      const word = isKnownWord ? "" : ` (${said}, which is taken as running)`;
      return {
        reason: `a go-live is already running${word}`,
        remedy: `To follow it, run this action with \`operationLocation: ${harmlessLine(reference.location.href)}\`: that starts nothing.`,
      };
    }
    case "previewRuns":
      return {
        reason: `a publish to preview is running (${harmlessLine(finding.preview.id, 100)})`,
        remedy: "Wait until it has ended and its preview waits for the sign-off.",
      };
    case "neverPublished":
      return { reason: "the offer was never published", remedy: "Publish it to preview in Partner Center first." };
    case "busy":
      return {
        reason: `something else runs for the offer${signOffText(finding.offer)}`,
        remedy: "Look in Partner Center what runs, and wait until the preview waits for the sign-off.",
      };
    case "notWaiting":
      return {
        reason: `no preview waits for the publisher's sign-off; of the offer the service says that ${stageText(finding.offer)}${signOffText(finding.offer)}`,
        remedy: "Publish the offer to preview in Partner Center, and wait until the preview is there.",
      };
    case "unknownWord":
      return {
        reason: `the service says ${quotedWord(finding.word)} of the offer, a word that this action does not know`,
        remedy: "Look in Partner Center whether the offer's preview waits for the sign-off.",
      };
  }
}

function previewNote({ id }: Submission): string {
  return `A publish to preview is running, too (${harmlessLine(id, 100)}); the service decides whether it takes a go-live meanwhile.`;
}

function stageText({ stage, stageWord }: OfferStatus): string {
  return stage === undefined ? quotedWord(stageWord) : STAGE_TEXTS[stage];
}

function signOffText({ signOff }: OfferStatus): string {
  return signOff === undefined ? "" : ` (step ${inQuotes(signOff.name, 80)}: ${quotedWord(signOff.statusWord)})`;
}

function quotedWord(word: string): string {
  return inQuotes(word, 100);
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
