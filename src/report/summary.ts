import {
  fenced,
  type Harmless,
  harmlessLink,
  harmlessMarkdown,
  harmlessSentence,
  inQuotes,
  joinedLines,
  type Markdown,
  markdown,
} from "../text/harmless.ts";
import { durationText, isoText } from "../text/time-text.ts";
import { isFromElsewhere } from "./ending.ts";
import { readFacts } from "./facts.ts";
import { ganttLines } from "./gantt.ts";
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
    markdown`## ${withSign(conclusion.headline)}`,
    ...paragraphs(conclusion.sentences),
    ...section([tookLine(report), ...listingLines(report), ...approvalLines(report), ...runLines(report)]),
    ...heading("What now", paragraphs(conclusion.next), section(fenced("yaml", watchStepLines(report)))),
    ...heading("Steps", section(steps), section(messageList(report)), section(fenced("mermaid", gantt))),
    ...details("Facts for support and later runs", factTable(report)),
    markdown``,
  ]);
}

/** The sign in front is ours; what follows names the offer. */
function withSign(headline: Harmless): Markdown {
  const at = headline.indexOf(" ");
  const sign = SIGNS.find((each) => each === headline.slice(0, at)) ?? "";
  return markdown`${sign} ${harmlessMarkdown(headline.slice(at + 1))}`;
}

const SIGNS = ["✅", "⏳", "⚠️", "❌"] as const;

function paragraphs(sentences: readonly Harmless[]): readonly Markdown[] {
  return sentences.flatMap((text) => (text === "" ? [] : [markdown``, harmlessSentence(text, LONGEST_SENTENCE)]));
}

/** Lines that stand below each other, behind an empty one. */
function section(lines: readonly Markdown[]): readonly Markdown[] {
  return lines.length === 0 ? [] : [markdown``, ...lines];
}

function heading(title: "What now" | "Steps", ...parts: readonly (readonly Markdown[])[]): readonly Markdown[] {
  const lines = parts.flat();
  return lines.length === 0 ? [] : [markdown``, markdown`### ${title}`, ...lines];
}

function tookLine({ startMs, nowMs }: Report): Markdown {
  const span = `${isoText(startMs)} to ${isoText(nowMs)}`.replaceAll("T", " ").replaceAll("Z", "");
  return markdown`- **This step took** ${harmlessMarkdown(`${durationText(nowMs - startMs)} (${span} UTC)`)}`;
}

function listingLines({ listing, status }: Report): readonly Markdown[] {
  if (listing === undefined) return [];
  const hint = status === "succeeded" ? "" : ", which shows this change once a go-live has succeeded";
  return [markdown`- **Listing** ${harmlessLink(listing.replace("https://", ""), listing)}${hint}`];
}

/** Where nothing says who approved it, with a link to where that could be seen. */
function runLines({ plan, page }: Report): readonly Markdown[] {
  return plan !== undefined || page.url === undefined ? [] : [markdown`- ${harmlessLink("The run's page", page.url)}`];
}

function approvalLines({ followed, approval, plan, page }: Report): readonly Markdown[] {
  if (plan === undefined) return [];
  const link = page.url === undefined ? markdown`` : markdown`, see ${harmlessLink("the page of the run", page.url)}`;
  if (approval === undefined) {
    const what = plan.approval.isRequired ? "by nobody that this step could see" : "not asked for by this step";
    return [markdown`- **Approved** ${what}${link}`];
  }
  const { environment, approvedBy, comments } = approval;
  const who = harmlessMarkdown(`${approvedBy.join(", ")} (environment ${inQuotes(environment, 255)})`);
  const said = comments
    .slice(0, MOST_COMMENTS)
    .map((comment) => markdown`  - ${harmlessMarkdown(inQuotes(comment, LONGEST_COMMENT))}`);
  if (!isFromElsewhere(followed)) return [markdown`- **Approved by** ${who}${link}`, ...said];
  // An approval in this run is not one of what was started before.
  const did = followed.origin === "doubtful" ? "may not have started" : "did not start";
  return [markdown`- **Approved in this run** by ${who}, but this step ${did} the go-live above${link}`, ...said];
}

/** Messages about the whole; those about a step stand with it. */
function messageList({ operation }: Report): readonly Markdown[] {
  const texts = (operation?.messages ?? []).map(({ level, text }) => `${level}: ${text}`);
  const shown = [...new Set(texts)].slice(0, MOST_GENERAL_MESSAGES);
  return shown.map((text) => markdown`- ${harmlessMarkdown(text, 300)}`);
}

function factTable(report: Report): readonly Markdown[] {
  const rows = readFacts(report).map(([name, value]) => markdown`| ${name} | ${harmlessMarkdown(value)} |`);
  return [
    markdown`
| | |
    `,
    markdown`
|---|---|
    `,
    ...rows,
  ];
}

function details(title: "Facts for support and later runs", lines: readonly Markdown[]): readonly Markdown[] {
  return [
    ...[
      markdown``,
      markdown`
<details>
      `,
      markdown`<summary>${title}</summary>`,
      markdown``,
    ],
    ...lines,
    ...[
      markdown``,
      markdown`
</details>
      `,
    ],
  ];
}
