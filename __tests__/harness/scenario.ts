import { afterEach } from "@jest/globals";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { type RunningStep, startStep, type StepPlan, type StepResult } from "../../emulator/runner.ts";

/** A token as Entra makes them, in form: three parts that can be looked for one by one. It opens nothing. */
export const TOKEN = [
  Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT", kid: "scenario-key" })).toString("base64url"),
  Buffer.from(JSON.stringify({ aud: "https://cloudpartner.azure.com", appid: "scenario-app" })).toString("base64url"),
  Buffer.from("a signature that nobody checks, long enough to be found").toString("base64url"),
].join(".");

/** An emulator and the steps that run against it; everything ends with the test. */
export interface Scenario {
  readonly emulator: Emulator;
  /** Runs the committed bundle as a step; `inputs` are added to publisherId, offerId, token and endpoint. */
  readonly run: (inputs?: Readonly<Record<string, string>>, plan?: Partial<StepPlan>) => Promise<StepResult>;
  /** The same, still running. */
  readonly begin: (inputs?: Readonly<Record<string, string>>, plan?: Partial<StepPlan>) => RunningStep;
  /** What was asked, in order, such as `GET list`, `POST goLive`, `GET operation`. */
  readonly asked: () => readonly string[];
}

const open: { close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((thing) => thing.close()));
});

/** Starts an emulator that takes {@link TOKEN}. */
export async function startScenario(options: EmulatorOptions = {}): Promise<Scenario> {
  const emulator = await startEmulator({ tokens: { [TOKEN]: {} }, ...options });
  open.push(emulator);
  const begin: Scenario["begin"] = (inputs = {}, plan = {}) =>
    startStep({
      ...plan,
      with: { publisherId: "contoso", offerId: "contoso-vm", token: TOKEN, endpoint: emulator.url, ...inputs },
    });
  return {
    emulator,
    begin,
    run: (inputs, plan) => begin(inputs, plan).result,
    asked: () => emulator.requests.map(({ method, route }) => `${method} ${route}`),
  };
}

/** Inputs of a step that waits, with questions close enough together for a test. */
export const WAITING = { wait: "true", pollIntervalSeconds: "0.02", timeoutMinutes: "0.1" } as const;
