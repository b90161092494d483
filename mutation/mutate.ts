/**
 * Breaks `src` in many small ways, runs the tests after each, and prints the share that they notice, by file:
 * `npm run mutation`. It ends with 1 below 90 %. What follows `-- --` goes to Stryker: `-- -- --mutate src/go-live/poll.ts`.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STRYKER = fileURLToPath(new URL("node_modules/@stryker-mutator/core/bin/stryker.js", import.meta.url));
const AIM_PERCENT = 90;

/** How many of a file's mutants the tests have noticed, and how many there are. */
interface Score {
  noticed: number;
  all: number;
}

/** What is read of a report: https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** What counts, and whether it was noticed; what was left out on purpose counts for nothing. */
const NOTICED: Readonly<Record<string, boolean>> = { Killed: true, Timeout: true, Survived: false, NoCoverage: false };

const NONE: Score = { noticed: 0, all: 1 };

const scores = new Map<string, Score>();
for (const kind of ["parts", "steps"]) {
  run(kind);
  const report = JSON.parse(readFileSync(`${ROOT}coverage/mutation-${kind}.json`, "utf8")) as Report;
  for (const [file, { mutants }] of Object.entries(report.files)) {
    const counted = mutants.flatMap(({ status }) => NOTICED[status] ?? []);
    const score = { noticed: counted.filter(Boolean).length, all: counted.length };
    // With --mutate both kinds of tests are shown the same file: it counts by the better.
    if (score.all > 0 && percent(score) >= percent(scores.get(file) ?? NONE)) scores.set(file, score);
  }
}
for (const [file, score] of [...scores].toSorted(([, a], [, b]) => percent(a) - percent(b))) print(file, score);
const total = { noticed: 0, all: 0 };
for (const { noticed, all } of scores.values()) {
  total.noticed += noticed;
  total.all += all;
}
print("all of them", total);
process.exitCode = percent(total) < AIM_PERCENT ? 1 : 0;

function run(kind: string): void {
  const options = ["run", "mutation/stryker.config.js", ...process.argv.slice(2)];
  const env = { ...process.env, KIND: kind };
  execFileSync(process.execPath, [STRYKER, ...options], { cwd: ROOT, env, stdio: "inherit" });
}

function percent({ noticed, all }: Score): number {
  return (100 * noticed) / all;
}

function print(name: string, score: Score): void {
  console.log(`${percent(score).toFixed(1).padStart(5)} %  ${score.noticed} of ${score.all}  ${name}`);
}
