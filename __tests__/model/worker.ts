import { parentPort } from "node:worker_threads";
import { runTask, type TaskOrder } from "./task.ts";

// Thousands of errors are made on purpose, each with a stack that costs more than it tells: `npm run model` shows them.
Error.stackTraceLimit = 0;

/** Does each task that it is given, and posts what came of it. */
parentPort?.on("message", async (order: TaskOrder) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
  parentPort?.postMessage(await runTask(order));
});
