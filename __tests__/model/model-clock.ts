import { setImmediate as nextTurn } from "node:timers/promises";
import type { EmulatorClock } from "../../emulator/wire/clock.ts";
import type { Clock } from "../../src/clock.ts";

/** A time that action and emulator share, and that passes only while both have nothing to do but wait. */
export interface ModelClock {
  readonly now: () => number;
  /** The time as the action sees it. */
  readonly action: Clock;
  /** The time as the emulator sees it. */
  readonly service: EmulatorClock;
  /** How many sleeps of the action have not ended. */
  readonly sleepers: number;
  /** Rejects when nobody would ever wake, or the time goes on without end. */
  readonly hang: Promise<never>;
  /** Does something when the time has come; that alone does not make time pass. */
  at(atMs: number, act: () => void): void;
  /** To be called around every request: while one is on its way, only the emulator's own slowness takes time. */
  requestBegins(): void;
  requestEnds(): void;
  /** Lets time pass without anybody noticing. */
  skip(durationMs: number): void;
}

interface Sleeper {
  readonly whose: "action" | "service" | "script";
  readonly wakesAtMs: number;
  readonly wake: () => void;
}

/** Turns of the event loop in which everything that was written to a loopback connection has arrived and been read. */
const TURNS_ON_THE_WIRE = 25;
/** Enough for what follows a request or a wake-up without any input or output. */
const TURNS_AT_REST = 2;

/** A clock for one run, at first showing `startMs` (milliseconds since the epoch); it gives up after `longestMs`. */
export function createModelClock(startMs: number, longestMs: number): ModelClock {
  const hang = Promise.withResolvers<never>();
  // Whoever races it against a run hears of it; when nobody does, it is no news.
  hang.promise.catch(() => undefined);
  let nowMs = startMs;
  let sleepers: readonly Sleeper[] = [];
  let requests = 0;
  let changes = 0;
  let isPassing = false;

  /** Whether everybody waits: for the emulator, which sleeps over a request, or for the end of a pause. */
  const isIdle = (): boolean => sleepers.some(({ whose }) => whose === (requests > 0 ? "service" : "action"));

  const changed = (): void => {
    changes += 1;
    if (!isPassing && isIdle()) void pass();
  };

  async function pass(): Promise<void> {
    isPassing = true;
    while (isIdle()) {
      const before = changes;
      for (let turns = requests > 0 ? TURNS_ON_THE_WIRE : TURNS_AT_REST; turns > 0; turns -= 1) await nextTurn();
      if (changes === before && !wakeNext()) break;
    }
    isPassing = false;
  }

  function wakeNext(): boolean {
    const nextMs = Math.min(...sleepers.map(({ wakesAtMs }) => wakesAtMs));
    if (nextMs > startMs + longestMs) {
      hang.reject(new Error(nextMs === Infinity ? "nobody would ever wake" : `nothing ended within ${longestMs} ms`));
      return false;
    }
    nowMs = Math.max(nowMs, nextMs);
    const due = sleepers.filter(({ wakesAtMs }) => wakesAtMs <= nowMs);
    sleepers = sleepers.filter(({ wakesAtMs }) => wakesAtMs > nowMs);
    for (const { wake } of due) wake();
    return true;
  }

  function sleep(whose: Sleeper["whose"], durationMs: number, signal?: AbortSignal): Promise<void> {
    if (!(durationMs > 0) || signal?.aborted === true) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = (): void => {
      sleepers = sleepers.filter((each) => each !== sleeper);
      wake();
    };
    const wake = (): void => {
      signal?.removeEventListener("abort", stop);
      resolve();
      changed();
    };
    const sleeper: Sleeper = { whose, wakesAtMs: nowMs + durationMs, wake };
    sleepers = [...sleepers, sleeper];
    signal?.addEventListener("abort", stop, { once: true });
    changed();
    return promise;
  }

  return {
    now: () => nowMs,
    action: { now: () => nowMs, sleep: (durationMs, signal) => sleep("action", durationMs, signal) },
    service: { now: () => nowMs, sleep: (durationMs) => sleep("service", durationMs) },
    get sleepers() {
      return sleepers.filter(({ whose }) => whose === "action").length;
    },
    hang: hang.promise,
    at(atMs, act) {
      sleepers = [...sleepers, { whose: "script", wakesAtMs: atMs, wake: act }];
    },
    requestBegins() {
      requests += 1;
      changed();
    },
    requestEnds() {
      requests -= 1;
      // What the emulator still sleeps over belongs to requests that nobody waits for any more.
      if (requests === 0) sleepers = sleepers.filter(({ whose }) => whose !== "service");
      changed();
    },
    skip(durationMs) {
      nowMs += durationMs;
    },
  };
}
