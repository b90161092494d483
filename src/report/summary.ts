import {
  fenced,
  type Harmless,
  harmlessLink,
  harmlessMarkdown,
  harmlessSentence,
  linkedMarkdown,
  inQuotes,
  joinedLines,
  type Markdown,
  markup,
} from "../text/harmless.ts";
import { durationText, isoText } from "../text/time-text.ts";
import { GOAL_NAMES } from "../marketplace/goal.ts";
import { offerPage } from "./api-text.ts";
import { isFromElsewhere } from "./ending.ts";
import { readFacts } from "./facts.ts";
import { ganttLines } from "./gantt.ts";
import { previewText } from "./preview.ts";
import type { Report } from "./report.ts";
import { stepTable } from "./step-text.ts";
import { watchStepLines } from "./watch-step.ts";

const LONGEST_SENTENCE = 3_000;
const MOST_COMMENTS = 10;
const LONGEST_COMMENT = 300;
const MOST_GENERAL_MESSAGES = 10;

/** The page of the run: is it live, what now, who approved it, how long did each step take; then the raw facts. */
export function summaryMarkdown(report: Report): Markdown {
  const { operation, timeline, conclusion } = report;
  const steps = operation === undefined ? [] : stepTable(operation, timeline);
  const gantt = operation === undefined ? [] : ganttLines(operation, timeline);
  return joinedLines([
    markup`## ${withSign(conclusion.headline)}`,
    ...paragraphs(conclusion.sentences),
    ...section([
      ...sentLines(report),
      tookLine(report),
      ...listingLines(report),
      ...previewLines(report),
      ...offerPageLines(report),
      ...approvalLines(report),
      ...runLines(report),
    ]),
    ...heading("What now", paragraphs(conclusion.next), section(fenced("yaml", watchStepLines(report)))),
    ...heading(
      steps.length === 0 ? "Messages" : "Steps",
      section(steps),
      section(messageList(report)),
      section(fenced("mermaid", gantt)),
    ),
    ...details("Facts for support and later runs", factTable(report)),
    markup``,
  ]);
}

/** The sign in front is ours; what follows names the offer. */
function withSign(headline: Harmless): Markdown {
  const at = headline.indexOf(" ");
  const sign = SIGNS.find((each) => each === headline.slice(0, at)) ?? "";
  return markup`${sign} ${harmlessMarkdown(headline.slice(at + 1))}`;
}

const SIGNS = ["✅", "⏳", "⚠️", "❌"] as const;

function paragraphs(sentences: readonly Harmless[]): readonly Markdown[] {
  return sentences.flatMap((text) => (text === "" ? [] : [markup``, harmlessSentence(text, LONGEST_SENTENCE)]));
}

/** Lines that stand below each other, behind an empty one. */
function section(lines: readonly Markdown[]): readonly Markdown[] {
  return lines.length === 0 ? [] : [markup``, ...lines];
}

function heading(
  title: "What now" | "Steps" | "Messages",
  ...parts: readonly (readonly Markdown[])[]
): readonly Markdown[] {
  const lines = parts.flat();
  return lines.length === 0 ? [] : [markup``, markup`### ${title}`, ...lines];
}

function sentLines({ ending }: Report): readonly Markdown[] {
  return ending.kind === "dryRun" ? [markup`- **Nothing was sent** (<code>dryRun</code>)`] : [];
}

function tookLine({ startMs, nowMs }: Report): Markdown {
  const span = `${isoText(startMs)} to ${isoText(nowMs)}`.replaceAll("T", " ").replaceAll("Z", "");
  return markup`- **This step took** ${harmlessMarkdown(`${durationText(nowMs - startMs)} (${span} UTC)`)}`;
}

function listingLines({ listing, status, plan }: Report): readonly Markdown[] {
  if (listing === undefined) return [];
  const hint =
    status === "succeeded" && plan?.goal !== "preview" ? "" : ", which shows this change once a go-live has succeeded";
  return [markup`- **Listing** ${harmlessLink(listing.replace("https://", ""), listing)}${hint}`];
}

/** Where nothing says who approved it, with a link to where that could be seen. */
function runLines({ plan, page }: Report): readonly Markdown[] {
  return plan !== undefined || page.url === undefined ? [] : [markup`- ${harmlessLink("The run's page", page.url)}`];
}

/** Which preview it is about, and where it can be looked at; the offer's page has a line of its own. */
function previewLines({ submissionId, version, preview, status, plan }: Report): readonly Markdown[] {
  const which = previewText(submissionId, version);
  const page = offerPage(submissionId);
  const links = preview.filter(({ url }) => url !== page);
  if (which === undefined && links.length === 0) return [];
  const label = status === "succeeded" && plan?.goal !== "preview" ? markup`Went live` : markup`Preview`;
  return [
    which === undefined ? markup`- **${label}**` : markup`- **${label}** ${harmlessMarkdown(which)}`,
    ...links.map(({ text, url }) => markup`  - ${harmlessLink(text, url)} (${harmlessMarkdown(hostOf(url))})`),
  ];
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}

function offerPageLines({ submissionId }: Report): readonly Markdown[] {
  const page = offerPage(submissionId);
  return page === undefined ? [] : [markup`- **Partner Center** ${harmlessLink("the offer's page", page)}`];
}

function approvalLines({ followed, approval, plan, page }: Report): readonly Markdown[] {
  if (plan === undefined) return [];
  const link = page.url === undefined ? markup`` : markup`, see ${harmlessLink("the page of the run", page.url)}`;
  if (approval === undefined) {
    // Who asks for no approval need not read on every page that there is none.
    return plan.approval.isRequired ? [markup`- **Approved** by nobody that this step could see${link}`] : [];
  }
  const { environment, approvedBy, comments } = approval;
  const who = harmlessMarkdown(`${approvedBy.join(", ")} (environment ${inQuotes(environment, 255)})`);
  const said = comments
    .slice(0, MOST_COMMENTS)
    .map((comment) => markup`  - ${harmlessMarkdown(inQuotes(comment, LONGEST_COMMENT))}`);
  if (!isFromElsewhere(followed)) return [markup`- **Approved by** ${who}${link}`, ...said];
  // An approval in this run is not one of what was started before.
  const did = followed.origin === "doubtful" ? "may not have started" : "did not start";
  return [
    markup`- **Approved in this run** by ${who}, but this step ${did} the ${GOAL_NAMES[plan.goal]} above${link}`,
    ...said,
  ];
}

/** Messages about the whole; those about a step stand with it. */
function messageList({ operation }: Report): readonly Markdown[] {
  const texts = (operation?.messages ?? []).map(({ level, text }) => `${level}: ${text}`);
  const shown = [...new Set(texts)].slice(0, MOST_GENERAL_MESSAGES);
  return shown.map((text) => markup`- ${linkedMarkdown(text)}`);
}

function factTable(report: Report): readonly Markdown[] {
  const rows = readFacts(report).map(([name, value]) => markup`| ${name} | ${harmlessMarkdown(value)} |`);
  return [markup`| | |`, markup`|---|---|`, ...rows];
}

function details(title: "Facts for support and later runs", lines: readonly Markdown[]): readonly Markdown[] {
  return [
    ...[markup``, markup`<details>`, markup`<summary>${title}</summary>`, markup``],
    ...lines,
    ...[markup``, markup`</details>`],
  ];
}
