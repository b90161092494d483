import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { shownLog } from "../emulator/step/runner-log.ts";
import { renderMarkdown } from "./markdown.ts";

const FRAME = `
  body { margin: 0; padding: 16px; background: var(--bgColor-default, #fff); }
  .card { border: 1px solid #d1d9e0; border-radius: 6px; padding: 16px 24px; }
  .card header { margin: -16px -24px 16px; padding: 10px 24px; border-bottom: 1px solid #d1d9e0; color: #59636e; }
  .card header { font: 600 14px/20px "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  .mermaid { text-align: center; }
`;

const LOG = `
  .log { font: 12px/20px ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
  .log { border: 1px solid #d1d9e0; border-radius: 6px; padding: 12px 0; color: #1f2328; counter-reset: line; }
  .log div { display: flex; counter-increment: line; white-space: pre-wrap; overflow-wrap: anywhere; }
  .log div::before { content: counter(line); flex: 0 0 36px; padding-right: 14px; text-align: right; color: #818b98; }
  .log span { padding-right: 16px; }
  .log .error b { color: #d1242f; } .log .error { background: #ffebe9; }
  .log .warning b { color: #9a6700; } .log .warning { background: #fff8c5; }
  .log .notice b { color: #0969da; } .log .notice { background: #ddf4ff; }
`;

/** The log of a step, as the page of the run shows it. */
export function logPage(log: string): string {
  const lines = ["▶ Run contoso/azure-marketplace-go-live@v1", ...shownLog(folded(log))];
  return page(LOG, `<div class="log">${lines.map(logLine).join("")}</div>`);
}

/** A job summary, as the page of the run shows it. */
export function summaryPage(markdown: string): string {
  return page(stylesheet(), `<div class="card"><header>go-live summary</header>${article(markdown)}</div>`);
}

/** A Markdown text by itself. */
export function textPage(markdown: string): string {
  return page(stylesheet(), article(markdown));
}

/** The log with its groups as they are at first: only their titles show. */
function folded(log: string): string {
  return log.replaceAll(/^::group::(.*)$[^]*?^::endgroup::$/gm, "▶ $1");
}

/** Annotations stand out by their first word. */
function logLine(line: string): string {
  const [, word] = /^(Error|Warning|Notice): /.exec(line) ?? [];
  if (word === undefined) return `<div><span>${escaped(line)}</span></div>`;
  const rest = line.slice(word.length + 1);
  return `<div class="${word.toLowerCase()}"><span><b>${word}:</b>${escaped(rest)}</span></div>`;
}

function article(markdown: string): string {
  return `<div class="markdown-body">${renderMarkdown(markdown)}</div>`;
}

function page(style: string, body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${style}${FRAME}</style>${body}`;
}

function stylesheet(): string {
  return readFileSync(fileURLToPath(import.meta.resolve("github-markdown-css/github-markdown.css")), "utf8");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
