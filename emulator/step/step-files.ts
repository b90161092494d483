import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The two phases of a step, each a file that action.yml names. */
export type Phase = "main" | "post";

/** What a step is given by the workflow and by the phase before. */
export interface StepInputs {
  /** The step's `with:`. Inputs that are left out get the default of action.yml, as on the runner. */
  readonly with: Readonly<Record<string, string>>;
  /** False: started by hand, so that inputs that are left out are not there at all. */
  readonly hasDefaults?: false;
  /** Added to an otherwise bare environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What the main phase saved, nothing at all perhaps; given, the post phase runs. */
  readonly state?: Readonly<Record<string, string>>;
}

/** What a step has written to its command files. */
export interface StepWritten {
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A step's folder, environment and command files, as GitHub's runner makes them. */
export interface StepFiles {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly read: () => StepWritten;
  readonly remove: () => void;
}

/** Makes them: inputs as INPUT_*, command files, and nothing else around it. */
export function createStepFiles(plan: StepInputs): StepFiles {
  const folder = mkdtempSync(join(tmpdir(), "step-"));
  const files = { output: join(folder, "output"), state: join(folder, "state"), summary: join(folder, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  return {
    folder,
    environment: {
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: files.output,
      GITHUB_STATE: files.state,
      GITHUB_STEP_SUMMARY: files.summary,
      ...inputVariables(plan),
      ...Object.fromEntries(Object.entries(plan.state ?? {}).map(([name, value]) => [`STATE_${name}`, value])),
      ...plan.environment,
    },
    read: () => ({
      outputs: readCommandFile(files.output),
      state: readCommandFile(files.state),
      summary: readFileSync(files.summary, "utf8"),
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The inputs as the runner hands them over: upper case, with the defaults of action.yml. */
function inputVariables({ with: inputs, hasDefaults }: StepInputs): Record<string, string> {
  const variables = Object.entries({ ...(hasDefaults === false ? {} : declaredAction().defaults), ...inputs });
  return Object.fromEntries(
    variables.map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}

/** What the runner goes by. */
interface Action {
  readonly defaults: Readonly<Record<string, string>>;
  readonly entries: Readonly<Record<Phase, string>>;
}

let action: Action | undefined;

/** The committed file that the runner starts for that phase of the step. */
export function entryOf({ state }: StepInputs): string {
  return declaredAction().entries[state === undefined ? "main" : "post"];
}

function declaredAction(): Action {
  action ??= readAction();
  return action;
}

function readAction(): Action {
  const declared: unknown = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
  const { inputs, runs } = declared as {
    readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
    readonly runs: Readonly<Record<Phase, string>>;
  };
  return {
    defaults: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, evaluated(input.default)])),
    entries: { main: join(ROOT, runs.main), post: join(ROOT, runs.post) },
  };
}

/** The runner evaluates expressions in defaults; the only one there is, `github.token`, is empty in a bare environment. */
function evaluated(value: unknown): string {
  const text = String(value ?? "");
  return text.startsWith("${{") ? "" : text;
}

/** The entries of a command file: `name=value`, or `name<<mark`, lines, `mark`. The last one of a name counts. */
function readCommandFile(file: string): Record<string, string> {
  const entries: Record<string, string> = {};
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name, mark] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    if (name !== undefined && mark !== undefined) {
      const end = lines.indexOf(mark);
      entries[name] = lines.splice(0, end).join("\n");
      lines.shift();
    } else if (line.includes("=")) {
      entries[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
    }
  }
  return entries;
}
