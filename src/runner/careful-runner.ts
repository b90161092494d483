import type { AnnotationLevel, Runner } from "./runner.ts";
import type { Secrets } from "../text/secrets.ts";
import { type Harmless, harmlessLine, harmlessText, ours, withoutSecrets } from "../text/harmless.ts";
import { redactJson, redactMarkdown } from "../text/written-text.ts";

/** The runner shows so many of a kind a step, and silently drops the rest. */
const MOST_ANNOTATIONS = 10;
/** So many more of a kind are written as lines; a service gone mad must not fill the log. */
const MOST_LINES = 40;
const LONGEST_TITLE = 200;
const LEVELS = ["error", "warning", "notice"] as const satisfies readonly AnnotationLevel[];

/** A runner that knows what it did not show. */
export interface CarefulRunner extends Runner {
  /** Says how many annotations there were that the page does not show; to be called once, at the end. */
  readonly sayUnshown: () => void;
}

/**
 * A runner that nothing can hurt the go-live through: every text loses its secrets on the way out, a report that
 * cannot be written becomes a line in the log, and annotations over the runner's limit are written as lines, then
 * counted.
 */
export function createCarefulRunner(runner: Runner, secrets: Secrets): CarefulRunner {
  const counts: Record<AnnotationLevel, number> = { error: 0, warning: 0, notice: 0 };
  const clean = (text: Harmless): Harmless => withoutSecrets(text, secrets.redact);
  const log = (line: Harmless): void => runner.log(clean(line));
  const attempt = (what: string, write: () => void): void => {
    try {
      write();
    } catch (error) {
      log(unwritten(what, error));
    }
  };
  return {
    input: runner.input,
    isGiven: runner.isGiven,
    state: runner.state,
    mask: runner.mask,
    setOutput: (name, value) => attempt(`the output ${name}`, () => runner.setOutput(name, redactJson(value, secrets))),
    saveState: (name, value) => attempt(`the state ${name}`, () => runner.saveState(name, secrets.redact(value))),
    log,
    group: (title, lines) => runner.group(clean(title), lines.map(clean)),
    debug: (line) => runner.debug(clean(line)),
    annotate(level, title, text) {
      counts[level] += 1;
      const [name, body] = [harmlessLine(clean(title), LONGEST_TITLE), harmlessText(clean(text))];
      if (counts[level] <= MOST_ANNOTATIONS) runner.annotate(level, name, body);
      else if (counts[level] <= MOST_ANNOTATIONS + MOST_LINES) runner.log(harmlessLine(`${level}: ${name}: ${body}`));
    },
    async summarize(markdown) {
      try {
        await runner.summarize(redactMarkdown(markdown, secrets));
      } catch (error) {
        log(unwritten("the job summary", error));
      }
    },
    sayUnshown() {
      for (const level of LEVELS) {
        if (counts[level] > MOST_ANNOTATIONS) runner.log(unshown(level, counts[level]));
      }
    },
  };
}

function unshown(level: AnnotationLevel, count: number): Harmless {
  const more = count - MOST_ANNOTATIONS;
  const where =
    more <= MOST_LINES ? "only in this log" : ours`not shown; the first ${MOST_LINES} of them are in this log only`;
  return ours`The page of a run shows ${MOST_ANNOTATIONS} ${level}s of a step: ${more} more ${more === 1 ? "is" : "are"} ${where}.`;
}

function unwritten(what: string, error: unknown): Harmless {
  return harmlessLine(`Could not write ${what}: ${error instanceof Error ? error.message : String(error)}`);
}
