import { setTimeout as sleep } from "node:timers/promises";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { type RunningStep, runStep, startStep, type StepPlan, type StepResult } from "../../emulator/step/runner.ts";
import { readLog } from "../../emulator/step/runner-log.ts";
import { closeAfterTest } from "./closing.ts";
import { createFastClock } from "./fast-clock.ts";
import { shared } from "./shared-global.ts";
import { checkRequests, checkResult } from "./leak-check.ts";

/** A token as Entra makes them, in form: three parts that can be looked for one by one. It opens nothing. */
export const TOKEN = [
  Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT", kid: "scenario-key" })).toString("base64url"),
  Buffer.from(JSON.stringify({ aud: "https://cloudpartner.azure.com", appid: "scenario-app" })).toString("base64url"),
  Buffer.from("a signature that nobody checks, long enough to be found").toString("base64url"),
].join(".");

/** Inputs of a step that waits, with questions close enough together for a test. */
export const WAITING = { wait: "true", pollIntervalSeconds: "0.02", timeoutMinutes: "0.1" } as const;

/** The same for a step whose clock runs fast: its pauses pass fast too. */
export const WAITING_FAST = { wait: "true", pollIntervalSeconds: "1", timeoutMinutes: "60" } as const;

/** An emulator and the steps that run against it; everything ends with the test. */
export interface Scenario {
  readonly emulator: Emulator;
  /** Runs the committed bundle as a step; `inputs` are added to publisherId, offerId, token and endpoint. */
  readonly run: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => Promise<StepResult>;
  /** The same in a process of its own, still running. */
  readonly begin: (inputs?: StepPlan["with"], plan?: Partial<StepPlan>) => RunningStep;
  /** What was asked, in order, such as `GET list`, `POST goLive`, `GET operation`. */
  readonly asked: () => readonly string[];
}

/**
 * A service whose clock runs so many times as fast, for steps with the same `timeFactor`: whose go-live it is, a step
 * tells by the service's clock.
 */
export function fastService(factor: number): Pick<EmulatorOptions, "clock"> {
  return { clock: createFastClock(factor) };
}

/** Starts an emulator that takes {@link TOKEN}. */
export async function startScenario(options: EmulatorOptions = {}): Promise<Scenario> {
  const emulator = await startEmulator({ tokens: { [TOKEN]: {} }, ...options });
  closeAfterTest(() => emulator.close());
  const planOf = (inputs: StepPlan["with"] = {}, plan: Partial<StepPlan> = {}): StepPlan => ({
    ...plan,
    with: { publisherId: "contoso", offerId: "contoso-vm", token: TOKEN, endpoint: emulator.url, ...inputs },
  });
  return {
    emulator,
    begin: (inputs, plan) => beginStep(planOf(inputs, plan)),
    async run(inputs, plan) {
      const result = await endStep(planOf(inputs, plan));
      checkRequests(emulator.requests, [TOKEN]);
      return result;
    },
    asked: () => emulator.requests.map(({ method, route }) => `${method} ${route}`),
  };
}

/** What only a process of its own heeds. */
const PROCESS_VARIABLES = ["PATH", "NODE_OPTIONS"] as const;

/**
 * Runs a step to its end: in a thread, because there are hundreds of them; in a process of its own, as on GitHub's
 * runner, where something about the step needs that, and everywhere when STEPS is `processes`.
 */
export async function endStep(plan: StepPlan): Promise<StepResult> {
  const { bundle, onOutput, environment = {} } = plan;
  const isSpecial =
    bundle !== undefined || onOutput !== undefined || PROCESS_VARIABLES.some((name) => name in environment);
  const result = await (isSpecial || process.env["STEPS"] === "processes" ? runStep(plan) : inThread(plan));
  return checkResult(result, [TOKEN, plan.with["token"] ?? ""]);
}

function inThread(plan: StepPlan): Promise<StepResult> {
  return shared.stepHost.run(plan);
}

/** Starts a step that is killed with the test and whose result is searched for {@link TOKEN}. */
export function beginStep(plan: StepPlan): RunningStep {
  const step = startStep(plan);
  closeAfterTest(() => {
    step.process.kill("SIGKILL");
    return step.result.catch(() => undefined);
  });
  return { ...step, result: step.result.then((result) => checkResult(result, [TOKEN, plan.with["token"] ?? ""])) };
}

/** Whether a condition comes true soon; looks often, so that nobody waits longer than it takes. */
export async function soon(condition: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await sleep(10);
  return condition();
}

/** An annotation as the page of the run shows it. */
export interface Annotation {
  readonly level: string;
  readonly title: string;
  readonly text: string;
}

/** The annotations in a log, in order. */
export function annotations({ log }: Pick<StepResult, "log">): readonly Annotation[] {
  return readLog(log)
    .commands.filter(({ name }) => ["error", "warning", "notice"].includes(name))
    .map(({ name, properties, message }) => ({ level: name, title: properties["title"] ?? "", text: message }));
}

/** What people are shown of a step: the runner shows nothing of the commands that mask. */
export function shown({ log, summary }: Pick<StepResult, "log" | "summary">): string {
  return log.replaceAll(/^::add-mask::.*$/gm, "") + summary;
}

/** The texts of the annotations of one level. */
export function texts(result: Pick<StepResult, "log">, level: string): readonly string[] {
  return annotations(result).flatMap((one) => (one.level === level ? [one.text] : []));
}

/** The outputs that say where an operation is and how it stands; the others have tests of their own. */
export function operationOutputs(outputs: StepResult["outputs"]): StepResult["outputs"] {
  const names = new Set(["operationLocation", "operationId", "status"]);
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => names.has(name)));
}
