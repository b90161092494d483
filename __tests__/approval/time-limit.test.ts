import { expect, test } from "@jest/globals";
import type { Clock } from "../../src/clock.ts";
import { LateError, type TimeLimit, withinLimit } from "../../src/time-limit.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";
import { patientClock } from "./patient-clock.ts";

const never = (): Promise<never> => new Promise(() => {});

function limited(clock: Clock, run = new AbortController()): TimeLimit {
  return { clock, signal: run.signal, limitMs: 30_000, giveUp: (why) => new Error(`given up: ${why}`) };
}

test("passes on what comes in time, be it an answer or an error", async () => {
  await expect(withinLimit(limited(patientClock), () => Promise.resolve(7))).resolves.toBe(7);
  const failure = new Error("said no");
  await expect(withinLimit(limited(patientClock), () => Promise.reject(failure))).rejects.toBe(failure);
});

test("gives up when the time is over, says so, and tells the asked", async () => {
  const clock = createVirtualClock();
  let told: AbortSignal | undefined;
  const asked = withinLimit(limited(clock), (signal) => {
    told = signal;
    return never();
  });
  await expect(asked).rejects.toThrow("given up: no answer within 30 s");
  expect(clock.sleeps).toEqual([30_000]);
  expect(told?.aborted).toBe(true);
});

test("gives up at once when the run is cancelled", async () => {
  const run = new AbortController();
  const asked = withinLimit(limited(patientClock, run), never);
  run.abort();
  await expect(asked).rejects.toThrow("given up: the run was cancelled");
});

test("says in an error of its own that it was late, where nobody asks for another one", async () => {
  const { signal } = new AbortController();
  const late = withinLimit({ clock: createVirtualClock(), signal, limitMs: 1_500 }, never);
  await expect(late).rejects.toThrow(new LateError("no answer within 1.5 s"));
  await expect(late).rejects.toMatchObject({ name: "LateError" });
  const cut = withinLimit({ clock: patientClock, signal: AbortSignal.abort(), limitMs: 1_500 }, never);
  await expect(cut).rejects.toThrow(new LateError("the run was cancelled"));
});

test("leaves nothing waiting once it has ended", async () => {
  let stop: AbortSignal | undefined;
  const clock: Clock = {
    now: () => 0,
    sleep: (durationMs, signal) => {
      stop = signal;
      return patientClock.sleep(durationMs, signal);
    },
  };
  await withinLimit(limited(clock), () => Promise.resolve());
  expect(stop?.aborted).toBe(true);
});
