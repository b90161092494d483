import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { STORIES } from "./stories.ts";
import { tell } from "./story.ts";

/** Set, the files are written anew; then read every one of them before they are kept. */
const IS_WRITING = process.env["WRITE_GOLDEN"] === "1";
const FOLDER = join(import.meta.dirname, "golden");

function expectGolden(file: string, text: string): void {
  const path = join(FOLDER, file);
  if (IS_WRITING) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(existsSync(path) ? readFileSync(path, "utf8") : `no file ${file}`);
}

test.each(STORIES)("log, summary and result of a run read as they were reviewed: $name", async (story) => {
  const { exitCode, log, summaries, outputs } = await tell(story);
  const { result = "", ...others } = outputs;
  const ends = Object.entries(others).map(([name, value]) => `  ${name}: ${value}`);
  expectGolden(`${story.name}.txt`, [...log, `▼ Outputs, exit code ${exitCode}`, ...ends, ""].join("\n"));
  expectGolden(`${story.name}.md`, summaries.join("\n"));
  expectGolden(`${story.name}.json`, `${JSON.stringify(JSON.parse(result), undefined, 2)}\n`);
  expect(summaries).toHaveLength(1);
});

test("keeps no golden file that belongs to no story", () => {
  const names = STORIES.flatMap(({ name }) => [`${name}.json`, `${name}.md`, `${name}.txt`]);
  expect(readdirSync(FOLDER).toSorted()).toEqual(names.toSorted());
});
