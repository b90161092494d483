import * as core from "@actions/core";
import type { AnnotationLevel, Runner } from "./runner.ts";

const ANNOTATE = { error: core.error, warning: core.warning, notice: core.notice } as const satisfies Record<
  AnnotationLevel,
  unknown
>;

/** The runner of GitHub Actions, through its own toolkit; it takes the inputs out of the process's environment. */
export const actionsRunner: Runner = {
  ...takeInputs(process.env),
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

/**
 * Reads the inputs, which the runner hands over as variables, and takes them away: a program that the step starts, such
 * as the Azure CLI, is given the environment and must not be given other programs' secrets with it.
 */
export function takeInputs(environment: NodeJS.ProcessEnv): Pick<Runner, "input" | "isGiven"> {
  const inputs = new Map<string, string>();
  for (const [name, value = ""] of Object.entries(environment)) {
    const [, input] = /^INPUT_(.*)$/is.exec(name) ?? [];
    if (input === undefined) continue;
    inputs.set(input.toUpperCase(), value.trim());
    delete environment[name];
  }
  return { input: (name) => inputs.get(inputKey(name)) ?? "", isGiven: (name) => inputs.has(inputKey(name)) };
}

function inputKey(name: string): string {
  return name.replaceAll(" ", "_").toUpperCase();
}
