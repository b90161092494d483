import { type ChildProcess, spawn } from "node:child_process";
import { createStepFiles, entryOf, type StepInputs, type StepWritten } from "./step-files.ts";

/** One step to run, as a workflow would write it. */
export interface StepPlan extends StepInputs {
  /** How many times faster than real time the step's clock runs. Default 1. */
  readonly timeFactor?: number;
  /** Told of every piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** The file to start. Default: the committed one of the phase. */
  readonly bundle?: string;
}

/** What a step left behind. */
export interface StepResult extends StepWritten {
  /** Null when a signal ended the process. */
  readonly exitCode: number | null;
  /** Standard output and standard error as the runner reads them, together. */
  readonly log: string;
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

/** Starts the bundle as GitHub's runner does, in a process of its own. */
export function startStep(plan: StepPlan): RunningStep {
  const files = createStepFiles(plan);
  const child = spawn(process.execPath, [...nodeOptions(plan), plan.bundle ?? entryOf(plan)], {
    cwd: files.folder,
    env: { ...bareEnvironment(), TIME_FACTOR: String(plan.timeFactor ?? 1), ...files.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      parts.push(text);
      plan.onOutput?.(text);
    });
  }
  const read = (): Omit<StepResult, "exitCode"> => ({ log: parts.join(""), ...files.read() });
  let last: StepResult | undefined;
  const result = new Promise<StepResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      last = { exitCode, ...read() };
      files.remove();
      resolve(last);
    });
  });
  return { process: child, result, soFar: () => last ?? read() };
}

function nodeOptions({ timeFactor }: StepPlan): readonly string[] {
  return timeFactor === undefined ? [] : ["--import", new URL("fast-process.ts", import.meta.url).href];
}

/** What a process cannot live without, on Windows; and where compiled code is kept, which is no matter of the step's. */
function bareEnvironment(): Record<string, string> {
  const names = ["SYSTEMROOT", "TEMP", "TMP", "NODE_COMPILE_CACHE"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
