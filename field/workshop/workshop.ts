import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { type CommandOptions, MissingProgramError, mustRun } from "./command.ts";

/** Where real programs are built and installed, and kept for the next run. */
export interface Workshop {
  /** How much time the trials may take: a few minutes in all, or an hour. */
  readonly effort: Effort;
  /**
   * Builds the program of a Go module that `go.mod` in the folder names as its tool, with the sums of `go.sum`; returns
   * its path.
   */
  goProgram(folder: string, module: string): Promise<string>;
  /**
   * Installs what `requirements.txt` in the folder names, by its hashes, into a virtual environment; returns the folder
   * of its programs, with `python` among them.
   */
  pythonPrograms(folder: string): Promise<string>;
}

export type Effort = "usual" | "thorough";

/** Says what is built or installed, for that takes a while. */
export type Say = (line: string) => void;

/** What a maker needs to know. */
interface Making {
  /** The files that decide what is made. */
  readonly files: readonly string[];
  /** What else decides, such as the version of the compiler. */
  readonly maker: string;
  readonly make: (place: string) => Promise<void>;
}

/** The folder that is kept between runs and shared by all checkouts; `FIELD_CACHE` names another. */
export function keptFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const caches = environment["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return environment["FIELD_CACHE"] ?? join(caches, "azure-marketplace-go-live", "field");
}

/** A workshop that keeps what it makes in that folder. */
export function openWorkshop(folder: string, effort: Effort, say: Say): Workshop {
  async function kept(name: string, { files, maker, make }: Making): Promise<string> {
    const hash = createHash("sha256").update(maker);
    for (const file of files) hash.update(readFileSync(file));
    const place = join(folder, `${name}-${hash.digest("hex").slice(0, 16)}`);
    const mark = join(place, "complete");
    if (existsSync(mark)) return place;
    say(`making ${name}, once`);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    await make(place);
    writeFileSync(mark, "");
    return place;
  }

  return {
    effort,
    async goProgram(source, module) {
      const { stdout: maker } = await needed("go", ["version"], "Go 1.26 or later, https://go.dev");
      const name = basename(module);
      const place = await kept(basename(source), {
        files: [join(source, "go.mod"), join(source, "go.sum")],
        maker,
        make: async (to) => {
          await mustRun("go", ["build", "-mod=readonly", "-trimpath", "-o", join(to, name), module], { cwd: source });
        },
      });
      return join(place, name);
    },
    async pythonPrograms(source) {
      const { stdout: maker } = await needed("python3", ["--version"], "Python 3.11 or later, https://www.python.org");
      const requirements = join(source, "requirements.txt");
      const place = await kept(basename(source), {
        files: [requirements],
        maker,
        make: (to) => installPython(to, requirements),
      });
      return join(place, "bin");
    },
  };
}

/** Only wheels: nothing of a package runs while it is installed. */
async function installPython(place: string, requirements: string): Promise<void> {
  await mustRun("python3", ["-m", "venv", place]);
  const words = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"];
  await mustRun(join(place, "bin", "python"), ["-m", "pip", ...words, "--requirement", requirements], {
    limitMs: 1_800_000,
  });
}

async function needed(program: string, words: readonly string[], what: string, options: CommandOptions = {}) {
  try {
    return await mustRun(program, words, options);
  } catch (error) {
    if (!(error instanceof MissingProgramError)) throw error;
    throw new MissingProgramError(`${error.message} The trials need ${what}.`, { cause: error });
  }
}
