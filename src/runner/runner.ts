import type { Harmless, Markdown } from "../text/harmless.ts";

export type AnnotationLevel = "error" | "warning" | "notice";

/** The runner, as far as this action uses it: inputs in; outputs, state, log lines, annotations and a summary out. */
export interface Runner {
  /** The trimmed text of an input; empty when it is not set. */
  readonly input: (name: string) => string;
  /** Whether an input was handed over at all, be it empty. */
  readonly isGiven: (name: string) => boolean;
  /** What `saveState` of the main phase left for the post phase; empty when nothing. */
  readonly state: (name: string) => string;
  /** Has the value replaced by `***` in the log, from now on. */
  readonly mask: (value: string) => void;
  readonly setOutput: (name: string, value: string) => void;
  readonly saveState: (name: string, value: string) => void;
  /** Writes one line to the log, in which the runner would read commands. */
  readonly log: (line: Harmless) => void;
  /** Writes lines that are folded away below a title. */
  readonly group: (title: Harmless, lines: readonly Harmless[]) => void;
  /** Writes one line that is shown with debug logging only. */
  readonly debug: (line: Harmless) => void;
  readonly annotate: (level: AnnotationLevel, title: Harmless, text: Harmless) => void;
  /** Adds Markdown to the page of the run. */
  readonly summarize: (markdown: Markdown) => Promise<void>;
}
