import { expect, test } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";

/** How long something took, in milliseconds of the machine's own time. */
async function took(act: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await act();
  return performance.now() - startMs;
}

test("shows the time of day in milliseconds", () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
});

test("sleeps at least as long as asked, and not much longer", async () => {
  const startMs = systemClock.now();
  const durationMs = await took(() => systemClock.sleep(30));
  expect(durationMs).toBeGreaterThanOrEqual(30);
  expect(durationMs).toBeLessThan(800);
  expect(systemClock.now() - startMs).toBeGreaterThan(29.9);
});

test.each([0, -1, -Infinity, Number.NaN])("does not sleep for %d ms", async (durationMs) => {
  let isOver = false;
  void systemClock.sleep(durationMs).then(() => (isOver = true));
  for (let turns = 0; turns < 5; turns += 1) await Promise.resolve();
  expect(isOver).toBe(true);
});

/** A signal whose listeners are counted. */
function watchSignal(abort: AbortController) {
  const listeners = new Set<unknown>();
  let added = 0;
  const watch: Readonly<Record<string, unknown>> = {
    addEventListener: (type: string, listener: () => void, options: { readonly once: boolean }) => {
      added += 1;
      if (type === "abort") listeners.add(listener);
      abort.signal.addEventListener(type, listener, options);
    },
    removeEventListener: (type: string, listener: () => void) => {
      if (type === "abort") listeners.delete(listener);
      abort.signal.removeEventListener(type, listener);
    },
  };
  const signal = new Proxy(abort.signal, {
    get: (target, name) => (typeof name === "string" ? watch[name] : undefined) ?? Reflect.get(target, name, target),
  });
  return { signal, listening: () => listeners.size, added: () => added };
}

test.each([2 ** 31, 1e12, Infinity])(
  "a sleep of %d ms is one sleep until the signal aborts, not one of a millisecond after the other",
  async (durationMs) => {
    const abort = new AbortController();
    const { signal, added } = watchSignal(abort);
    const sleep = systemClock.sleep(durationMs, signal);
    let isOver = false;
    void sleep.then(() => (isOver = true));
    await systemClock.sleep(20);
    expect({ isOver, timers: added() }).toEqual({ isOver: false, timers: 1 });
    abort.abort();
    expect(await took(() => sleep)).toBeLessThan(500);
  },
);

test("does not sleep at all when the signal has aborted before", async () => {
  expect(await took(() => systemClock.sleep(60_000, AbortSignal.abort()))).toBeLessThan(500);
});

test("leaves no listener behind on a signal that outlives many sleeps", async () => {
  const { signal, listening } = watchSignal(new AbortController());
  const sleep = systemClock.sleep(5, signal);
  expect(listening()).toBe(1);
  await sleep;
  expect(listening()).toBe(0);
});

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("leaves no timer behind when the signal cuts a sleep short", async () => {
  const before = timers();
  const abort = new AbortController();
  const sleep = systemClock.sleep(3_600_000, abort.signal);
  expect(timers()).toBe(before + 1);
  abort.abort();
  await sleep;
  expect(timers()).toBe(before);
});
