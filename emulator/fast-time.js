/**
 * Makes the clock and the timers of a process run TIME_FACTOR times as fast. Loaded with `node --import`, so that a
 * program that waits for minutes can be watched whole, without a word about it in the program. Plain JavaScript: taking
 * types away would cost every such process more time than its own start.
 */
import { performance } from "node:perf_hooks";

const factor = Number(process.env.TIME_FACTOR);
const realNow = performance.now.bind(performance);
const realDateNow = Date.now.bind(Date);
const realSetTimeout = globalThis.setTimeout;
const startMs = realNow();
const startDateMs = realDateNow();

performance.now = () => startMs + (realNow() - startMs) * factor;
Date.now = () => startDateMs + (realDateNow() - startDateMs) * factor;
// Libraries ask `new Date()` for the time as well.
globalThis.Date = new Proxy(Date, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [Date.now()] : values, newTarget),
});
globalThis.setTimeout = Object.assign(
  (callback, durationMs = 0, ...values) => realSetTimeout(callback, durationMs / factor, ...values),
  realSetTimeout,
);
