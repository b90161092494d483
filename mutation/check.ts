/**
 * The tests that run `src` in process, as far as they reach the mutant that Stryker has switched on; all of them when
 * none is. Ends with an exit code other than 0 as soon as one notices. Run in Stryker's copy of the checkout.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";

/** The same schedules for every mutant. */
const SEED = "20260101";
const SCHEDULES = "250";

const mutant = process.env["__STRYKER_ACTIVE_MUTANT__"];
const file = mutant === undefined ? undefined : fileOf(mutant);

process.exitCode = check(jestOptions(file)) || check(["scripts/model.ts", SCHEDULES, `--seed=${SEED}`]);

/** The file that holds a mutant: Stryker writes all of them into the sources, each behind a question with its number. */
function fileOf(id: string): string | undefined {
  return globSync("src/**/*.ts").find((source) => readFileSync(source, "utf8").includes(`("${id}")`));
}

/** The unit tests that import the file, straight or not. */
function jestOptions(source: string | undefined): readonly string[] {
  const related = source === undefined ? [] : ["--findRelatedTests", source];
  return [
    ...["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "node_modules/jest/bin/jest.js"],
    ...["--bail", "--silent", "--maxWorkers=1", "--passWithNoTests", "--testMatch", "**/__tests__/unit/*.test.ts"],
    ...related,
  ];
}

function check(options: readonly string[]): number {
  return spawnSync(process.execPath, options, { stdio: "inherit" }).status ?? 1;
}
