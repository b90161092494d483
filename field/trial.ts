import type { Workshop } from "./workshop/workshop.ts";

/**
 * Does a piece of work under the sentence that it is to prove. When the work throws, the sentence counts as failed and
 * the trial goes on; resolves with what the work returned, or undefined when it failed.
 */
export type Check = <Result>(sentence: string, work: () => Promise<Result> | Result) => Promise<Result | undefined>;

/** A real program, which nobody here wrote, set on what is ours. */
export interface Trial {
  /** A word by which the trial can be chosen. */
  readonly name: string;
  readonly about: string;
  /** Gets the program ready; resolves with what runs the checks. Rejects when the program cannot be had. */
  readonly prepare: (workshop: Workshop) => Promise<(check: Check) => Promise<void>>;
}

/** The parts of a trial, where what `prepare` gets ready is what `run` needs. */
export interface TrialParts<Program> {
  readonly name: string;
  readonly about: string;
  readonly prepare: (workshop: Workshop) => Promise<Program>;
  readonly run: (program: Program, check: Check) => Promise<void>;
}

/** Makes a row of the table of trials. */
export function trial<Program>({ name, about, prepare, run }: TrialParts<Program>): Trial {
  return {
    name,
    about,
    prepare: async (workshop) => {
      const program = await prepare(workshop);
      return (check) => run(program, check);
    },
  };
}
