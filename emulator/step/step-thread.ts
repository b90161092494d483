/**
 * A thread that runs the bundle as one step after another, or several at once: hundreds of tests need not pay for a
 * process each. Every step evaluates the bundle anew, with a process, a clock and timers of its own; what it shares with
 * others is node.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setDefaultCACertificates } from "node:tls";
import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import { type BundleFunction, compileBundle } from "./bundle-function.ts";
import { fastTime } from "./fast-time.ts";
import { createStepProcess, type StepProcess } from "./step-process.ts";

/** What a thread is asked to do, and what it answers. */
export interface ThreadStep {
  readonly id: number;
  /** The file to evaluate, as the runner starts it. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeFactor: number;
}
export interface ThreadAnswer {
  readonly id: number;
  readonly exitCode: number;
  readonly log: string;
}

/** What the bundle finds in place of node's. */
type Globals = Omit<StepProcess, "log"> & ReturnType<typeof fastTime>;

/** A step's own evaluated files of the bundle. */
interface Step {
  readonly globals: Globals;
  readonly files: Map<string, Promise<unknown>>;
}

const compiled = new Map<string, BundleFunction>();
let trusted = "";

parentPort?.on("message", async (step: ThreadStep) => {
  const answer: ThreadAnswer = { id: step.id, ...(await runStep(step)) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
  parentPort?.postMessage(answer);
});

async function runStep({ entry, environment, timeFactor }: ThreadStep): Promise<Omit<ThreadAnswer, "id">> {
  trust(environment["NODE_EXTRA_CA_CERTS"] ?? "");
  const { log, ...own } = createStepProcess(environment);
  const globals = { ...own, ...fastTime(timeFactor) };
  try {
    await evaluate(entry, { globals, files: new Map() });
    return { log: log(), exitCode: Number(globals.process.exitCode ?? 0) };
  } catch (error) {
    // What nobody catches ends a process with 1, and its stack on standard error.
    return { log: `${log()}${error instanceof Error ? error.stack : String(error)}\n`, exitCode: 1 };
  }
}

/**
 * Trusts the step's own authority. Node reads NODE_EXTRA_CA_CERTS when a process starts, and adds it to the world's;
 * here it comes instead, for what a step can reach is this machine, and authorities of one name get in each other's way.
 */
function trust(file: string): void {
  if (file === trusted) return;
  trusted = file;
  setDefaultCACertificates(file === "" ? [] : [readFileSync(file, "utf8")]);
}

function evaluate(file: string, step: Step): Promise<unknown> {
  const evaluated = step.files.get(file) ?? compiledOnce(file)(scopeOf(file, step));
  step.files.set(file, evaluated);
  return evaluated;
}

function compiledOnce(file: string): BundleFunction {
  const known = compiled.get(file) ?? compileBundle(file);
  compiled.set(file, known);
  return known;
}

function scopeOf(file: string, step: Step): Parameters<BundleFunction>[0] {
  const { globals } = step;
  const own: Readonly<Record<string, unknown>> = {
    process: globals.process,
    perf_hooks: { performance: globals.performance },
  };
  return {
    globals,
    meta: { url: pathToFileURL(file).href },
    createRequire(url) {
      const require = createRequire(url);
      return (id) => own[id.replace("node:", "")] ?? require(id);
    },
    load: (name) => evaluate(join(dirname(file), name), step),
  };
}
