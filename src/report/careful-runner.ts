import type { AnnotationLevel, Runner } from "../runner.ts";
import type { Secrets } from "../secrets.ts";
import { harmlessText } from "./harmless.ts";

/** The runner shows so many of a kind a step, and silently drops the rest. */
const MOST_ANNOTATIONS = 10;

/**
 * A runner that nothing can hurt the go-live through: every text loses its secrets on the way out, a report that
 * cannot be written becomes a line in the log, and annotations over the runner's limit are written as lines.
 */
export function createCarefulRunner(runner: Runner, secrets: Secrets): Runner {
  const counts: Record<AnnotationLevel, number> = { error: 0, warning: 0, notice: 0 };
  const attempt = (what: string, write: () => void): void => {
    try {
      write();
    } catch (error) {
      runner.log(unwritten(what, error, secrets));
    }
  };
  return {
    input: runner.input,
    state: runner.state,
    mask: runner.mask,
    setOutput: (name, value) => attempt(`the output ${name}`, () => runner.setOutput(name, secrets.redact(value))),
    saveState: (name, value) => attempt(`the state ${name}`, () => runner.saveState(name, secrets.redact(value))),
    log: (line) => runner.log(secrets.redact(line)),
    debug: (line) => runner.debug(secrets.redact(line)),
    annotate(level, title, text) {
      counts[level] += 1;
      if (counts[level] <= MOST_ANNOTATIONS)
        runner.annotate(level, secrets.redact(title), secrets.redact(harmlessText(text)));
      else runner.log(secrets.redact(`${level}: ${title}: ${text.replaceAll("\n", " ")}`));
    },
    async summarize(markdown) {
      try {
        await runner.summarize(secrets.redact(markdown));
      } catch (error) {
        runner.log(unwritten("the job summary", error, secrets));
      }
    },
  };
}

function unwritten(what: string, error: unknown, secrets: Secrets): string {
  const reason = error instanceof Error ? error.message : String(error);
  return secrets.redact(`Could not write ${what}: ${reason.replaceAll(/\s+/g, " ")}`);
}
