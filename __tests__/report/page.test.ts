import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { brokenRows, strangeLines } from "../harness/summary-form.ts";
import { STORIES } from "./stories.ts";
import { tell } from "./story.ts";

const FOLDER = join(import.meta.dirname, "golden");
const files = readdirSync(FOLDER);
const read = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

test.each(files.filter((file) => file.endsWith(".md")))(
  "is whole Markdown, and as short as a page can be: %s",
  (file) => {
    const markdown = read(file);
    expect(strangeLines(markdown)).toEqual([]);
    expect(brokenRows(markdown)).toEqual([]);
    expect(Buffer.byteLength(markdown)).toBeLessThan(10_000);
  },
);

test("there is a page for each of the seven statuses and for each ending", () => {
  const results: readonly { readonly status: string; readonly ending: string }[] = files
    .filter((file) => file.endsWith(".json"))
    .map((file) => JSON.parse(read(file)));
  expect(new Set(results.map(({ status }) => status))).toEqual(
    new Set(["notStarted", "running", "succeeded", "failed", "canceled", "rejected", "unknown"]),
  );
  expect(new Set(results.map(({ ending }) => ending))).toEqual(
    new Set([
      "ended",
      "underWay",
      "deadline",
      "interrupted",
      "lost",
      "contradicted",
      "notStarted",
      "unclear",
      "badInputs",
      "bug",
    ]),
  );
});

/** The time of a line of the log in seconds. */
function secondsOf(line: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = (/^(\d+):(\d\d):(\d\d) /.exec(line) ?? []).slice(1).map(Number);
  return hours * 3_600 + minutes * 60 + seconds;
}

const LONG = STORIES.filter(({ name }) => /blocked|not-started/.test(name));

test.each([...LONG, ...LONG.map((story) => ({ ...story, name: `${story.name}, seldom`, isSeldom: true }))])(
  "leaves nobody without a line for ten minutes: $name",
  async (story) => {
    const seldom = "isSeldom" in story ? { pollIntervalSeconds: "3600", timeoutMinutes: "300" } : {};
    const { log } = await tell({ ...story, inputs: { ...story.inputs, ...seldom } });
    const times = log.filter((line) => /^\d+:\d\d:\d\d /.test(line)).map(secondsOf);
    expect(times.at(-1)).toBeGreaterThan(1_500);
    for (const [at, seconds] of times.entries()) expect(seconds - (times[at - 1] ?? 0)).toBeLessThanOrEqual(600);
  },
);
