import type { Followed } from "../go-live/outcome.ts";
import type { Runner } from "../runner/runner.ts";
import { harmlessLine, ours } from "../text/harmless.ts";
import { wholeSeconds } from "../text/time-text.ts";
import { conclusionTexts } from "./conclusion.ts";
import { readFacts } from "./facts.ts";
import type { Report } from "./report.ts";
import { resultJson } from "./result.ts";
import { stepLines } from "./step-text.ts";
import { summaryMarkdown } from "./summary.ts";

/** Writes the last word of a run where people read it first: the annotation, and the outputs that go with it. */
export function writeConclusion(report: Report, runner: Runner): void {
  const { ending, conclusion, followed, submissionId, preview } = report;
  if (ending.kind === "dryRun") {
    if (submissionId !== undefined) runner.setOutput("submissionId", submissionId);
    if (preview[0] !== undefined) runner.setOutput("previewUrl", preview[0].url);
    runner.setOutput("ready", String(ending.finding.kind === "ready"));
  }
  // What was found, and not followed.
  if (followed !== undefined && (ending.kind === "dryRun" || ending.kind === "notStarted"))
    writePlace(followed, runner);
  for (const text of conclusionTexts(conclusion)) runner.annotate(conclusion.level, conclusion.title, text);
}

/** Where the operation is, for later steps. */
export function writePlace({ reference }: Followed, runner: Runner): void {
  runner.setOutput("operationLocation", reference.location.href);
  runner.setOutput("operationId", reference.id);
}

/** Writes all the rest: outputs, the groups of the log, and the page of the run. */
export async function writeReport(report: Report, runner: Runner): Promise<void> {
  const { operation, timeline } = report;
  runner.setOutput("durationSeconds", String(wholeSeconds(report.startMs, report.nowMs)));
  runner.setOutput("result", resultJson(report));
  if (operation !== undefined && operation.steps.length > 0)
    runner.group(ours("Steps"), stepLines(operation, timeline));
  runner.group(
    ours("Facts"),
    readFacts(report).map(([name, value]) => ours`${name}: ${harmlessLine(value)}`),
  );
  await runner.summarize(summaryMarkdown(report));
}
