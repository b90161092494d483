import { spawn } from "node:child_process";

/** How to run a program. */
export interface CommandOptions {
  readonly cwd?: string;
  /** All that it is given. Default: this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** After so long it is killed, with all that it started. Default 10 minutes. */
  readonly limitMs?: number;
  /** Told of what it writes to its standard output as it comes; `interrupt` sends it a SIGINT, as Ctrl+C does. */
  readonly onOutput?: (text: string, interrupt: () => void) => void;
}

/** How a program has ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of their arrival. */
  readonly output: string;
}

/** A program that is not there: what it is for is for the caller to say. */
export class MissingProgramError extends Error {
  override readonly name = "MissingProgramError";
}

/**
 * Runs a program to its end, without a shell and without standard input. Rejects with a {@link MissingProgramError} when
 * it is not there, and with a plain error when it was killed for its time; an exit code is no error.
 */
export function runCommand(program: string, words: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const { cwd, environment = process.env, limitMs = 600_000, onOutput = () => undefined } = options;
  const parts = { stdout: "", stderr: "", output: "" };
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      reject(new Error(`${program} ${words.join(" ")} took longer than ${limitMs / 1000} s.\n${parts.output}`));
    }, limitMs);
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        parts[name] += text;
        parts.output += text;
        if (name === "stdout") onOutput(text, () => child.kill("SIGINT"));
      });
    }
    child.on("error", (error) => {
      clearTimeout(timer);
      const isMissing = "code" in error && error.code === "ENOENT";
      reject(isMissing ? new MissingProgramError(`There is no program ${program}.`) : error);
    });
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, ...parts });
    });
  });
}

/** The same for a program that has to end well; rejects with all that it wrote when it does not. */
export async function mustRun(program: string, words: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  const ended = await runCommand(program, words, options);
  if (ended.exitCode === 0) return ended;
  throw new Error(`${program} ${words.join(" ")} ended with ${ended.exitCode}.\n${ended.output}`);
}
