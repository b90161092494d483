import type { AnnotationLevel, Runner } from "../../src/runner/runner.ts";

export interface Annotation {
  readonly level: AnnotationLevel;
  readonly title: string;
  readonly text: string;
}

/** A runner that keeps what it is told. */
export interface RecordingRunner extends Runner {
  readonly outputs: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly summaries: readonly string[];
  /** Everything that anybody could read, a mask excepted. */
  readonly texts: readonly string[];
}

/**
 * A runner with these inputs, and what an earlier phase `saved`; `onOutput` is told of each output. A `brokenSummary`
 * fails, as on a full disk.
 */
export function createRecordingRunner(
  inputs: Readonly<Record<string, string>>,
  brokenSummary: boolean,
  onOutput: (name: string) => void,
  saved: Readonly<Record<string, string>> = {},
): RecordingRunner {
  const outputs: Record<string, string> = {};
  const states: Record<string, string> = {};
  const annotations: Annotation[] = [];
  const summaries: string[] = [];
  const texts: string[] = [];
  return {
    outputs,
    states,
    annotations,
    summaries,
    texts,
    input: (name) => inputs[name] ?? "",
    isGiven: (name) => name in inputs,
    state: (name) => saved[name] ?? "",
    mask: () => undefined,
    setOutput(name, value) {
      outputs[name] = value;
      texts.push(value);
      onOutput(name);
    },
    saveState(name, value) {
      states[name] = value;
      texts.push(value);
    },
    log: (line) => void texts.push(line),
    group: (title, lines) => void texts.push(title, ...lines),
    debug: (line) => void texts.push(line),
    annotate(level, title, text) {
      annotations.push({ level, title, text });
      texts.push(title, text);
    },
    async summarize(markdown) {
      if (brokenSummary) throw new Error("ENOSPC: no space left on device");
      summaries.push(markdown);
      texts.push(markdown);
    },
  };
}
