import * as fc from "fast-check";
import type { RecordingRunner } from "./recording-runner.ts";

/** What there is to an API's model: what may happen to a run, how it is run, and what it has to keep. */
export interface ModelParts<Schedule, Trial extends ModelTrial> {
  readonly schedules: fc.Arbitrary<Schedule>;
  readonly openBench: () => Promise<Bench<Schedule, Trial>>;
  /** How the run ended; undefined: in no way that a run should. */
  readonly endingOf: (trial: Trial) => { readonly kind: string } | undefined;
  /** What a run has broken of the promise; empty when it has kept it. */
  readonly brokenPromises: (schedule: Schedule, trial: Trial) => readonly string[];
}

/** What became of a run, as far as every model tells it. */
export interface ModelTrial {
  readonly runner: RecordingRunner;
  /** What was asked, in order, such as `POST goLive`. */
  readonly asked: readonly string[];
}

/** The action, as it is, in this process; against an emulator, over HTTP; on a clock of their own. */
export interface Bench<Schedule, Trial> {
  run(schedule: Schedule): Promise<Trial>;
  close(): Promise<void>;
}

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

/** Checks so many schedules. */
export type Model = (options: ModelOptions) => Promise<ModelReport>;

/**
 * Runs random schedules of faults, delays and cancellations. It listens to what the whole process has left unhandled,
 * so it should have the process, or a worker thread, to itself.
 */
export function modelOf<Schedule, Trial extends ModelTrial>(parts: ModelParts<Schedule, Trial>): Model {
  const { schedules, openBench, endingOf, brokenPromises } = parts;
  return async ({ runs, seed, path, onRun }) => {
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
    const details = await fc.check(fc.asyncProperty(schedules, check), {
      seed,
      numRuns: runs,
      ...(path === undefined ? {} : { path }),
    });
    await bench.close();
    for (const event of ["unhandledRejection", "warning"] as const) process.off(event, note);
    return { seed, runs: count, requests, endings, failure: failureText(details) };
  };
}

function failureText<Schedule>(details: fc.RunDetails<[Schedule]>): string | undefined {
  if (!details.failed) return undefined;
  const { errorInstance } = details;
  const cause = errorInstance instanceof Error ? errorInstance.stack : String(errorInstance);
  return [fc.defaultReportMessage(details), cause].join("\n\n");
}
