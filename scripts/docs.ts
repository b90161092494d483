import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { ROOT } from "./bundle.ts";
import { faultPage } from "./fault-page.ts";
import { ingestionFaultPage } from "./ingestion-fault-page.ts";
import { recipePage } from "./recipe-pages.ts";
import { roomTable } from "./rooms.ts";
import { inputTable, outputTable, troubleTable } from "./reference-tables.ts";

/** The pages that hold generated text, each with the text that it should be. */
const pages = {
  "README.md": () => filled("README.md", { inputs: inputTable(), outputs: outputTable(), troubles: troubleTable() }),
  "CONTRIBUTING.md": () => filled("CONTRIBUTING.md", { rooms: roomTable() }),
  "docs/faults.md": faultPage,
  "docs/faults-product-ingestion.md": ingestionFaultPage,
  "docs/recipes.md": recipePage,
} as const satisfies Record<string, () => string>;

const isCheck = process.argv.includes("--check");
for (const [file, page] of Object.entries(pages)) {
  const text = await format(page(), { parser: "markdown", printWidth: 120 });
  if (text === read(file)) continue;
  if (isCheck) {
    console.error(`${file} is not current. Run \`npm run docs\` and commit it.`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(ROOT, file), text);
    console.log(`${file} written.`);
  }
}

/** The page with the text between each pair of markers made anew. */
function filled(file: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(start);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`${file} lacks the markers of ${name}`);
    return `${before}${start}\n\n${table}\n\n${end}${after}`;
  }, read(file));
}

function read(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}
