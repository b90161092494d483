import type { InputError } from "../input-value.ts";
import type { Status } from "../operation.ts";
import type { Runner } from "../runner.ts";
import { harmlessLine, harmlessText } from "./harmless.ts";
import { earlyResultJson, type EarlyEnd, wholeSeconds } from "./result.ts";
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

const LOOK =
  "This should not happen; please report it. Before you run the job again, look in Partner Center whether the offer is going live.";

/** Reports an error that should not exist, loudly, with its stack. Returns the exit code. */
export async function reportBug(error: unknown, runner: Runner, context: EarlyContext): Promise<number> {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [reason = ""] = text.split("\n");
  writeOutputs(runner, { ...context, ending: "bug", status: "unknown", reasons: [reason] });
  runner.annotate("error", "A bug in this action", `${LOOK}\n${harmlessText(text)}`);
  const title = "⚠️ Live or not, nobody can tell: a bug in this action";
  await runner.summarize(plainSummary(title, [LOOK, reason], context.page.url));
  return 1;
}

function writeOutputs(runner: Runner, end: EarlyEnd & { readonly status: Status }): void {
  runner.setOutput("status", end.status);
  runner.setOutput("durationSeconds", String(wholeSeconds(end.startMs, end.nowMs)));
  runner.setOutput("result", earlyResultJson(end));
}
