import type { InputError } from "../inputs/input-value.ts";
import type { Status } from "../marketplace/operation.ts";
import type { Runner } from "../runner/runner.ts";
import { harmlessLine, harmlessText } from "../text/harmless.ts";
import { brokenRun, type LastKnown } from "./last-known.ts";
import { earlyResultJson, type EarlyEnd } from "./result.ts";
import { wholeSeconds } from "../text/time-text.ts";
import { plainSummary } from "./summary.ts";

/** Where and when a step ended that had no reporter yet. */
export type EarlyContext = Pick<EarlyEnd, "page" | "startMs" | "nowMs">;

/** Reports inputs that cannot be used; nothing was sent. Returns the exit code. */
export async function reportBadInputs(
  problems: readonly InputError[],
  runner: Runner,
  context: EarlyContext,
): Promise<number> {
  const texts = problems.map((problem) => harmlessLine(problem.message));
  writeOutputs(runner, { ...context, ending: "badInputs", status: "rejected", reasons: texts });
  for (const text of texts) runner.annotate("error", "Input not usable", `${text}\nNothing was sent.`);
  const title = "❌ Not live: inputs not usable, nothing was sent";
  await runner.summarize(plainSummary(title, texts, context.page.url));
  return 1;
}

/**
 * Reports an error that should not exist, loudly, with its stack, and what was known of the go-live by then: the outputs
 * stay as last seen. Returns the exit code.
 */
export async function reportBug(
  error: unknown,
  runner: Runner,
  context: EarlyContext,
  known?: LastKnown,
): Promise<number> {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [reason = ""] = text.split("\n");
  const { headline, next } = brokenRun(known);
  const end = { ...context, ending: "bug", status: known?.status ?? "unknown", reasons: [reason] } as const;
  writeOutputs(runner, { ...end, next, known });
  runner.annotate("error", "A bug in this action", [...next, harmlessText(text)].join("\n"));
  await runner.summarize(plainSummary(headline, [...next, reason], context.page.url));
  return 1;
}

function writeOutputs(runner: Runner, end: EarlyEnd & { readonly status: Status }): void {
  runner.setOutput("status", end.status);
  runner.setOutput("durationSeconds", String(wholeSeconds(end.startMs, end.nowMs)));
  runner.setOutput("result", earlyResultJson(end));
}
