import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** The rooms of `src`, from the top down, and what each may know: only what stands below it. A file at the root is a room. */
const KNOWS: Readonly<Record<string, readonly string[]>> = {
  "post-entry": ["index"],
  index: ["main", "post", "connection", "http", "runner", "clock"],
  main: ["secrecy", "report", "connection", "approval", "inputs", "go-live", "marketplace", "runner", "text"],
  post: [
    ...[
      "report",
      "connection",
      "inputs",
      "go-live",
      "marketplace/cloud-partner-portal",
      "marketplace",
      "runner",
      "text",
    ],
  ],
  secrecy: ["approval", "inputs", "text"],
  report: ["approval", "inputs", "go-live", "marketplace", "bearer", "identity", "http", "token", "runner", "text"],
  connection: [
    ...["inputs", "marketplace/cloud-partner-portal", "marketplace", "bearer", "identity", "http", "runner", "text"],
    ...["clock", "environment"],
  ],
  approval: ["inputs", "identity", "http", "token", "text", "time-limit", "clock", "environment"],
  inputs: ["marketplace/cloud-partner-portal", "marketplace", "identity", "http", "token", "text", "environment"],
  "go-live": ["marketplace", "bearer", "http", "text", "time-limit", "heartbeat", "clock"],
  "marketplace/cloud-partner-portal": ["marketplace", "bearer", "identity", "http", "text"],
  marketplace: ["bearer"],
  bearer: ["identity", "http", "token", "text", "clock"],
  identity: ["http", "token", "text", "time-limit", "clock", "environment"],
  http: ["token", "clock"],
  token: ["text"],
  runner: ["text", "environment"],
  text: [],
  "time-limit": ["clock"],
  heartbeat: ["clock"],
  clock: [],
  environment: [],
};

/** The room of a file: its folder, or at the root itself. */
function roomOf(file: string): string {
  const folder = dirname(file);
  return folder === "." ? basename(file, ".ts") : folder.replaceAll("\\", "/");
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
  expect([...new Set(FILES.map(roomOf))].toSorted()).toEqual(Object.keys(KNOWS).toSorted());
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
