import { performance as realPerformance } from "node:perf_hooks";

const RealDate = Date;
const realSetTimeout = setTimeout;
const realNow = realPerformance.now.bind(realPerformance);

/** What a program asks for the time, and waits with. */
export type ProgramTime = Pick<typeof globalThis, "Date" | "performance" | "setTimeout">;

/** The clock and the timer of a program that begins just now and runs `factor` times as fast; with 1, the real ones. */
export function fastTime(factor: number): ProgramTime {
  if (factor === 1) return { Date: RealDate, performance: realPerformance, setTimeout: realSetTimeout };
  const startMs = realNow();
  const startDateMs = RealDate.now();
  const now = (): number => startMs + (realNow() - startMs) * factor;
  const dateNow = (): number => startDateMs + (realNow() - startMs) * factor;
  return {
    // Libraries ask `new Date()` for the time as well.
    Date: new Proxy(RealDate, {
      construct: (target, values, newTarget) =>
        Reflect.construct(target, values.length === 0 ? [dateNow()] : values, newTarget) as Date,
      get: (target, name) => (name === "now" ? dateNow : (Reflect.get(target, name) as unknown)),
    }),
    performance: new Proxy(realPerformance, {
      get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
    }),
    setTimeout: Object.assign(
      (callback: (...values: unknown[]) => void, durationMs = 0, ...values: unknown[]) =>
        realSetTimeout(callback, durationMs / factor, ...values),
      realSetTimeout,
    ),
  };
}
