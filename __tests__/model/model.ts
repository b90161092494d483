import * as fc from "fast-check";
import { openBench } from "./bench.ts";
import { brokenPromises, endingOf } from "./promise.ts";
import { type Schedule, scheduleArbitrary } from "./schedule.ts";

export interface ModelOptions {
  readonly runs: number;
  readonly seed: number;
  /** The path to one schedule, as a failure prints it. */
  readonly path?: string;
  /** Told after every run how many there were. */
  readonly onRun?: (runs: number) => void;
}

/** What so many schedules have shown. */
export interface ModelReport {
  readonly seed: number;
  readonly runs: number;
  readonly requests: number;
  /** How often the runs ended how. */
  readonly endings: Readonly<Record<string, number>>;
  /** The smallest schedule found that breaks the promise, and how to run it again; undefined: all have kept it. */
  readonly failure: string | undefined;
}

/**
 * Runs random schedules of faults, delays and cancellations. It listens to what the whole process has left unhandled,
 * so it should have the process, or a worker thread, to itself.
 */
export async function checkModel({ runs, seed, path, onRun }: ModelOptions): Promise<ModelReport> {
  const unhandled: string[] = [];
  const note = (reason: unknown): void => void unhandled.push(String(reason));
  for (const event of ["unhandledRejection", "warning"] as const) process.on(event, note);
  const bench = await openBench();
  const endings: Record<string, number> = {};
  let [count, requests] = [0, 0];
  const check = async (schedule: Schedule): Promise<void> => {
    const trial = await bench.run(schedule);
    count += 1;
    requests += trial.asked.length;
    const kind = endingOf(trial)?.kind ?? "other";
    endings[kind] = (endings[kind] ?? 0) + 1;
    onRun?.(count);
    const broken = [...brokenPromises(schedule, trial), ...unhandled.splice(0).map((text) => `unhandled: ${text}`)];
    if (broken.length > 0) throw new Error([...broken, "", ...trial.runner.texts].join("\n"));
  };
  const details = await fc.check(fc.asyncProperty(scheduleArbitrary, check), {
    seed,
    numRuns: runs,
    ...(path === undefined ? {} : { path }),
  });
  await bench.close();
  for (const event of ["unhandledRejection", "warning"] as const) process.off(event, note);
  return { seed, runs: count, requests, endings, failure: failureText(details) };
}

function failureText(details: fc.RunDetails<[Schedule]>): string | undefined {
  if (!details.failed) return undefined;
  const { errorInstance } = details;
  const cause = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  return [fc.defaultReportMessage(details), cause].join("\n\n");
}
