import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { parse } from "yaml";
import { createFolder } from "../harness/identity-process.ts";
import { isHighest } from "../../scripts/version-tag.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

test.each([
  ["v1.0.0", ["v1.0.0"], true],
  ["v1.0.0", [], true],
  ["v1.0.1", ["v1.0.0", "v1.0.1", "v1"], true],
  ["v1.0.1", ["v1.0.1", "v1.1.0"], false],
  ["v1.2.0", ["v1.2.0", "v1.10.0"], false],
  ["v1.10.0", ["v1.2.0", "v1.9.9", "v1.10.0"], true],
  ["v1.0.10", ["v1.0.9"], true],
  ["v1.1.0", ["v1.1.0", "v1.0.99"], true],
  ["v1.0.1", ["v1.0.1", "v2.0.0"], true],
  ["v2.0.0", ["v1.9.9", "v2.0.0"], true],
  ["v1.1.0", ["v1.2.0-rc.1", "v1.1.0"], true],
  ["v1.2.0-rc.1", ["v1.1.0"], false],
  ["v1.2.0+build", ["v1.1.0"], false],
  ["v1", ["v1.1.0"], false],
  ["v1.1", [], false],
  ["1.1.0", [], false],
  ["v01.1.0", [], false],
  ["", [], false],
  ["v1.99999999999999999998.0", ["v1.99999999999999999999.0"], false],
])("%s among %j is the highest of its major: %s", (tag, tags, expected) => {
  expect(isHighest(tag, tags)).toBe(expected);
});

test("one version of each major is the highest, whatever the order", () => {
  const number = fc.integer({ min: 0, max: 12 });
  const tag = fc.tuple(number, number, number).map((numbers) => `v${numbers.join(".")}`);
  fc.assert(
    fc.property(fc.uniqueArray(tag, { minLength: 1 }), (tags) => {
      const majors = new Set(tags.map((each) => each.split(".")[0]));
      expect(tags.filter((each) => isHighest(each, tags))).toHaveLength(majors.size);
      expect(tags.filter((each) => isHighest(`${each}-rc.1`, tags))).toEqual([]);
    }),
  );
});

test.each([
  ["v1.1.0", "yes"],
  ["v1.0.1", "no"],
  ["v1.2.0-rc.1", "no"],
])("the script says of %s: %s", (tag, answer) => {
  const input = "v1.0.0\nv1.1.0\nv1.0.1\n";
  const words = ["--no-warnings", "scripts/is-highest.ts", tag];
  const { status, stdout } = spawnSync(process.execPath, words, { cwd: ROOT, input, encoding: "utf8" });
  expect([status, stdout]).toEqual([0, `${answer}\n`]);
});

interface Step {
  readonly run?: string;
}

const { jobs } = parse(readFileSync(join(ROOT, ".github/workflows/release.yml"), "utf8")) as {
  readonly jobs: { readonly release: { readonly steps: readonly Step[] } };
};
const RUNS = jobs.release.steps.map(({ run = "" }) => run);
const MOVE = RUNS.find((run) => run.includes("git/refs")) ?? "";

/** Runs the step that moves the tag, with these releases; what it asks GitHub to change. */
function move(tag: string, releases: string, hasMajor = true) {
  const folder = createFolder();
  const gitHub = `gh() {
    case "$*" in
      *"/releases "*) ${releases} ;;
      *"/git/ref/tags/"*) ${hasMajor} ;;
      *) echo "$*" >> "$RUNNER_TEMP/changes" ;;
    esac
  }`;
  writeFileSync(join(folder, "changes"), "");
  const environment = {
    ...process.env,
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
    ...{ RUNNER_TEMP: folder, GITHUB_REPOSITORY: "o/r", GITHUB_REF_NAME: tag, GITHUB_SHA: "abc" },
  };
  const { status, stdout } = spawnSync("bash", ["-e", "-c", `${gitHub}\n${MOVE}`], {
    cwd: ROOT,
    env: environment,
    encoding: "utf8",
  });
  return { status, stdout, changes: readFileSync(join(folder, "changes"), "utf8") };
}

test("a release of the highest version moves the tag of its major, or makes it", () => {
  const releases = "echo v2.0.0; echo v1.1.0; echo v1.0.0";
  const moved = "api --method PATCH repos/o/r/git/refs/tags/v1 -f sha=abc -F force=true --silent\n";
  expect(move("v1.1.0", releases)).toEqual({ status: 0, stdout: "", changes: moved });
  const made = "api --method POST repos/o/r/git/refs -f ref=refs/tags/v1 -f sha=abc --silent\n";
  expect(move("v1.1.0", releases, false)).toEqual({ status: 0, stdout: "", changes: made });
});

test("a release of a lower version moves nothing, and says so", () => {
  const stdout = "::notice::v1.0.1 is not the highest version, so v1 stays where it is.\n";
  const moved = move("v1.0.1", "echo v1.0.1; echo v1.1.0");
  expect(moved).toEqual({ status: 0, stdout, changes: "" });
});

test("nothing moves where the releases cannot be read", () => {
  expect(move("v1.1.0", "return 1")).toEqual({ status: 1, stdout: "", changes: "" });
});

test("what publishes a release runs nothing that was installed", () => {
  expect(RUNS.filter((run) => /\b(npm|npx)\b/.test(run))).toEqual([]);
});
