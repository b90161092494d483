import type { Runner } from "../../src/runner/runner.ts";

/** What a step left behind, as people see it. */
export interface Page {
  /** The log as the page of the run shows it; a group is opened. */
  readonly log: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What is left for the post phase. */
  readonly state: Readonly<Record<string, string>>;
  /** What is shown with debug logging only. */
  readonly debug: readonly string[];
  readonly summaries: readonly string[];
  readonly annotations: readonly { readonly level: string; readonly title: string; readonly text: string }[];
}

/** A runner with these inputs that keeps a page. */
export function createPageRunner(inputs: Readonly<Record<string, string>>): { runner: Runner; page: Page } {
  const outputs: Record<string, string> = {};
  const state: Record<string, string> = {};
  const log: string[] = [];
  const debug: string[] = [];
  const summaries: string[] = [];
  const annotations: { level: string; title: string; text: string }[] = [];
  const names = { error: "Error", warning: "Warning", notice: "Notice" } as const;
  const runner: Runner = {
    input: (name) => inputs[name] ?? "",
    isGiven: (name) => name in inputs,
    state: () => "",
    mask: () => undefined,
    setOutput(name, value) {
      outputs[name] = value;
    },
    saveState(name, value) {
      state[name] = value;
    },
    log: (line) => void log.push(line),
    group: (title, lines) => void log.push(`▼ ${title}`, ...lines.map((line) => `  ${line}`)),
    debug: (line) => void debug.push(line),
    annotate(level, title, text) {
      annotations.push({ level, title, text });
      log.push(...`${names[level]}: ${title}: ${text}`.split("\n"));
    },
    summarize: async (markdown) => void summaries.push(markdown),
  };
  return { runner, page: { log, outputs, state, debug, summaries, annotations } };
}
