/** Makes the pictures of the docs anew, from real runs against the emulators: npm --prefix pictures run make */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, startBrowser } from "./browser.ts";
import { textPage, logPage, summaryPage } from "./page.ts";
import { RUNS, watchRun } from "./runs.ts";

const DOCS = fileURLToPath(new URL("../docs/", import.meta.url));
const VIEW = { width: 900, colors: "light" } as const;
const MOST_BYTES = 300_000;

const browser = await startBrowser();
try {
  mkdirSync(`${DOCS}images`, { recursive: true });
  await save("how-it-works", textPage(diagramOf("how-it-works.md")), browser);
  for (const [at, result] of (await Promise.all(RUNS.map(watchRun))).entries()) {
    await save(`log-${RUNS[at]}`, logPage(result.log), browser);
    await save(`summary-${RUNS[at]}`, summaryPage(result.summary), browser);
  }
} finally {
  await browser.close();
}

async function save(name: string, html: string, { picture }: Browser): Promise<void> {
  const png = await picture(html, VIEW);
  if (png.length > MOST_BYTES) throw new Error(`${name}.png has ${png.length} bytes, more than ${MOST_BYTES}.`);
  writeFileSync(`${DOCS}images/${name}.png`, png);
  console.log(`docs/images/${name}.png: ${png.length} bytes`);
}

/** The first diagram of a page of the docs. */
function diagramOf(file: string): string {
  const [diagram] = /^```mermaid$.*?^```$/ms.exec(readFileSync(DOCS + file, "utf8")) ?? [];
  if (diagram === undefined) throw new Error(`docs/${file} has no diagram.`);
  return diagram;
}
