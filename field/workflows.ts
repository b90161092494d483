import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../scripts/bundle.ts";

/** A whole workflow that people are shown. */
export interface ShownWorkflow {
  /** Where it stands, such as `examples/release-pipeline.yml` or `README.md (1)`. */
  readonly place: string;
  /** A file name for it that no other has. */
  readonly file: string;
  readonly text: string;
}

/** The workflows of `examples/`, and those that stand whole on a page but in no example. */
export function shownWorkflows(): readonly ShownWorkflow[] {
  const examples = globSync("examples/*.{yml,yaml}", { cwd: ROOT })
    .toSorted()
    .map((place) => ({ place: place.replaceAll("\\", "/"), file: basename(place), text: read(place) }));
  const known = new Set(examples.map(({ text }) => text));
  const pages = globSync(["*.md", "docs/*.md"], { cwd: ROOT }).toSorted();
  return [...examples, ...pages.flatMap(workflowsOf).filter(({ text }) => !known.has(text))];
}

/** The blocks of a page that are a whole workflow: they say when they run. */
function workflowsOf(page: string): readonly ShownWorkflow[] {
  const blocks = [...read(page).matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  const whole = blocks.filter((text) => /^on:/m.test(text) && /^jobs:/m.test(text));
  return whole.map((text, index) => ({
    place: `${page} (${index + 1})`,
    file: `${basename(page, ".md").toLowerCase()}-${index + 1}.yml`,
    text,
  }));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}
