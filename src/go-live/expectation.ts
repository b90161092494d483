import type { Operation, Step } from "../marketplace/operation.ts";

/** How long an operation may still take, in milliseconds, as it was at one moment; undefined when nobody can tell. */
export type Expectation = (operation: Operation, atMs: number) => number | undefined;

/**
 * Never less than this share of the time that the last step has been seen at work: a figure that has stopped at 99 % must
 * not bring question after question.
 */
const SMALLEST_SHARE = 0.04;

/**
 * Learns from one look after the other when the end may come: once all steps but one have succeeded, the percentage of
 * that one is taken to go on as it has grown so far. The service promises nothing of the kind, so this is a hint when to
 * look, and no more.
 */
export function createExpectation(): Expectation {
  let first: Mark | undefined;
  return (operation, atMs) => {
    const mark = readMark(operation, atMs);
    if (mark === undefined || first === undefined || mark.key !== first.key || mark.percentage < first.percentage) {
      first = mark;
      return undefined;
    }
    const seenMs = atMs - first.atMs;
    const grown = mark.percentage - first.percentage;
    if (grown === 0) return undefined;
    return Math.max(((100 - mark.percentage) * seenMs) / grown, seenMs * SMALLEST_SHARE);
  };
}

/** How far the last step was at one moment. */
interface Mark {
  readonly key: string;
  readonly percentage: number;
  readonly atMs: number;
}

function readMark({ steps }: Operation, atMs: number): Mark | undefined {
  const step = theOnly(steps.filter(({ status }) => status !== "succeeded"));
  if (step?.status !== "running" || step.progressPercentage === undefined) return undefined;
  return { key: `${step.id} ${step.name}`, percentage: step.progressPercentage, atMs };
}

function theOnly(steps: readonly Step[]): Step | undefined {
  return steps.length === 1 ? steps[0] : undefined;
}
