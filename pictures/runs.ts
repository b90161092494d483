import type { OperationPlan, StepPlan } from "../emulator/emulator.ts";
import { runStep, type StepResult } from "../emulator/step/runner.ts";
import { defaultSteps } from "../emulator/cloud-partner-portal/step-table.ts";
import { createFastClock } from "./fast-clock.ts";
import { startServices } from "./services.ts";

/** An hour passes in a minute, and a time limit of seconds is still long enough for a request. */
const TIME_FACTOR = 60;

const MINUTE_MS = 60_000;

/** The steps of a go-live, with what the service would say of them. */
function stepsSaying(messages: Readonly<Record<string, Pick<StepPlan, "messages" | "blockedFrom" | "blockedUntil">>>) {
  return defaultSteps.production.map((step): StepPlan => ({ ...step, ...messages[step.id] }));
}

const SUCCEEDED: OperationPlan = {
  durationMs: 73 * MINUTE_MS,
  steps: stepsSaying({
    displaycertify: {
      messages: [
        { messageHtml: "<p>All 14 checks of the certification passed.</p>", level: "information", atShare: 0.9 },
      ],
    },
    displayprovision: {
      messages: [
        {
          messageHtml: "<p>Replication to <b>Brazil South</b> is slower than usual.</p>",
          level: "warning",
          atShare: 0.4,
        },
      ],
    },
  }),
};

const FAILED: OperationPlan = {
  durationMs: 38 * MINUTE_MS,
  outcome: "failed",
  error: { code: "CertificationFailed", message: "The offer did not pass certification." },
  steps: stepsSaying({
    displaycertify: {
      messages: [
        {
          messageHtml:
            '<p>Port 22 of the image <code>contoso-vm:1.4.2</code> is open to the internet. See <a href="https://aka.ms/vm-policies">the policies</a>.</p>',
          level: "error",
          atShare: 0.9,
        },
      ],
    },
  }),
};

const RUNNING: OperationPlan = {
  durationMs: 70 * MINUTE_MS,
  steps: stepsSaying({ displayprovision: { blockedFrom: 0.3 } }),
};

/** The runs that pictures are made of. */
const PLANS = {
  succeeded: { goLive: SUCCEEDED, inputs: { timeoutMinutes: "330" } },
  failed: { goLive: FAILED, inputs: { timeoutMinutes: "330" } },
  running: { goLive: RUNNING, inputs: { timeoutMinutes: "45" } },
} as const satisfies Record<string, { readonly goLive: OperationPlan; readonly inputs: Record<string, string> }>;

export type Run = keyof typeof PLANS;

export const RUNS = Object.keys(PLANS) as readonly Run[];

/** Runs the committed bundle against the emulators, hours long by its own clock. Throws when it ends otherwise. */
export async function watchRun(run: Run): Promise<StepResult> {
  const { goLive, inputs } = PLANS[run];
  const services = await startServices(goLive, createFastClock(TIME_FACTOR));
  try {
    const result = await runStep({
      with: { ...services.with, wait: "true", ...inputs },
      environment: services.environment,
      timeFactor: TIME_FACTOR,
    });
    if (result.outputs["status"] !== run) throw new Error(`The run ended otherwise:\n${result.log}`);
    return result;
  } finally {
    await services.close();
  }
}
