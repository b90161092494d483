import { parse } from "yaml";
import type { LogEntry } from "./run.ts";

/** What a step of the action said of itself, as far as the checks look at it. */
export interface Result {
  readonly status: string;
  readonly target: "live" | "preview" | null;
  readonly offer: { readonly offerId: string } | null;
  readonly operation: { readonly id: string; readonly location: string; readonly startedByThisStep: boolean } | null;
}

/** A step of the action that has run. */
export interface ActionStep {
  readonly outputs: Readonly<Record<string, string>>;
  readonly result: Result;
  /** What it wrote to the page of the run. */
  readonly summary: string;
}

/** A step that was handed outputs of others, and what it should therefore have written. */
export interface Handing {
  readonly job: string;
  /** The value of an output that its command prints. */
  readonly value: string;
  readonly variable: string;
}

/** The steps of the action in a log: those with an output `result`. */
export function actionSteps(entries: readonly LogEntry[]): readonly ActionStep[] {
  const byStep = Map.groupBy(
    entries.filter(({ stepID }) => stepID !== undefined),
    ({ jobID, matrix, stepID }) => JSON.stringify([jobID, matrix, stepID]),
  );
  return [...byStep.values()].flatMap((own) => {
    const outputs = outputsOf(own);
    const summary = own.find(({ command }) => command === "summary")?.content ?? "";
    const { result } = outputs;
    return result === undefined ? [] : [{ outputs, summary, result: JSON.parse(result) as Result }];
  });
}

/**
 * What steps of a workflow with a `run` of one `echo` were to print: every variable in it that is an output of another
 * step of the job, where that step has run and the job has no matrix.
 */
export function handings(text: string, entries: readonly LogEntry[]): readonly Handing[] {
  const { jobs } = parse(text) as {
    readonly jobs: Readonly<Record<string, { readonly steps?: readonly { run?: string; env?: object }[] }>>;
  };
  return Object.entries(jobs).flatMap(([job, { steps = [] }]) =>
    steps.flatMap(({ run = "", env = {} }) =>
      Object.entries(env).flatMap(([variable, expression]) => {
        const [, id, output = ""] = /^\$\{\{ steps\.([\w-]+)\.outputs\.(\w+) \}\}$/.exec(String(expression)) ?? [];
        if (id === undefined || !isPrinted(run, variable)) return [];
        const own = entries.filter(({ jobID, stepID }) => jobID === job && stepID?.[0] === id);
        const value = outputsOf(own)[output];
        return value === undefined ? [] : [{ job, variable, value }];
      }),
    ),
  );
}

/** The lines that the steps of a job themselves wrote. */
export function linesOf(entries: readonly LogEntry[], job: string): readonly string[] {
  return entries.filter(({ jobID, raw_output }) => jobID === job && raw_output === true).map(({ msg }) => msg);
}

function outputsOf(entries: readonly LogEntry[]): Readonly<Record<string, string>> {
  const set = entries.filter(({ command }) => command === "set-output");
  return Object.fromEntries(set.map(({ name = "", arg = "" }) => [name, arg]));
}

function isPrinted(run: string, variable: string): boolean {
  return run.split("\n").some((line) => line.startsWith("echo ") && new RegExp(`\\$\\{?${variable}\\b`).test(line));
}
