import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../scripts/bundle.ts";
import { stepsInARow } from "../scripts/steps-in-a-row.ts";

/** A whole workflow that people are shown. */
export interface ShownWorkflow {
  /** Where it stands, such as `examples/release-pipeline.yml` or `README.md (1)`. */
  readonly place: string;
  /** A file name for it that no other has. */
  readonly file: string;
  /** Steps that it runs side by side stand here one after the other. */
  readonly text: string;
}

/** The workflows of `examples/`, and those that stand whole on a page but in no example. */
export function shownWorkflows(): readonly ShownWorkflow[] {
  const examples = globSync("examples/*.{yml,yaml}", { cwd: ROOT })
    .toSorted()
    .map((place) => ({ place: place.replaceAll("\\", "/"), file: basename(place), text: read(place) }));
  const known = new Set(examples.map(({ text }) => text));
  const pages = globSync(["*.md", "docs/*.md"], { cwd: ROOT }).toSorted();
  const shown = [...examples, ...pages.flatMap(workflowsOf).filter(({ text }) => !known.has(text))];
  return shown.map((workflow) => ({ ...workflow, text: stepsInARow(workflow.text) }));
}

/** The steps of the README that sign in with `azure/login`, in a workflow around them; undefined when it shows none. */
export function signInSteps(): string | undefined {
  const blocks = [...read("README.md").matchAll(/^```ya?ml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
  const steps = blocks.find((text) => text.startsWith("- ") && text.includes("azure/login@"));
  if (steps === undefined) return undefined;
  const job = "runs-on: ubuntu-latest\nenvironment: marketplace\npermissions:\n  id-token: write\nsteps:\n";
  return `on: workflow_dispatch\njobs:\n  go-live:\n${indented(indented(`${job}${indented(steps)}`))}`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
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
