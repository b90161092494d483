import { parentPort, workerData } from "node:worker_threads";
import { runTask, type TaskOrder } from "./task.ts";

/** Does the task that it was started for, and posts what came of it. */
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- only windows have an origin
parentPort?.postMessage(await runTask(workerData as TaskOrder));
