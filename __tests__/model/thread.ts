import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TaskOrder, Tasks } from "./task.ts";

/**
 * Does a task in a thread of its own. Jest runs tests in a world where an error of node is no `Error`; and what a thread
 * leaves unhandled can only be its own.
 */
export async function inThread<K extends keyof Tasks>(task: K, order: Tasks[K]["order"]): Promise<Tasks[K]["result"]> {
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: { task, order } as TaskOrder });
  const [result] = (await once(worker, "message")) as [Tasks[K]["result"]];
  await worker.terminate();
  return result;
}
