import { expect, test } from "@jest/globals";
import type { RequestError } from "../../src/bearer/request-error.ts";
import { lookForNew, lookPatiently } from "../../src/look.ts";
import {
  answerError,
  createScene,
  goLive,
  networkError,
  preview,
  type Scene,
  serviceError,
  START_MS,
} from "../harness/scripted-marketplace.ts";

const SHORT = [500, 2_000, 5_000, 10_000, 15_000];
const LONG = [...SHORT, 30_000, 60_000];
const FAR_MS = START_MS + 3_600_000;
const KNOWN = new Set(["1"]);

const lists = (times: readonly number[]): string[] => times.map((time) => `${time} list`);
const look = (scene: Scene, after: RequestError = networkError()) => lookForNew(KNOWN, after, scene.options);

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
  expect(await lookPatiently(scene.options, FAR_MS)).toEqual({ entries: list, serviceTimeMs: START_MS + 1_000 });
  expect(scene.asked).toEqual(lists([0, 1_000]));
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

test.each([
  { name: "a broken connection", after: networkError("reset"), times: SHORT },
  { name: "a time-out", after: networkError("timeout"), times: LONG },
  { name: "a time-out of the connection", after: networkError("connectTimeout"), times: SHORT },
  { name: "an unusable 200", after: answerError(200), times: LONG },
  { name: "an unusable 202", after: answerError(202), times: LONG },
  { name: "a 400", after: serviceError(400), times: [0] },
  { name: "a 409", after: serviceError(409), times: SHORT },
  { name: "a 500", after: serviceError(500), times: SHORT },
])("after $name looks at $times ms and then says none", async ({ after, times }) => {
  const scene = createScene({ list: [[goLive("1"), preview("2")]] });
  expect(await look(scene, after)).toBe("none");
  expect(scene.asked).toEqual(lists(times));
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
  expect(await look(scene)).toBe("none");
  expect(scene.asked).toEqual(lists(SHORT));
});

test("stops looking when a new go-live is there", async () => {
  const found = goLive("2");
  const scene = createScene({ list: [[], [goLive("1")], [goLive("1"), found]] });
  expect(await look(scene)).toBe(found);
  expect(scene.asked).toEqual(lists([500, 2_000, 5_000]));
});

test.each([
  { name: "the one that runs", list: [goLive("2", "failed"), goLive("3"), goLive("4")], id: "3" },
  { name: "the first when all have ended", list: [goLive("2", "failed"), goLive("3", "succeeded")], id: "2" },
  { name: "no preview", list: [preview("2"), goLive("3", "failed")], id: "3" },
  { name: "none that was there before", list: [goLive("1"), goLive("2", "canceled")], id: "2" },
])("chooses among several: $name", async ({ list, id }) => {
  expect(await look(createScene({ list: [list] }))).toBe(list.find((submission) => submission.id === id));
});

test.each([400, 401, 403, 404, 410, 499])("cannot tell as soon as a look is answered with %i", async (status) => {
  const scene = createScene({ list: [[], serviceError(status), [goLive("2")]] });
  expect(await look(scene)).toBe("cannotTell");
  expect(scene.asked).toEqual(lists([500, 2_000]));
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
  expect(await look(scene)).toBe("none");
  expect(scene.asked).toEqual(lists(SHORT));
});

const lastUnanswered = [[], [], [], [], networkError()] as const;

test.each([
  { name: "cannot tell when nobody answers", replies: [networkError()], result: "cannotTell" },
  { name: "says none when the list shows nothing new", replies: [networkError(), [goLive("1")]], result: "none" },
])("looks on when the last look of all is not answered, and $name", async ({ replies, result }) => {
  const scene = createScene({ list: [...lastUnanswered, ...replies] });
  expect(await look(scene)).toBe(result);
  const more = result === "none" ? [15_000, 16_000] : [15_000, 16_000, 18_000, 22_000, 30_000, 45_000];
  expect(scene.asked).toEqual(lists([...SHORT, ...more]));
});

test("finds the go-live in the patient look after the last one", async () => {
  const found = goLive("2");
  expect(await look(createScene({ list: [...lastUnanswered, [found]] }))).toBe(found);
});

test.each([
  { retryAfterMs: 60_000, result: "none", more: [15_000, 75_000] },
  { retryAfterMs: 60_001, result: "cannotTell", more: [15_000] },
])("looks on for a minute: Retry-After $retryAfterMs ms means $result", async ({ retryAfterMs, result, more }) => {
  const scene = createScene({ list: [...lastUnanswered, serviceError(503, retryAfterMs), []] });
  expect(await look(scene)).toBe(result);
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
