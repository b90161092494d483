import { expect } from "@jest/globals";
import type { StepResult } from "../../emulator/step/runner.ts";
import { type LogCommand, readLog } from "../../emulator/step/runner-log.ts";
import { brokenRows, strangeLines } from "../harness/summary-form.ts";

const ANNOTATIONS = ["error", "warning", "notice"] as const;
/** Anything that ends a line, moves a cursor, turns a text around or is not seen; but for the log's own line ends. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/u;
const LONGEST_LINE = 2_500;
const LONGEST_LOG = 200_000;
const LONGEST_SUMMARY = 100_000;

/** Nothing of what the service said takes effect, and all of it is of a bounded length. */
export function expectHarmless(result: StepResult): void {
  expectHarmlessLog(result.log);
  expectHarmlessSummary(result.summary);
  expect(result.outputs["status"]).toMatch(/^(notStarted|running|succeeded|failed|canceled|rejected|unknown)$/);
}

/** The log holds only the commands that were meant, and lines of plain text. */
export function expectHarmlessLog(log: string): void {
  // The step masks its own secrets before it writes or asks anything; no mask of a later time is ours.
  const { commands, lines } = readLog(log.replace(/^(?:::add-mask::.*\r?\n)+/, ""));
  expect(commands.filter((command) => !isMeant(command))).toEqual([]);
  const shown = [...lines, ...commands.flatMap(({ message, properties }) => [message, ...Object.values(properties)])];
  expect(shown.filter((text) => UNSEEN.test(text))).toEqual([]);
  expect(lines.filter((line) => line.length > LONGEST_LINE)).toEqual([]);
  expect(log.length).toBeLessThan(LONGEST_LOG);
  for (const level of ANNOTATIONS) {
    const ofLevel = commands.filter(({ name }) => name === level);
    expect(ofLevel.length).toBeLessThanOrEqual(10);
    for (const { message } of ofLevel) expect(message.length).toBeLessThanOrEqual(4096);
  }
}

/** The summary holds only letters, digits and blanks of theirs, and references that stand for all other characters. */
export function expectHarmlessSummary(summary: string): void {
  expect(strangeLines(summary)).toEqual([]);
  expect(brokenRows(summary)).toEqual([]);
  // GitHub looks for mentions and numbers of issues in the finished page, where a reference is a character again.
  expect(summary).not.toMatch(/&#(?:64|35);(?!&#8203;)/);
  const invisible = [...summary.matchAll(/&#(\d+);/g)].map(([, code]) => Number(code)).filter((code) => code !== 8203);
  expect(invisible.filter((code) => code < 32 || UNSEEN.test(String.fromCodePoint(code)))).toEqual([]);
  expect(Buffer.byteLength(summary)).toBeLessThan(LONGEST_SUMMARY);
}

function isMeant({ name, properties, message }: LogCommand): boolean {
  const names = Object.keys(properties).join();
  if (name === "group") return ["Steps", "Facts"].includes(message) && names === "";
  if (name === "debug" || name === "endgroup") return names === "";
  return ANNOTATIONS.some((level) => level === name) && names === "title";
}
