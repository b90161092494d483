import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { concernsInstallation, lockProblems } from "../../scripts/lock-problems.ts";
import { createFolder } from "../harness/identity-process.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LOCKS = globSync("{,*/}package-lock.json", { cwd: ROOT });
const HASH = `sha512-${"a".repeat(86)}==`;
const GOOD = { version: "8.1.0", integrity: HASH };
const OWN = "https://registry.npmjs.org/undici/-/undici-8.1.0.tgz";

function lockOf(path: string, entry: unknown, changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ lockfileVersion: 3, packages: { "": { name: "x" }, [path]: entry }, ...changes });
}

test("there is a lock for the action, and one for each tool beside it", () => {
  expect(LOCKS.toSorted()).toEqual([
    "bench/package-lock.json",
    "mutation/package-lock.json",
    "package-lock.json",
    "pictures/package-lock.json",
  ]);
});

test.each(LOCKS)("%s has nothing wrong with it, and shows its diff", (file) => {
  expect(lockProblems("package-lock.json", readFileSync(join(ROOT, file), "utf8"))).toEqual([]);
  const { stdout } = spawnSync("git", ["check-attr", "diff", "text", "linguist-generated", "--", file], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // GitHub folds away what it takes for generated.
  expect(stdout.split("\n")).toEqual([
    `${file}: diff: set`,
    `${file}: text: auto`,
    `${file}: linguist-generated: false`,
    "",
  ]);
});

test.each([
  ["node_modules/undici", GOOD],
  ["node_modules/undici", { ...GOOD, resolved: OWN }],
  ["node_modules/@actions/github/node_modules/undici", { ...GOOD, version: "8.1.0-next.1+a.7", dev: true }],
  ["node_modules/@a/b", { ...GOOD, resolved: "https://registry.npmjs.org/@a/b/-/b-8.1.0.tgz" }],
])("a lock may say of %s: %j", (path, entry) => {
  expect(lockProblems("package-lock.json", lockOf(path, entry))).toEqual([]);
});

test.each([
  [{ resolved: "https://registry.example/undici/-/undici-8.1.0.tgz" }, "comes from https://registry.example/"],
  [
    { resolved: "https://registry.npmjs.org.evil.example/undici/-/undici-8.1.0.tgz" },
    "comes from https://registry.npm",
  ],
  [{ resolved: "http://registry.npmjs.org/undici/-/undici-8.1.0.tgz" }, "comes from http:"],
  [{ resolved: "https://user@registry.npmjs.org/undici/-/undici-8.1.0.tgz" }, "comes from https://user@"],
  [{ resolved: "git+ssh://git@github.com/nodejs/undici.git#0123" }, "comes from git+ssh"],
  [{ resolved: "file:../undici" }, "comes from file:"],
  [{ resolved: "https://registry.npmjs.org/undici/-/undici-7.0.0.tgz" }, `not from ${OWN}`],
  [{ resolved: "https://registry.npmjs.org/undicii/-/undicii-8.1.0.tgz" }, `not from ${OWN}`],
  [{ resolved: 7 }, "comes from 7"],
  [{ integrity: undefined }, "has no SHA-512"],
  [{ integrity: "sha1-qUzNFLn7Sd0r5gM1xYVkQd5kN3A=" }, "has no SHA-512"],
  [{ integrity: `sha1-qUzNFLn7Sd0r5gM1xYVkQd5kN3A= ${HASH}` }, "has no SHA-512"],
  [{ integrity: `${HASH} ${HASH}` }, "has no SHA-512"],
  [{ integrity: HASH.slice(0, -3) }, "has no SHA-512"],
  [{ version: "git+https://github.com/nodejs/undici" }, "has no version"],
  [{ version: undefined }, "has no version"],
  [{ name: "undicii" }, "stands for something else than the package of that name"],
  [{ link: true }, "stands for something else than the package of that name"],
])("a lock with %j in it is refused", (change, problem) => {
  const [first = ""] = lockProblems("package-lock.json", lockOf("node_modules/undici", { ...GOOD, ...change }));
  expect(first).toMatch(/^node_modules\/undici /);
  expect(first).toContain(problem);
});

test("a package may stand under another name only where a package wants it so", () => {
  const entry = { ...GOOD, name: "@a/undici" };
  const wanting = (range: string): string =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: { "node_modules/x": { ...GOOD, dependencies: { b: range } }, "node_modules/b": entry },
    });
  expect(lockProblems("package-lock.json", wanting("npm:@a/undici@^8.0.0"))).toEqual([]);
  for (const range of ["npm:@a/undici-two@^8.0.0", "npm:undici@^8.0.0", "^8.0.0"]) {
    const problem = "node_modules/b stands for something else than the package of that name";
    expect(lockProblems("package-lock.json", wanting(range))).toEqual([problem]);
  }
});

test.each([
  ["packages/undici", lockOf("packages/undici", GOOD)],
  ["an entry that is none", lockOf("node_modules/undici", "8.1.0")],
  ["an older form", lockOf("node_modules/undici", GOOD, { lockfileVersion: 2 })],
  ["no packages", '{"lockfileVersion":3}'],
  ["a list of packages", '{"lockfileVersion":3,"packages":[]}'],
  ["no JSON", "lockfileVersion 3"],
  ["nothing", ""],
])("a lock of %s is refused", (_what, text) => {
  expect(lockProblems("package-lock.json", text)).not.toEqual([]);
});

test.each([".npmrc", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"])(
  "%s is refused, for it overrules",
  (name) => {
    expect([concernsInstallation(name), lockProblems(name, "")]).toEqual([true, ["it overrules package-lock.json"]]);
    expect(concernsInstallation(`x${name}`)).toBe(false);
  },
);

/** Runs the check over a folder with these files. */
function check(files: Readonly<Record<string, string>>) {
  const folder = createFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return spawnSync(process.execPath, ["scripts/check-locks.ts", folder], { cwd: ROOT, encoding: "utf8" });
}

test("the check passes over the tree as it is, and fails over a lock that was tampered with, wherever it is", () => {
  const good = lockOf("node_modules/undici", GOOD);
  const bad = lockOf("node_modules/undici", { ...GOOD, resolved: "https://registry.example/u.tgz" });
  const fine = check({ "package-lock.json": good, "node_modules/x/package-lock.json": bad, "tool/a.json": bad });
  expect([fine.status, fine.stderr, fine.stdout]).toEqual([0, "", "1 lock files checked\n"]);
  const wrong = check({ "package-lock.json": good, ".hidden/tool/package-lock.json": bad, "tool/.npmrc": "" });
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain(`comes from https://registry.example/u.tgz, not from ${OWN}`);
  expect(wrong.stderr).toContain(".npmrc: it overrules package-lock.json");
});

test("`npm run check` has the locks looked at", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(scripts["check"]?.split(" && ")).toContain("npm run check:locks");
  expect(scripts["check:locks"]).toBe("node scripts/check-locks.ts");
});

test.each(["test", "release", "dependabot-dist"])("the workflow %s looks at the locks before it installs", (name) => {
  const text = readFileSync(join(ROOT, ".github/workflows", `${name}.yml`), "utf8");
  const [before = ""] = text.split(/^ *- run: (?:npm ci|bash \.ci\/run)/m);
  expect(before).toContain("run: node scripts/check-locks.ts\n");
});
