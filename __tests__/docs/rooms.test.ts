import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** The rooms of `src`, and what each may know of the others. */
const KNOWS = {
  token: [],
  http: ["token"],
  identity: ["http", "token"],
  github: ["http"],
  bearer: ["http", "identity", "token"],
  marketplace: ["bearer", "http", "identity"],
  report: ["bearer", "github", "http", "identity", "marketplace", "token"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Only the process itself knows the two phases of a step. */
const PHASES: ReadonlySet<string> = new Set(["main.ts", "post.ts"]);

/** Every import of a file of ours by another: from, to, as paths below `src`. */
const IMPORTS = globSync("**/*.ts", { cwd: SRC }).flatMap((file) => {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/\bfrom "(\.[^"]+)"/g)].map(([, path = ""]) => ({ file, to: join(dirname(file), path) }));
});

test("finds the imports of src", () => {
  expect(IMPORTS.length).toBeGreaterThan(200);
});

test("there is no room that the table does not know", () => {
  const rooms = new Set(IMPORTS.map(({ file }) => dirname(file)).filter((room) => room !== "."));
  expect([...rooms].toSorted()).toEqual(Object.keys(KNOWS).toSorted());
});

test.each(Object.entries(KNOWS))("the room %s knows no other than %j", (room, known) => {
  const seen = IMPORTS.filter(({ file }) => dirname(file) === room).map(({ to }) => dirname(to));
  const others = new Set(seen.filter((to) => to !== "." && to !== room));
  expect([...others].filter((other) => !known.some((name) => name === other))).toEqual([]);
});

test("nobody but the process imports a phase", () => {
  const importers = IMPORTS.filter(({ to }) => PHASES.has(to)).map(({ file }) => file);
  expect([...new Set(importers)]).toEqual(["index.ts"]);
});
