import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { ROOT } from "./bundle.ts";

/** The text of a file of this repository, by its path from the root; empty when there is none. */
export function readPage(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/**
 * The page with the text between each pair of markers, such as `<!-- inputs -->` and `<!-- /inputs -->`, made anew.
 * @throws Error when the page lacks one of them.
 */
export function markedPage(file: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(start);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error(`${file} lacks the markers of ${name}`);
    return `${before}${start}\n\n${table}\n\n${end}${after}`;
  }, readPage(file));
}

/** The page as it is written: formatted like everything else. */
export function formatPage(text: string): Promise<string> {
  return format(text, { parser: "markdown", printWidth: 120 });
}
