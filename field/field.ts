/**
 * Sets real programs on the action and on its emulators: `npm run field`, with names of trials only those, and with
 * `--thorough` for as long as an hour.
 */
import { createScore } from "./score.ts";
import type { Trial } from "./trial.ts";
import { TRIALS } from "./trials.ts";
import { keptFolder, openWorkshop } from "./workshop/workshop.ts";

const THOROUGH = "--thorough";

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  const names = words.filter((word) => word !== THOROUGH);
  const unknown = names.filter((name) => TRIALS.every((trial) => trial.name !== name));
  if (unknown.length > 0) {
    say(`There is no trial ${unknown.join(", ")}; there are ${TRIALS.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const workshop = openWorkshop(keptFolder(process.env), words.includes(THOROUGH) ? "thorough" : "usual", say);
  const score = createScore(say);
  for (const trial of TRIALS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    await undergo(trial);
  }
  say(`${score.passed()} passed, ${score.failed()} failed`);
  return score.failed() === 0 ? 0 : 1;

  /** A program that cannot be had is a failure of its trial; the others go on. */
  async function undergo({ name, about, prepare }: Trial): Promise<void> {
    const startMs = performance.now();
    say(`${name}: ${about}`);
    let run: Awaited<ReturnType<Trial["prepare"]>> | undefined;
    try {
      run = await prepare(workshop);
    } catch (error) {
      await score.check("the program can be had", () => {
        throw error;
      });
      return;
    }
    await run(score.check);
    say(`  (${((performance.now() - startMs) / 1000).toFixed(1)} s)`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
