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
  /** Writes one line to the log; the runner reads commands in it, so only harmless text may be passed. */
  readonly log: (line: string) => void;
  /** Writes lines that are folded away below a title; harmless text only, too. */
  readonly group: (title: string, lines: readonly string[]) => void;
  /** Writes one line that is shown with debug logging only. */
  readonly debug: (line: string) => void;
  readonly annotate: (level: AnnotationLevel, title: string, text: string) => void;
  /** Adds Markdown to the page of the run. */
  readonly summarize: (markdown: string) => Promise<void>;
}
