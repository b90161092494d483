import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ANSWER_KINDS, type AnswerName } from "./answer-kinds.ts";
import { round } from "./statistics.ts";

/** What it takes to read one answer of 4 MiB, at the worst of all kinds. */
export interface WorstAnswerResult {
  readonly kinds: number;
  readonly slowest: { readonly name: AnswerName; readonly ms: number };
  readonly largest: { readonly name: AnswerName; readonly peakMb: number };
}

/** Reads every kind in a process of its own, whose peak of memory nothing else has raised. */
export function measureWorstAnswer(): WorstAnswerResult {
  const taken = Object.keys(ANSWER_KINDS).map((name) => ({ name: name as AnswerName, ...measure(name) }));
  const [slowest] = taken.toSorted((one, other) => other.ms - one.ms);
  const [largest] = taken.toSorted((one, other) => other.peakMb - one.peakMb);
  if (slowest === undefined || largest === undefined) throw new Error("there is no kind of answer");
  return {
    kinds: taken.length,
    slowest: { name: slowest.name, ms: round(slowest.ms, 0) },
    largest: { name: largest.name, peakMb: round(largest.peakMb, 0) },
  };
}

function measure(name: string): { readonly ms: number; readonly peakMb: number } {
  const file = fileURLToPath(new URL("worst-answer-process.ts", import.meta.url));
  const output = execFileSync(process.execPath, [file, name], { encoding: "utf8" });
  return JSON.parse(output) as { readonly ms: number; readonly peakMb: number };
}
