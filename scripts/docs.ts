import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./bundle.ts";
import { FAULT_PAGES } from "./fault-pages.ts";
import { formatPage, markedPage, readPage } from "./marked-page.ts";
import { recipePage } from "./recipe-pages.ts";
import { roomTable } from "./rooms.ts";
import { inputTable, outputTable, troubleTable } from "./reference-tables.ts";

/** The pages that hold generated text, each with the text that it should be. */
const pages = {
  "README.md": () =>
    markedPage("README.md", { inputs: inputTable(), outputs: outputTable(), troubles: troubleTable() }),
  "CONTRIBUTING.md": () => markedPage("CONTRIBUTING.md", { rooms: roomTable() }),
  ...Object.fromEntries(
    Object.entries(FAULT_PAGES).map(([file, faults]) => [file, () => markedPage(file, { faults: faults() })]),
  ),
  "docs/recipes.md": recipePage,
} satisfies Record<string, () => string>;

const isCheck = process.argv.includes("--check");
for (const [file, page] of Object.entries(pages)) {
  const text = await formatPage(page());
  if (text === readPage(file)) continue;
  if (isCheck) {
    console.error(`${file} is not current. Run \`npm run docs\` and commit it.`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(ROOT, file), text);
    console.log(`${file} written.`);
  }
}
