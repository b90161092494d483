import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** One step to run, as a workflow would write it. */
export interface StepPlan {
  /** The step's `with:`. Inputs that are left out get the default of action.yml, as on the runner. */
  readonly with: Readonly<Record<string, string>>;
  /** Added to an otherwise bare environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What an earlier phase saved; given, the post phase runs. */
  readonly state?: Readonly<Record<string, string>>;
  /** How many times faster than real time the step's clock runs. Default 1. */
  readonly timeFactor?: number;
  /** Told of every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The bundle to run. Default: the committed one. */
  readonly bundle?: string;
}

/** What a step left behind. */
export interface StepResult {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  /** Standard output and standard error as the runner reads them, together. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A step that runs. */
export interface RunningStep {
  readonly process: ChildProcess;
  readonly result: Promise<StepResult>;
  /** What the step has written to its log and its command files so far. */
  readonly soFar: () => Pick<StepResult, "log" | "outputs" | "state">;
}

/** Runs the bundle as GitHub's runner runs a step, and waits for its end. */
export function runStep(plan: StepPlan): Promise<StepResult> {
  return startStep(plan).result;
}

/** Starts the bundle as GitHub's runner does: inputs as INPUT_*, command files, and nothing else around it. */
export function startStep(plan: StepPlan): RunningStep {
  const folder = mkdtempSync(join(tmpdir(), "step-"));
  const files = { output: join(folder, "output"), state: join(folder, "state"), summary: join(folder, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const child = spawn(process.execPath, [...nodeOptions(plan), plan.bundle ?? join(ROOT, "dist", "index.js")], {
    cwd: folder,
    env: {
      ...bareEnvironment(),
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: files.output,
      GITHUB_STATE: files.state,
      GITHUB_STEP_SUMMARY: files.summary,
      TIME_FACTOR: String(plan.timeFactor ?? 1),
      ...inputVariables(plan.with),
      ...Object.fromEntries(Object.entries(plan.state ?? {}).map(([name, value]) => [`STATE_${name}`, value])),
      ...plan.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      parts.push(text);
      plan.onOutput?.(text);
    });
  }
  const read = (): Pick<StepResult, "log" | "outputs" | "state"> => ({
    log: parts.join(""),
    outputs: readCommandFile(files.output),
    state: readCommandFile(files.state),
  });
  let last: StepResult | undefined;
  const result = new Promise<StepResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      last = { exitCode, ...read(), summary: readFileSync(files.summary, "utf8") };
      rmSync(folder, { recursive: true, force: true });
      resolve(last);
    });
  });
  return { process: child, result, soFar: () => last ?? read() };
}

function nodeOptions({ timeFactor }: StepPlan): readonly string[] {
  return timeFactor === undefined ? [] : ["--import", new URL("fast-time.js", import.meta.url).href];
}

/** What a process cannot live without, on Windows; and where compiled code is kept, which is no matter of the step's. */
function bareEnvironment(): Record<string, string> {
  const names = ["SYSTEMROOT", "TEMP", "TMP", "NODE_COMPILE_CACHE"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** The inputs as the runner hands them over: upper case, with the defaults of action.yml. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const variables = Object.entries({ ...declaredDefaults(), ...inputs });
  return Object.fromEntries(
    variables.map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]),
  );
}

function declaredDefaults(): Record<string, string> {
  const action: unknown = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
  const { inputs } = action as { readonly inputs: Readonly<Record<string, { readonly default?: unknown }>> };
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, evaluated(input.default)]));
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
