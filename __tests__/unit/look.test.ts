import { expect, test } from "@jest/globals";
import type { Baseline } from "../../src/go-live/baseline.ts";
import { lookForEither, lookForTrace, lookPatiently } from "../../src/go-live/look.ts";
import {
  answerError,
  createScene,
  goLive,
  networkError,
  preview,
  type Scene,
  serviceError,
  standingOf,
  START_MS,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const SHORT = [500, 2_000, 5_000, 10_000, 15_000];
const FAR_MS = START_MS + 3_600_000;
const BASELINE: Baseline = { keys: new Set(["1"]), sentAtMs: START_MS };
const NONE = { kind: "none" };

const lists = (times: readonly number[]): string[] => times.map((time) => `${time} list`);

async function look(scene: Scene, timesMs = SHORT) {
  const traced = await lookForTrace(BASELINE, timesMs, scene.options);
  return traced === "cannotTell" ? traced : traced.trace;
}

test("asks for the list again after 1, 2, 4, 8 and 15 s, says so, and then gives the last error back", async () => {
  const [error, last] = [networkError(), serviceError(503)];
  const scene = createScene({ list: [error, error, error, error, error, last] });
  expect(await lookPatiently(scene.options, FAR_MS)).toBe(last);
  expect(scene.asked).toEqual(lists([0, 1_000, 3_000, 7_000, 15_000, 30_000]));
  const pauses = [1_000, 2_000, 4_000, 8_000, 15_000];
  expect(scene.events).toStrictEqual(pauses.map((pauseMs) => ({ kind: "retrying", error, pauseMs })));
  expect(scene.events.every((event) => event.kind === "retrying" && event.error === error)).toBe(true);
});

test("gives the list back as soon as it is told", async () => {
  const list = [goLive("1")];
  const scene = createScene({ list: [networkError(), list] });
  const standing = await standingOf(list, WAITS, START_MS + 1_000);
  expect(await lookPatiently(scene.options, FAR_MS)).toEqual({ standing, readiness: standing.readiness.live });
  expect(scene.asked).toEqual(lists([0, 1_000]));
});

test("asks for list and status again while the status cannot be had, and gives its error back in the end", async () => {
  const error = networkError("timeout");
  const scene = createScene({ list: [[]], offerStatus: [error, error, WAITS] });
  expect(await lookPatiently(scene.options, FAR_MS)).toMatchObject({ readiness: { kind: "ready" } });
  expect(scene.asked).toEqual([0, 1_000, 3_000].flatMap((time) => [`${time} list`, `${time} offerStatus`]));
  const refused = createScene({ list: [[]], offerStatus: [serviceError(403)] });
  expect(await lookPatiently(refused.options, FAR_MS)).toEqual(serviceError(403));
  expect(refused.asked).toEqual(["0 list", "0 offerStatus"]);
});

test("keeps a trace of the go-live although the status cannot be had", async () => {
  const ended = goLive("2", "failed", START_MS);
  const scene = createScene({ list: [[], [ended]], offerStatus: [networkError()] });
  expect(await lookForEither(BASELINE, scene.options, FAR_MS)).toMatchObject({
    trace: { kind: "own", submission: ended },
    standing: { readiness: { live: { kind: "notTold" } } },
  });
  expect(scene.asked).toEqual(["0 list", "0 offerStatus", "1000 list", "1000 offerStatus"]);
});

test("without a trace waits for the status until the deadline", async () => {
  const error = networkError();
  const told = createScene({ list: [[]], offerStatus: [error, WAITS] });
  const none = { trace: NONE, standing: { readiness: { live: { kind: "ready" } } } };
  expect(await lookForEither(BASELINE, told.options, FAR_MS)).toMatchObject(none);
  const silent = createScene({ list: [[]], offerStatus: [error] });
  expect(await lookForEither(BASELINE, silent.options, START_MS + 3_000)).toBe(error);
  expect(silent.asked.filter((line) => line.endsWith("list"))).toEqual(lists([0, 1_000, 3_000]));
});

test("asks for the list no more when the next pause would pass the deadline", async () => {
  const scene = createScene({ list: [networkError()] });
  await lookPatiently(scene.options, START_MS + 3_000);
  expect(scene.asked).toEqual(lists([0, 1_000, 3_000]));
});

test("throws a bug in a patient look and in a single one", async () => {
  const bug = new RangeError("a bug");
  await expect(lookPatiently(createScene({ list: [bug] }).options, FAR_MS)).rejects.toBe(bug);
  await expect(look(createScene({ list: [bug, []] }))).rejects.toBe(bug);
});

test("looks at each of the given times, and then says that there is no trace", async () => {
  const scene = createScene({ list: [[goLive("1", "failed"), preview("2")]] });
  expect(await look(scene)).toEqual(NONE);
  expect(scene.asked).toEqual(lists(SHORT));
  expect(scene.events).toEqual([]);
});

test("keeps the times of the looks when the looks themselves are slow", async () => {
  const scene = createScene({
    list: [
      () => {
        scene.clock.pass(1_000);
        return [];
      },
    ],
  });
  expect(await look(scene)).toEqual(NONE);
  expect(scene.asked).toEqual(lists(SHORT));
});

test("stops looking when a go-live is there", async () => {
  const found = goLive("2", "running", START_MS);
  const scene = createScene({ list: [[], [goLive("1", "failed")], [goLive("1", "failed"), found]] });
  expect(await look(scene)).toEqual({ kind: "own", submission: found });
  expect(scene.asked).toEqual(lists([500, 2_000, 5_000]));
});

test("looks on while only the end of a go-live shows of which nobody knows whose it was, and then says so", async () => {
  const scene = createScene({ list: [[goLive("2", "failed")]] });
  expect(await look(scene)).toEqual({ kind: "doubtful" });
  expect(scene.asked).toEqual(lists(SHORT));
});

test.each([400, 401, 403, 404, 410, 499])("takes a single %i for a stray one", async (status) => {
  const found = goLive("2", "running", START_MS);
  const scene = createScene({ list: [[], serviceError(status), serviceError(status), [found]] });
  expect(await look(scene)).toEqual({ kind: "own", submission: found });
});

test.each([400, 401, 403, 404, 410, 499])("cannot tell after three %i in a row", async (status) => {
  const scene = createScene({ list: [[], serviceError(status)] });
  expect(await look(scene)).toBe("cannotTell");
  expect(scene.asked).toEqual(lists([500, 2_000, 5_000, 10_000]));
});

test("cannot tell when the last look of all is refused", async () => {
  const scene = createScene({ list: [serviceError(403)] });
  expect(await look(scene, [0])).toBe("cannotTell");
  expect(scene.asked).toEqual(lists([0]));
});

test.each([
  { name: "a 408", error: serviceError(408) },
  { name: "a 429", error: serviceError(429) },
  { name: "a 500", error: serviceError(500) },
  { name: "a redirect", error: serviceError(302) },
  { name: "a broken connection", error: networkError() },
  { name: "an unusable answer", error: answerError() },
])("goes on after a look that ended with $name", async ({ error }) => {
  const scene = createScene({ list: [error, error, []] });
  expect(await look(scene)).toEqual(NONE);
  expect(scene.asked).toEqual(lists(SHORT));
});

const lastUnanswered = [[], [], [], [], networkError()] as const;

test.each([
  { name: "cannot tell when nobody answers", replies: [networkError()], result: "cannotTell" },
  { name: "says none when the list shows nothing new", replies: [networkError(), []], result: NONE },
])("looks on when the last look of all is not answered, and $name", async ({ replies, result }) => {
  const scene = createScene({ list: [...lastUnanswered, ...replies] });
  expect(await look(scene)).toEqual(result);
  const more = result === NONE ? [15_000, 16_000] : [15_000, 16_000, 18_000, 22_000, 30_000, 45_000];
  expect(scene.asked).toEqual(lists([...SHORT, ...more]));
});

test("finds the go-live in the patient look after the last one", async () => {
  const found = goLive("2", "running", START_MS);
  expect(await look(createScene({ list: [...lastUnanswered, [found]] }))).toEqual({ kind: "own", submission: found });
});

test.each([
  { retryAfterMs: 60_000, result: NONE, more: [15_000, 75_000] },
  { retryAfterMs: 60_001, result: "cannotTell", more: [15_000] },
])("looks on for a minute: Retry-After $retryAfterMs ms means $result", async ({ retryAfterMs, result, more }) => {
  const scene = createScene({ list: [...lastUnanswered, serviceError(503, retryAfterMs), []] });
  expect(await look(scene)).toEqual(result);
  expect(scene.asked).toEqual(lists([...SHORT, ...more]));
});

test("cannot tell when the run is cancelled between two looks, and looks no more", async () => {
  const scene = createScene({ list: [[]] });
  scene.clock.at(START_MS + 3_000, () => scene.abort.abort());
  expect(await look(scene)).toBe("cannotTell");
  expect(scene.asked).toEqual(lists([500, 2_000]));
});

test("hands the run's signal to every look", async () => {
  const signals: AbortSignal[] = [];
  const scene = createScene({
    list: [
      (signal) => {
        signals.push(signal);
        return networkError();
      },
    ],
  });
  await look(scene);
  expect(signals).toHaveLength(11);
  expect(signals.every((signal) => signal === scene.options.signal)).toBe(true);
});
