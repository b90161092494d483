import { openBench } from "./bench.ts";
import type { ModelReport } from "./model.ts";
import { MODEL_NAMES, MODELS, type ModelOrder } from "./models.ts";
import type { Schedule } from "./schedule.ts";
import { endingOf } from "./promise.ts";

/** What can be asked of a thread, and what it answers. */
export interface Tasks {
  readonly model: { readonly order: ModelOrder; readonly result: ModelReport };
  readonly run: { readonly order: Schedule; readonly result: RunResult };
}

/** One run as a test looks at it; times in milliseconds. */
export interface RunResult {
  readonly exitCode: number;
  readonly ending: string | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly lastWord: string;
  readonly tookMs: number;
  readonly asked: readonly string[];
  readonly accepted: number;
  readonly lines: number;
  /** What node has warned of, such as listeners that are never removed. */
  readonly warnings: readonly string[];
}

export type TaskOrder = {
  readonly [K in keyof Tasks]: { readonly task: K; readonly order: Tasks[K]["order"] };
}[keyof Tasks];

/** Does a task in this thread. */
export async function runTask(order: TaskOrder): Promise<Tasks[keyof Tasks]["result"]> {
  switch (order.task) {
    case "model":
      return MODELS[order.order.api ?? MODEL_NAMES[0]](order.order);
    case "run":
      return runOnce(order.order);
  }
}

async function runOnce(schedule: Schedule): Promise<RunResult> {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(String(warning));
  process.on("warning", note);
  const bench = await openBench();
  const trial = await bench.run(schedule);
  await bench.close();
  process.off("warning", note);
  const { runner, exitCode, tookMs, asked, accepted } = trial;
  const last = runner.annotations.at(-1);
  return {
    exitCode,
    ending: endingOf(trial)?.kind,
    outputs: runner.outputs,
    lastWord: `${last?.title}: ${last?.text}`,
    tookMs,
    asked,
    accepted,
    lines: runner.texts.length,
    warnings,
  };
}
