import * as core from "@actions/core";
import type { AnnotationLevel, Runner } from "./runner.ts";

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const satisfies Record<
  AnnotationLevel,
  unknown
>;

/** The runner of GitHub Actions, through its own toolkit. */
export const actionsRunner: Runner = {
  input: (name) => core.getInput(name),
  state: (name) => core.getState(name),
  mask: (value) => core.setSecret(value),
  setOutput: (name, value) => core.setOutput(name, value),
  saveState: (name, value) => core.saveState(name, value),
  log: (line) => core.info(line),
  group: (title, lines) => {
    core.startGroup(title);
    for (const line of lines) core.info(line);
    core.endGroup();
  },
  debug: (line) => core.debug(line),
  annotate: (level, title, text) => ANNOTATE[level](text, { title }),
  summarize: async (markdown) => {
    await core.summary.addRaw(markdown, true).write();
  },
};
