import { appendFileSync, readFileSync } from "node:fs";
import { setDefaultCACertificates } from "node:tls";
import { fastTime } from "../emulator/step/fast-time.ts";
import { createStepFiles, type StepFiles } from "../emulator/step/step-files.ts";
import type { StepHost } from "../emulator/step/step-host.ts";
import type { Clock } from "../src/clock.ts";
import type { World } from "../src/world.ts";
import { createTransport } from "../src/http/transport.ts";
import { main } from "../src/main.ts";
import { post } from "../src/post.ts";
import type { Runner } from "../src/runner/runner.ts";

/** Runs steps of `src` itself, in this process: the bundle has no mutants. One step at a time. */
export const sourceHost: StepHost = {
  async run(plan) {
    const files = createStepFiles(plan);
    const giveBack = lendEnvironment(plan.environment ?? {});
    const log: string[] = [];
    try {
      const world = createWorld(files, (line) => void log.push(`${line}\n`), plan.timeFactor ?? 1);
      const exitCode = await (plan.state === undefined ? main(world) : post(world));
      return { exitCode, log: log.join(""), ...files.read() };
    } finally {
      giveBack();
      files.remove();
    }
  },
};

/** Libraries read variables themselves, and node its authorities when it starts. */
function lendEnvironment(environment: Readonly<Record<string, string>>): () => void {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  const authority = environment["NODE_EXTRA_CA_CERTS"];
  setDefaultCACertificates(authority === undefined ? [] : [readFileSync(authority, "utf8")]);
  return () => {
    for (const name of Object.keys(environment)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  };
}

function createWorld({ environment }: StepFiles, write: (line: string) => void, timeFactor: number): World {
  const clock = createClock(timeFactor);
  return {
    runner: createRunner(environment, write),
    environment,
    clock,
    random: Math.random,
    openTransport: (proxy) => createTransport({ clock, proxy }),
    signal: new AbortController().signal,
  };
}

function createClock(timeFactor: number): Clock {
  const { performance, setTimeout } = fastTime(timeFactor);
  return {
    now: () => performance.timeOrigin + performance.now(),
    async sleep(durationMs, signal) {
      if (signal?.aborted === true || durationMs <= 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, durationMs);
      signal?.addEventListener("abort", () => resolve(), { once: true });
      await promise;
      clearTimeout(timer);
    },
  };
}

/** The runner by its own protocol: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function createRunner(environment: StepFiles["environment"], write: (line: string) => void): Runner {
  const append = (variable: string, name: string, value: string): void =>
    appendFileSync(environment[variable] ?? "", `${name}<<mark\n${value}\nmark\n`);
  const command = (name: string, text: string): void => write(`::${name}::${escaped(text)}`);
  return {
    input: (name) => (environment[`INPUT_${name.toUpperCase()}`] ?? "").trim(),
    isGiven: (name) => `INPUT_${name.toUpperCase()}` in environment,
    state: (name) => environment[`STATE_${name}`] ?? "",
    mask: (value) => command("add-mask", value),
    setOutput: (name, value) => append("GITHUB_OUTPUT", name, value),
    saveState: (name, value) => append("GITHUB_STATE", name, value),
    log: write,
    group(title, lines) {
      command("group", title);
      for (const line of lines) write(line);
      command("endgroup", "");
    },
    debug: (line) => command("debug", line),
    annotate: (level, title, text) =>
      command(`${level} title=${escaped(title).replaceAll(":", "%3A").replaceAll(",", "%2C")}`, text),
    summarize: async (markdown) => appendFileSync(environment["GITHUB_STEP_SUMMARY"] ?? "", `${markdown}\n`),
  };
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
