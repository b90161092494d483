import { durationText, isoText } from "../text/time-text.ts";
import { readFacts } from "./facts.ts";
import { ganttLines } from "./gantt.ts";
import { harmlessMarkdown, harmlessSentence, inQuotes } from "../text/harmless.ts";
import { headline } from "./headline.ts";
import { isDoubtful, isFromElsewhere, type Report } from "./report.ts";
import { stepTable } from "./step-text.ts";
import { watchStepLines } from "./watch-step.ts";

const LONGEST_SENTENCE = 3_000;
const MOST_COMMENTS_ON_PAGE = 10;
const LONGEST_COMMENT_ON_PAGE = 300;
const MOST_MESSAGES_ON_PAGE = 10;

/** The page of the run: is it live, what now, who approved it, how long did each step take; then the raw facts. */
export function summaryMarkdown(report: Report): string {
  const { outcome, plan, operation, timeline } = report;
  const steps = operation === undefined ? [] : stepTable(operation, timeline);
  const gantt = operation === undefined ? [] : ganttLines(operation, timeline);
  return [
    `## ${withSign(headline(outcome, plan.offer, report.cancellation))}`,
    ...paragraphs(report.conclusion.sentences),
    ...section([tookLine(report), listingLine(report), ...approvalLines(report)]),
    ...heading("What now", paragraphs(report.conclusion.next), section(watchStepLines(report))),
    ...heading("Steps", section(steps), section(messageList(report)), section(gantt)),
    ...details("Facts for support and later runs", factTable(report)),
    "",
  ].join("\n");
}

/** A page for an end that came before there was anything to tell of an offer. */
export function plainSummary(title: string, sentences: readonly string[], run: string | undefined): string {
  const link = run === undefined ? [] : ["", linkTo("The run's page", run)];
  return [`## ${withSign(title)}`, ...paragraphs(sentences), ...link, ""].join("\n");
}

/** The sign in front is ours; what follows names the offer. */
function withSign(title: string): string {
  const at = title.indexOf(" ");
  return `${title.slice(0, at)} ${harmlessMarkdown(title.slice(at + 1))}`;
}

function paragraphs(sentences: readonly string[]): readonly string[] {
  return sentences.flatMap((text) => (text === "" ? [] : ["", harmlessSentence(text, LONGEST_SENTENCE)]));
}

/** Lines that stand below each other, behind an empty one. */
function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

function heading(title: string, ...parts: readonly (readonly string[])[]): readonly string[] {
  const lines = parts.flat();
  return lines.length === 0 ? [] : ["", `### ${title}`, ...lines];
}

function tookLine({ startMs, nowMs }: Report): string {
  const span = `${isoText(startMs)} to ${isoText(nowMs)}`.replaceAll("T", " ").replaceAll("Z", "");
  return `- **This step took** ${harmlessMarkdown(`${durationText(nowMs - startMs)} (${span} UTC)`)}`;
}

function listingLine({ listing, outcome }: Report): string {
  const hint = outcome.status === "succeeded" ? "" : ", which shows this change once a go-live has succeeded";
  return `- **Listing** ${linkTo(listing.replace("https://", ""), listing)}${hint}`;
}

function approvalLines({ outcome, approval, plan, page }: Report): readonly string[] {
  const link = page.url === undefined ? "" : `, see ${linkTo("the page of the run", page.url)}`;
  if (approval === undefined) {
    const what = plan.approval.isRequired ? "by nobody that this step could see" : "not asked for by this step";
    return [`- **Approved** ${what}${link}`];
  }
  const { environment, approvedBy, comments } = approval;
  const who = harmlessMarkdown(`${approvedBy.join(", ")} (environment ${inQuotes(environment, 255)})`);
  const said = comments
    .slice(0, MOST_COMMENTS_ON_PAGE)
    .map((comment) => `  - ${harmlessMarkdown(inQuotes(comment, LONGEST_COMMENT_ON_PAGE))}`);
  // An approval in this run is not one of what was started before.
  const did = isDoubtful(outcome) ? "may not have started" : "did not start";
  return isFromElsewhere(outcome)
    ? [`- **Approved in this run** by ${who}, but this step ${did} the go-live above${link}`, ...said]
    : [`- **Approved by** ${who}${link}`, ...said];
}

/** Messages about the whole; those about a step stand with it. */
function messageList({ operation }: Report): readonly string[] {
  const texts = (operation?.messages ?? []).map(({ level, text }) => `${level}: ${text}`);
  const shown = [...new Set(texts)].slice(0, MOST_MESSAGES_ON_PAGE);
  return shown.map((text) => `- ${harmlessMarkdown(text, 300)}`);
}

function factTable(report: Report): readonly string[] {
  const rows = readFacts(report).map(([name, value]) => `| ${name} | ${harmlessMarkdown(value)} |`);
  return ["| | |", "|---|---|", ...rows];
}

function details(title: string, lines: readonly string[]): readonly string[] {
  return ["", "<details>", `<summary>${title}</summary>`, "", ...lines, "", "</details>"];
}

/** A link to an address of which the characters are known to be plain. */
function linkTo(text: string, url: string): string {
  return `[${harmlessMarkdown(text)}](${url})`;
}
