/**
 * A thread that runs the bundle as one step after another, or several at once: hundreds of tests need not pay for a
 * process each. Every step evaluates the bundle anew, as a module with a process, a clock and timers of its own; what
 * it shares with others is node.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setDefaultCACertificates } from "node:tls";
import { pathToFileURL } from "node:url";
import { type Module, SourceTextModule, SyntheticModule } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import { fastTime } from "./fast-time.ts";
import { createStepProcess, type StepProcess } from "./step-process.ts";

/** What a thread is asked to do, and what it answers. */
export interface ThreadStep {
  readonly id: number;
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
const HEAD = "const { process, console, Date, performance, setTimeout } = import.meta.step;";

/** A step's own copies of the files of the bundle. */
interface Step {
  readonly globals: Globals;
  readonly modules: Map<string, Promise<Module>>;
}

const { bundle } = workerData as { readonly bundle: string };
const sources = new Map<string, { readonly source: string; readonly compiled: Buffer }>();
let trusted = "";

parentPort?.on("message", async ({ id, environment, timeFactor }: ThreadStep) => {
  const answer: ThreadAnswer = { id, ...(await runStep(environment, timeFactor)) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
  parentPort?.postMessage(answer);
});

async function runStep(environment: ThreadStep["environment"], timeFactor: number): Promise<Omit<ThreadAnswer, "id">> {
  trust(environment["NODE_EXTRA_CA_CERTS"] ?? "");
  const { log, ...own } = createStepProcess(environment);
  const globals = { ...own, ...fastTime(timeFactor) };
  try {
    await evaluate(bundle, { globals, modules: new Map() });
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

function evaluate(file: string, step: Step): Promise<Module> {
  const module = step.modules.get(file) ?? load(file, step);
  step.modules.set(file, module);
  return module;
}

async function load(file: string, step: Step): Promise<Module> {
  const known = sources.get(file);
  const source = known?.source ?? HEAD + readFileSync(file, "utf8");
  const module = new SourceTextModule(source, {
    identifier: file,
    ...(known === undefined ? {} : { cachedData: known.compiled }),
    initializeImportMeta: (meta) => void Object.assign(meta, { url: pathToFileURL(file).href, step: step.globals }),
    importModuleDynamically: (name) => evaluate(join(dirname(file), name), step),
  });
  if (known === undefined) sources.set(file, { source, compiled: compiledOf(module) });
  await module.link((name) => createBuiltin(name, step.globals));
  await module.evaluate();
  return module;
}

/** What node's own types do not know yet: https://nodejs.org/api/vm.html#sourcetextmodulecreatecacheddata */
function compiledOf(module: SourceTextModule & { readonly createCachedData?: () => Buffer }): Buffer {
  return module.createCachedData?.() ?? Buffer.alloc(0);
}

/** The bundle asks `createRequire` of node:module for everything that is node's. */
function createBuiltin(name: string, { process, performance }: Globals): Module {
  if (name !== "module") throw new Error(`the bundle imports ${name}, which no step is given`);
  const own: Readonly<Record<string, unknown>> = { process, perf_hooks: { performance } };
  const createOwnRequire = (url: string): ((id: string) => unknown) => {
    const require = createRequire(url);
    return (id) => own[id.replace("node:", "")] ?? require(id);
  };
  return new SyntheticModule(["createRequire"], function exportIt() {
    this.setExport("createRequire", createOwnRequire);
  });
}
