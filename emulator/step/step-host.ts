import { Worker } from "node:worker_threads";
import type { StepPlan, StepResult } from "./runner.ts";
import { createStepFiles, entryOf } from "./step-files.ts";
import type { ThreadAnswer, ThreadStep } from "./step-thread.ts";

/** Runs steps that have no process of their own: none can be sent a signal, and each ends with its main function. */
export interface StepHost {
  readonly run: (plan: Omit<StepPlan, "bundle" | "onOutput">) => Promise<StepResult>;
}

/**
 * A host of the committed bundle, in a thread that starts with the first step and, idle, holds nobody's process. What
 * nobody handles in the thread fails every step that runs there; the next step gets a new one.
 */
export function createStepHost(): StepHost {
  const running = new Map<number, PromiseWithResolvers<ThreadAnswer>>();
  let thread: Worker | undefined;
  let steps = 0;
  const startThread = (): Worker => {
    const worker = new Worker(new URL("step-thread.ts", import.meta.url));
    worker.on("message", (answer: ThreadAnswer) => running.get(answer.id)?.resolve(answer));
    worker.on("error", (error) => {
      thread = undefined;
      for (const step of running.values()) step.reject(error);
    });
    worker.unref();
    return worker;
  };
  return {
    async run(plan) {
      const files = createStepFiles(plan);
      steps += 1;
      const order: ThreadStep = {
        id: steps,
        entry: entryOf(plan),
        environment: files.environment,
        timeFactor: plan.timeFactor ?? 1,
      };
      const answer = Promise.withResolvers<ThreadAnswer>();
      running.set(order.id, answer);
      thread ??= startThread();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
      thread.postMessage(order);
      try {
        const { exitCode, log } = await answer.promise;
        return { exitCode, log, ...files.read() };
      } finally {
        running.delete(order.id);
        files.remove();
      }
    },
  };
}
