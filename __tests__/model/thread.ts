import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll } from "@jest/globals";
import type { TaskOrder, Tasks } from "./task.ts";

let thread: Worker | undefined;

afterAll(() => thread?.terminate());

/**
 * Does a task in a thread that does one after the other, and ends with the test file. Jest runs tests in a world where an
 * error of node is no `Error`; and what a thread leaves unhandled can only be its own.
 */
export async function inThread<K extends keyof Tasks>(task: K, order: Tasks[K]["order"]): Promise<Tasks[K]["result"]> {
  thread ??= new Worker(new URL("worker.ts", import.meta.url));
  const answered = once(thread, "message");
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
  thread.postMessage({ task, order } as TaskOrder);
  const [result] = (await answered) as [Tasks[K]["result"]];
  return result;
}
