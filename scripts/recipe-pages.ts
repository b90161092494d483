import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./bundle.ts";

const MARKERS = /<!-- examples\/(?<file>[\w.-]+) -->.*?<!-- \/examples\/\k<file> -->/gs;

/**
 * `docs/recipes.md` in Markdown, with every workflow of `examples/` between its markers as the file has it. Throws when
 * a workflow has no place on the page, or a place no workflow.
 */
export function recipePage(): string {
  const page = readFileSync(join(ROOT, "docs", "recipes.md"), "utf8");
  const missing = new Set(exampleFiles());
  const filled = page.replaceAll(MARKERS, (_place, file: string) => {
    if (!missing.delete(file)) throw new Error(`docs/recipes.md shows examples/${file}, which is not there, or twice`);
    return placed(file);
  });
  if (missing.size > 0) throw new Error(`docs/recipes.md does not show ${[...missing].join(", ")}`);
  return filled;
}

/** The names of the workflows in `examples/`. */
export function exampleFiles(): readonly string[] {
  return readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yml"));
}

function placed(file: string): string {
  const text = readFileSync(join(ROOT, "examples", file), "utf8").trimEnd();
  return [
    `<!-- examples/${file} -->`,
    "",
    `[examples/${file}](../examples/${file})`,
    "",
    "```yaml",
    text,
    "```",
    "",
    `<!-- /examples/${file} -->`,
  ].join("\n");
}
