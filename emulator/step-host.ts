import { Worker } from "node:worker_threads";
import type { StepPlan, StepResult } from "./runner.ts";
import { BUNDLE, createStepFiles } from "./step-files.ts";
import type { ThreadAnswer, ThreadStep } from "./step-thread.ts";

/** Runs steps that have no process of their own: none can be sent a signal, and each ends with its main function. */
export interface StepHost {
  readonly run: (plan: Omit<StepPlan, "bundle" | "onOutput">) => Promise<StepResult>;
  readonly close: () => Promise<unknown>;
}

/** Starts a thread that runs the committed bundle. What nobody handles in it fails every step that runs. */
export function startStepHost(): StepHost {
  const worker = new Worker(new URL("step-thread.ts", import.meta.url), {
    workerData: { bundle: BUNDLE },
    execArgv: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
  });
  const running = new Map<number, PromiseWithResolvers<ThreadAnswer>>();
  worker.on("message", (answer: ThreadAnswer) => running.get(answer.id)?.resolve(answer));
  worker.on("error", (error) => {
    for (const step of running.values()) step.reject(error);
  });
  let steps = 0;
  return {
    async run(plan) {
      const files = createStepFiles(plan);
      steps += 1;
      const order: ThreadStep = { id: steps, environment: files.environment, timeFactor: plan.timeFactor ?? 1 };
      const answer = Promise.withResolvers<ThreadAnswer>();
      running.set(order.id, answer);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
      worker.postMessage(order);
      try {
        const { exitCode, log } = await answer.promise;
        return { exitCode, log, ...files.read() };
      } finally {
        running.delete(order.id);
        files.remove();
      }
    },
    close: () => worker.terminate(),
  };
}
