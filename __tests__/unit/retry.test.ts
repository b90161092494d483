import { expect, test } from "@jest/globals";
import { type RequestError, ServiceError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { retry, type RetryOptions } from "../../src/go-live/retry.ts";
import { createVirtualClock, type VirtualClock } from "../harness/virtual-clock.ts";

const REQUEST = { method: "GET", url: "https://service.example/api/x" } as const;
const reset = new NetworkError(REQUEST, "reset", true);
const service = (status: number, retryAfterMs?: number): ServiceError =>
  new ServiceError(REQUEST, { status, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs });

interface Trial {
  readonly clock: VirtualClock;
  readonly abort: AbortController;
  readonly told: { readonly error: RequestError; readonly pauseMs: number }[];
  readonly asked: () => number;
  readonly run: (answers: readonly unknown[], plan?: Partial<RetryOptions>) => Promise<unknown>;
}

/** Asks for `answers` in order: an error is thrown, anything else returned; the last one again and again. */
function createTrial(): Trial {
  const clock = createVirtualClock(5_000);
  const abort = new AbortController();
  const told: Trial["told"] = [];
  let asked = 0;
  return {
    clock,
    abort,
    told,
    asked: () => asked,
    run: (answers, plan = {}) =>
      retry(
        async () => {
          const answer = answers[Math.min(asked, answers.length - 1)];
          asked += 1;
          if (answer instanceof Error) throw answer;
          return answer;
        },
        {
          clock,
          signal: abort.signal,
          pausesMs: [100, 200, 400],
          deadlineMs: Infinity,
          onRetry: (error, pauseMs) => told.push({ error, pauseMs }),
          ...plan,
        },
      ),
  };
}

test("asks once when it is answered", async () => {
  const trial = createTrial();
  expect(await trial.run(["yes"])).toBe("yes");
  expect(trial.asked()).toBe(1);
  expect(trial.told).toEqual([]);
});

test("asks again after growing pauses until it is answered, telling of every fault", async () => {
  const trial = createTrial();
  const unusable = new AnswerError({ request: REQUEST, status: 200, requestId: undefined }, "notJson");
  const bad = service(503);
  expect(await trial.run([reset, bad, unusable, "yes"])).toBe("yes");
  expect(trial.told).toEqual([
    { error: reset, pauseMs: 100 },
    { error: bad, pauseMs: 200 },
    { error: unusable, pauseMs: 400 },
  ]);
  expect(trial.clock.sleeps).toEqual([100, 200, 400]);
});

test("gives the last error up when the tries are used up", async () => {
  const trial = createTrial();
  const last = service(500);
  await expect(trial.run([reset, reset, reset, last])).rejects.toBe(last);
  expect(trial.asked()).toBe(4);
  expect(trial.told).toHaveLength(3);
});

test.each([400, 401, 403, 404, 409])("does not ask again after a final %d", async (status) => {
  const trial = createTrial();
  const no = service(status);
  await expect(trial.run([no, "yes"])).rejects.toBe(no);
  expect(trial.asked()).toBe(1);
  expect(trial.clock.sleeps).toEqual([]);
});

test("does not ask again after an error that is not a request's: it is a bug", async () => {
  const trial = createTrial();
  const bug = new TypeError("a bug");
  await expect(trial.run([bug, "yes"])).rejects.toBe(bug);
  expect(trial.asked()).toBe(1);
});

test("pauses as long as the service asks, but never shorter than the ladder says", async () => {
  const trial = createTrial();
  await trial.run([service(429, 5_000), service(429, 1), "yes"]);
  expect(trial.clock.sleeps).toEqual([5_000, 200]);
  expect(trial.told.map(({ pauseMs }) => pauseMs)).toEqual([5_000, 200]);
});

test.each([
  { deadlineMs: 5_100, asked: 2 },
  { deadlineMs: 5_099, asked: 1 },
])("starts no pause that would end after the deadline ($deadlineMs)", async ({ deadlineMs, asked }) => {
  const trial = createTrial();
  await expect(trial.run([reset], { deadlineMs })).rejects.toBe(reset);
  expect(trial.asked()).toBe(asked);
  expect(trial.told).toHaveLength(asked - 1);
});

test("gives up at once when the service asks for a pause beyond the deadline", async () => {
  const trial = createTrial();
  const busy = service(503, Infinity);
  await expect(trial.run([busy, "yes"], { deadlineMs: 1e9 })).rejects.toBe(busy);
  expect(trial.clock.sleeps).toEqual([]);
});

test("does not ask again when the run was cancelled during the question", async () => {
  const trial = createTrial();
  trial.abort.abort();
  await expect(trial.run([reset, "yes"])).rejects.toBe(reset);
  expect(trial.told).toEqual([]);
  expect(trial.clock.sleeps).toEqual([]);
});

test("does not ask again when the run is cancelled in the pause", async () => {
  const trial = createTrial();
  trial.clock.at(5_050, () => trial.abort.abort());
  await expect(trial.run([reset, "yes"])).rejects.toBe(reset);
  expect(trial.asked()).toBe(1);
  expect(trial.clock.now()).toBe(5_050);
});
