/**
 * The tests that run `src` in process, as far as they reach the mutant that Stryker has switched on; all of them when
 * none is. Ends with an exit code other than 0 as soon as one notices. Run in Stryker's copy of the checkout.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

/** The same schedules for every mutant. */
const SEED = "20260101";
const SCHEDULES = "250";

/** What tests of the bundle and the model import. */
const STARTS_STEPS = /(?:scenario|thread|identity-process|fault-run|runner|decision-run)\.ts"/;

const mutant = process.env["__STRYKER_ACTIVE_MUTANT__"];
const file = mutant === undefined ? undefined : fileOf(mutant);

process.exitCode = check(jestOptions(file)) || check(["scripts/model.ts", SCHEDULES, `--seed=${SEED}`]);

/** The file that holds a mutant: Stryker writes all of them into the sources, each behind a question with its number. */
function fileOf(id: string): string | undefined {
  return globSync("src/**/*.ts").find((source) => readFileSync(source, "utf8").includes(`("${id}")`));
}

/** The tests that import the file, straight or not, and run it in their own process: the others run the bundle. */
function jestOptions(source: string | undefined): readonly string[] {
  const related = source === undefined ? [] : ["--findRelatedTests", source];
  return [
    ...["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "node_modules/jest/bin/jest.js"],
    ...["--bail", "--silent", "--maxWorkers=1", "--passWithNoTests"],
    ...inProcessTests().flatMap((test) => ["--testMatch", `**/${test}`]),
    ...related,
  ];
}

/** Those that start no step, and no model: it comes after them. */
function inProcessTests(): readonly string[] {
  return globSync("__tests__/**/*.test.ts").filter((test) => !STARTS_STEPS.test(readFileSync(test, "utf8")));
}

function check(options: readonly string[]): number {
  return spawnSync(process.execPath, options, { stdio: "inherit" }).status ?? 1;
}
