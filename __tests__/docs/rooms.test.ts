import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { ROOMS } from "../../scripts/rooms.ts";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** What each room may import: only what stands below it. */
const KNOWS = Object.fromEntries(ROOMS.map(({ name, knows }) => [name, knows]));

const KNOWN = new Set(ROOMS.map(({ name }) => name));

/** The room of a file: itself where the plan names it, else its folder; at the root always itself. */
function roomOf(file: string): string {
  const folder = dirname(file).replaceAll("\\", "/");
  const own = join(folder, basename(file, ".ts")).replaceAll("\\", "/");
  return folder === "." || KNOWN.has(own) ? own : folder;
}

const FILES = globSync("**/*.ts", { cwd: SRC }).filter((file) => !file.endsWith(".d.ts"));

/** Every import of a file of ours by another: from, to, as rooms. */
const IMPORTS = FILES.flatMap((file) => {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/\b(?:from |import\()"(\.[^"]+)"/g)].map(([, path = ""]) => ({
    from: roomOf(file),
    to: roomOf(join(dirname(file), path)),
  }));
});

test("finds the imports of src", () => {
  expect(IMPORTS.length).toBeGreaterThan(400);
});

test("the table knows every room, and every file at the root", () => {
  expect(ROOMS.map(({ name }) => name).toSorted()).toEqual([...new Set(FILES.map(roomOf))].toSorted());
});

test("all arrows of the table point downwards", () => {
  const rooms = Object.keys(KNOWS);
  const upwards = Object.entries(KNOWS).flatMap(([room, known]) =>
    known.filter((other) => rooms.indexOf(other) <= rooms.indexOf(room)).map((other) => `${room} → ${other}`),
  );
  expect(upwards).toEqual([]);
});

test.each(Object.entries(KNOWS))("the room %s knows what the table says, and all of it", (room, known) => {
  const seen = IMPORTS.filter(({ from, to }) => from === room && to !== room).map(({ to }) => to);
  expect([...new Set(seen)].toSorted()).toEqual([...known].toSorted());
});

test("the emulator shares nothing with src", () => {
  const folder = fileURLToPath(new URL("../../emulator/", import.meta.url));
  const files = globSync("**/*.ts", { cwd: folder });
  expect(files.length).toBeGreaterThan(60);
  expect(
    files.filter(
      (file) => readFileSync(join(folder, file), "utf8").match(/(?:from |import\(|URL\()"[^"]*\/src\//) !== null,
    ),
  ).toEqual([]);
});
