import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { pauseMs, poll, type PollOptions, type Reply, type Schedule } from "../../src/go-live/poll.ts";
import { createVirtualClock, type VirtualClock } from "../harness/virtual-clock.ts";

const MINUTE_MS = 60_000;
const AGAIN = { retryAfterMs: undefined } as const;
const schedule = (longestPauseMs: number, random = 0): Schedule => ({ longestPauseMs, random: () => random });

interface Polling {
  readonly clock: VirtualClock;
  readonly abort: AbortController;
  /** When each question was asked, in milliseconds since the start. */
  readonly askedAtMs: number[];
  readonly run: (reply: (nth: number) => Reply<string>, plan?: Partial<PollOptions>) => ReturnType<typeof poll<string>>;
}

function createPolling(startMs = 1_000_000): Polling {
  const clock = createVirtualClock(startMs);
  const abort = new AbortController();
  const askedAtMs: number[] = [];
  return {
    clock,
    abort,
    askedAtMs,
    run: (reply, plan = {}) =>
      poll(
        async () => {
          askedAtMs.push(clock.now() - startMs);
          return reply(askedAtMs.length);
        },
        {
          clock,
          signal: abort.signal,
          schedule: schedule(MINUTE_MS),
          isFirstAtOnce: false,
          ...plan,
          deadlineMs: startMs + (plan.deadlineMs ?? 60 * MINUTE_MS),
        },
      ),
  };
}

test.each([
  { waitedMs: 0, random: 0, pause: 1_500 },
  { waitedMs: 30_000, random: 0, pause: 1_500 },
  { waitedMs: 60_000, random: 0, pause: 3_000 },
  { waitedMs: 60_000, random: 1, pause: 2_550 },
  { waitedMs: 60_000, random: 0.5, pause: 2_775 },
  { waitedMs: 10 * MINUTE_MS, random: 0, pause: 30_000 },
  { waitedMs: 20 * MINUTE_MS, random: 0, pause: 60_000 },
  { waitedMs: 600 * MINUTE_MS, random: 0, pause: 60_000 },
  { waitedMs: 600 * MINUTE_MS, random: 1, pause: 51_000 },
])("pauses $pause ms after $waitedMs ms when chance says $random", ({ waitedMs, random, pause }) => {
  expect(pauseMs(waitedMs, schedule(MINUTE_MS, random))).toBeCloseTo(pause, 6);
});

test.each([
  { restMs: 100_000, pause: 30_000 },
  { restMs: 60_000, pause: 30_000 },
  { restMs: 40_000, pause: 20_000 },
  { restMs: 3_000, pause: 1_500 },
  { restMs: 0, pause: 1_500 },
])("after ten minutes pauses $pause ms when $restMs ms may be left", ({ restMs, pause }) => {
  expect(pauseMs(10 * MINUTE_MS, schedule(MINUTE_MS), restMs)).toBe(pause);
});

test("asks sooner when the end may be near, and as before when it is not", async () => {
  const polling = createPolling();
  const reply = (nth: number): Reply<string> => {
    if (nth === 1) polling.clock.pass(10 * MINUTE_MS);
    return nth === 4 ? { done: "over" } : { retryAfterMs: undefined, restMs: nth === 2 ? 10_000 : undefined };
  };
  await polling.run(reply, { isFirstAtOnce: true });
  expect(polling.askedAtMs).toEqual([0, 630_000, 635_000, 666_750]);
});

test("waits as long as the service asks, however near the end may be", async () => {
  const polling = createPolling();
  await polling.run((nth) => (nth === 2 ? { done: "over" } : { retryAfterMs: 90_000, restMs: 10 }));
  expect(polling.askedAtMs).toEqual([1_500, 91_500]);
});

test("never pauses longer than the limit, nor more than 15 % under what the schedule says", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0.001, max: 3.6e6, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (waitedMs, longestPauseMs, random) => {
        const pause = pauseMs(waitedMs, schedule(longestPauseMs, random));
        const full = pauseMs(waitedMs, schedule(longestPauseMs, 0));
        expect(pause).toBeLessThanOrEqual(longestPauseMs);
        expect(full).toBeCloseTo(Math.min(longestPauseMs, Math.max(1_500, waitedMs / 20)), 6);
        expect(pause).toBeGreaterThanOrEqual(full * 0.85 - 1e-6);
        expect(pause).toBeLessThanOrEqual(full);
        // A hint can only make it shorter, down to the first pause.
        const hinted = pauseMs(waitedMs, schedule(longestPauseMs, 0), waitedMs / 50);
        expect(hinted).toBeCloseTo(Math.min(longestPauseMs, Math.max(1_500, waitedMs / 100)), 6);
      },
    ),
  );
});

test.each([0, 0.3, 1])("asks first within 2 s, but not at once (chance %d)", async (random) => {
  const polling = createPolling();
  const end = await polling.run(() => ({ done: "over" }), { schedule: schedule(MINUTE_MS, random) });
  expect(end).toEqual({ kind: "done", value: "over" });
  expect(polling.askedAtMs).toEqual([1_500 * (1 - 0.15 * random)]);
});

test("asks first at once when told to, and pauses after that", async () => {
  const polling = createPolling();
  await polling.run((nth) => (nth === 2 ? { done: "over" } : AGAIN), { isFirstAtOnce: true });
  expect(polling.askedAtMs).toEqual([0, 1_500]);
});

test("asks less and less often: the pauses grow with the time already waited", async () => {
  const polling = createPolling();
  await polling.run(() => AGAIN);
  const gaps = polling.askedAtMs.slice(1).map((atMs, at) => atMs - (polling.askedAtMs[at] ?? 0));
  const expected = polling.askedAtMs.slice(0, -1).map((atMs) => Math.min(MINUTE_MS, Math.max(1_500, atMs / 20)));
  // The last one is cut short by the deadline.
  expect(gaps.slice(0, -1)).toEqual(expected.slice(0, -1).map((gap) => expect.closeTo(gap, 3)));
});

test("counts the time that questions take as time waited", async () => {
  const polling = createPolling();
  await polling.run((nth) => {
    polling.clock.pass(10 * MINUTE_MS);
    return nth === 2 ? { done: "over" } : AGAIN;
  });
  expect(polling.askedAtMs[1]).toBeCloseTo(1_500 + 10 * MINUTE_MS + (1_500 + 10 * MINUTE_MS) / 20, 3);
});

test("asks a last time at the deadline, and once only", async () => {
  const polling = createPolling();
  const end = await polling.run(() => AGAIN, { deadlineMs: 10_000 });
  expect(end).toEqual({ kind: "deadline" });
  expect(polling.askedAtMs).toEqual([1_500, 3_000, 4_500, 6_000, 7_500, 9_000, 10_000]);
});

test("takes the answer to the last question, even when it comes after the deadline", async () => {
  const polling = createPolling();
  const end = await polling.run(
    (nth) => {
      if (nth === 1) return AGAIN;
      polling.clock.pass(30_000);
      return { done: "over" };
    },
    { deadlineMs: 2_000 },
  );
  expect(end).toEqual({ kind: "done", value: "over" });
  expect(polling.askedAtMs).toEqual([1_500, 2_000]);
});

test("asks once when the time to wait is shorter than the first pause", async () => {
  const polling = createPolling();
  expect(await polling.run(() => AGAIN, { deadlineMs: 3 })).toEqual({ kind: "deadline" });
  expect(polling.askedAtMs).toEqual([3]);
});

test.each([
  { title: "waits as long as the service asks", retryAfterMs: 20_000, second: 21_500 },
  { title: "waits longer than the longest pause if the service asks", retryAfterMs: 300_000, second: 301_500 },
  { title: "never asks sooner than by its own schedule", retryAfterMs: 10, second: 3_000 },
  { title: "asks at the deadline when the service asks for more", retryAfterMs: 1e12, second: 60 * MINUTE_MS },
  { title: "asks at the deadline when the service asks for ever", retryAfterMs: Infinity, second: 60 * MINUTE_MS },
])("$title", async ({ retryAfterMs, second }) => {
  const polling = createPolling();
  await polling.run((nth) => (nth === 2 ? { done: "over" } : { retryAfterMs }));
  expect(polling.askedAtMs).toEqual([1_500, second]);
});

test("forgets what the service asked for once it answers without", async () => {
  const polling = createPolling();
  await polling.run((nth) => (nth === 3 ? { done: "over" } : { retryAfterMs: nth === 1 ? 20_000 : undefined }));
  expect(polling.askedAtMs).toEqual([1_500, 21_500, 23_000]);
});

test("stops at once when the run is cancelled in a pause, without another question", async () => {
  const polling = createPolling();
  polling.clock.at(1_000_000 + 2_000, () => polling.abort.abort());
  expect(await polling.run(() => AGAIN)).toEqual({ kind: "interrupted" });
  expect(polling.askedAtMs).toEqual([1_500]);
  expect(polling.clock.now()).toBe(1_002_000);
});

test("asks nothing when the run is cancelled already", async () => {
  const polling = createPolling();
  polling.abort.abort();
  expect(await polling.run(() => AGAIN, { isFirstAtOnce: true })).toEqual({ kind: "interrupted" });
  expect(polling.askedAtMs).toEqual([]);
});

test("stops after a question during which the run is cancelled, without a pause", async () => {
  const polling = createPolling();
  const end = await polling.run(() => {
    polling.abort.abort();
    return AGAIN;
  });
  expect(end).toEqual({ kind: "interrupted" });
  expect(polling.clock.sleeps).toHaveLength(1);
});

test("is interrupted, not late, when the run is cancelled at the last question", async () => {
  const polling = createPolling();
  const reply = (): Reply<string> => {
    polling.abort.abort();
    return AGAIN;
  };
  expect(await polling.run(reply, { deadlineMs: 3 })).toEqual({ kind: "interrupted" });
});

test("keeps an end that came while the run was cancelled", async () => {
  const polling = createPolling();
  const end = await polling.run(() => {
    polling.abort.abort();
    return { done: "over" };
  });
  expect(end).toEqual({ kind: "done", value: "over" });
});

test("throws what a question throws", async () => {
  const polling = createPolling();
  const bug = new TypeError("a bug");
  await expect(
    polling.run(() => {
      throw bug;
    }),
  ).rejects.toBe(bug);
  expect(polling.askedAtMs).toHaveLength(1);
});

test("asks about as often as 5 % of the time allows: a day takes fewer than 1,600 questions, an hour fewer than 150", async () => {
  const hour = createPolling();
  await hour.run(() => AGAIN);
  expect(hour.askedAtMs.length).toBeLessThan(150);
  const day = createPolling();
  await day.run(() => AGAIN, { deadlineMs: 24 * 60 * MINUTE_MS });
  expect(day.askedAtMs.length).toBeLessThan(1_600);
});
