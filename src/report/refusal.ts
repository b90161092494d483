import type { InputError } from "../input-value.ts";
import type { Runner } from "../runner.ts";
import { harmlessLine, harmlessMarkdown, harmlessText } from "./harmless.ts";

/** Reports inputs that cannot be used; nothing was sent. Returns the exit code. */
export async function reportBadInputs(problems: readonly InputError[], runner: Runner): Promise<number> {
  runner.setOutput("status", "rejected");
  const texts = problems.map((problem) => harmlessLine(problem.message));
  for (const text of texts) runner.annotate("error", "Input not usable", `${text}\nNothing was sent.`);
  const list = texts.map((text) => `- ${harmlessMarkdown(text)}`);
  await runner.summarize(["## ❌ Inputs not usable, nothing was sent", "", ...list, ""].join("\n"));
  return 1;
}

/** Reports an error that should not exist, loudly, with its stack. Returns the exit code. */
export function reportBug(error: unknown, runner: Runner): number {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  runner.setOutput("status", "unknown");
  runner.annotate(
    "error",
    "A bug in this action",
    `This should not happen; please report it. Before you run the job again, look in Partner Center whether the offer is going live.\n${harmlessText(text)}`,
  );
  return 1;
}
