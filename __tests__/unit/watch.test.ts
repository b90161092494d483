import { expect, test } from "@jest/globals";
import type { OperationAnswer } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/operation.ts";
import type { Followed, Origin } from "../../src/outcome.ts";
import { watch, type WatchOptions } from "../../src/watch.ts";
import { followed, operation, step } from "../harness/operation.ts";
import {
  answerError,
  createScene,
  networkError,
  type Reply,
  type Scene,
  serviceError,
  START_MS,
} from "../harness/scripted-marketplace.ts";

const MINUTE_MS = 60_000;
const schedule = { longestPauseMs: MINUTE_MS, random: () => 0 };
const answer = (status: OperationStatus = "running", retryAfterMs?: number): OperationAnswer => ({
  operation: operation({ status, statusWord: status }),
  retryAfterMs,
});
const createWatch = (...replies: readonly Reply<OperationAnswer>[]): Scene => createScene({ operation: replies });
const follow = (scene: Scene, origin: Followed | Origin = "started", plan: Partial<WatchOptions> = {}) =>
  watch(typeof origin === "string" ? followed(origin) : origin, {
    ...scene.options,
    schedule,
    timeoutMs: 60 * MINUTE_MS,
    ...plan,
  });
const shared = (origin: Origin): Followed => {
  const { reference } = followed(origin);
  return { origin, reference: { ...reference, isShared: true } };
};
const times = (scene: Scene): number[] => scene.asked.map((line) => Number.parseInt(line, 10));
const words = (scene: Scene): string[] => scene.events.map((event) => event.kind);
const passing = [networkError(), answerError(), serviceError(408), serviceError(429), serviceError(500)];

test.each(["succeeded", "failed", "canceled"] as const)("follows an operation until it has %s", async (status) => {
  const scene = createWatch(answer("notStarted"), answer(), answer(status));
  const end = { ...followed(), kind: "ended", status, operation: answer(status).operation };
  expect(await follow(scene)).toStrictEqual(end);
  expect(times(scene)).toEqual([1_500, 3_000, 4_500]);
  expect(scene.events).toEqual([
    { kind: "observed", operation: answer("notStarted").operation, waitedMs: 1_500 },
    { kind: "observed", operation: answer().operation, waitedMs: 3_000 },
    { kind: "observed", operation: answer(status).operation, waitedMs: 4_500 },
  ]);
});

test.each([
  { origin: "started", atMs: 1_500 },
  { origin: "found", atMs: 0 },
  { origin: "adopted", atMs: 0 },
  { origin: "watched", atMs: 0 },
] as const)("looks at an operation that was $origin first after $atMs ms", async ({ origin, atMs }) => {
  const scene = createWatch(answer("succeeded"));
  await follow(scene, origin);
  expect(times(scene)).toEqual([atMs]);
});

test("waits as long as the service asks, in an answer and in an error", async () => {
  const scene = createWatch(answer("running", 7_000), serviceError(503, 9_000), answer("succeeded"));
  await follow(scene);
  expect(times(scene)).toEqual([1_500, 8_500, 17_500]);
});

test.each(passing)("waits %s out, also before the first sighting", async (error) => {
  const scene = createWatch(error, answer(), error, answer("succeeded"));
  expect(await follow(scene, "watched")).toMatchObject({ kind: "ended", status: "succeeded" });
  const unanswered = scene.events.filter((event) => event.kind === "unanswered");
  expect(unanswered).toStrictEqual([
    { kind: "unanswered", error },
    { kind: "unanswered", error },
  ]);
});

test.each([400, 401, 403, 410])("ends the watch, not the operation, at a %i", async (status) => {
  const error = serviceError(status);
  const scene = createWatch(answer(), error);
  const sighting = { operation: answer().operation, atMs: START_MS + 1_500 };
  expect(await follow(scene)).toStrictEqual({ ...followed(), kind: "lost", status: "unknown", sighting, error });
  expect(words(scene)).toEqual(["observed"]);
});

test.each([401, 403])("is lost at a %i before the first sighting too", async (status) => {
  const error = serviceError(status);
  const end = { ...followed(), kind: "lost", status: "unknown", sighting: undefined, error };
  expect(await follow(createWatch(error))).toStrictEqual(end);
});

test.each(["started", "found", "adopted"] as const)(
  "waits for an operation that was %s to be there",
  async (origin) => {
    const scene = createWatch(serviceError(404), serviceError(404), answer("succeeded"));
    expect(await follow(scene, origin)).toMatchObject({ kind: "ended" });
    expect(words(scene)).toEqual(["unanswered", "unanswered", "observed"]);
  },
);

test("is lost at a 404 when the inputs name the operation, or when it was there before", async () => {
  const named = createWatch(serviceError(404));
  expect(await follow(named, "watched")).toMatchObject({ kind: "lost" });
  expect(times(named)).toEqual([0]);
  const seen = createWatch(answer(), serviceError(404));
  expect(await follow(seen)).toMatchObject({ kind: "lost" });
  expect(times(seen)).toEqual([1_500, 3_000]);
});

test("does not take an end for its own at a shared place within the first minute", async () => {
  const early = answer("failed", 58_499);
  const scene = createWatch(early, early, answer("failed"));
  expect(await follow(scene, shared("started"))).toMatchObject({ kind: "ended", status: "failed" });
  // The second question comes a millisecond before the minute is over.
  expect(times(scene)).toEqual([1_500, 59_999, 118_498]);
  const told = { kind: "mayBeEarlier", operation: early.operation };
  expect(scene.events.filter((event) => event.kind !== "waiting")).toEqual([
    told,
    told,
    { kind: "observed", operation: early.operation, waitedMs: 118_498 },
  ]);
});

test.each([
  { name: "the minute is over", who: shared("started"), replies: [answer("failed", 58_500)], atMs: 60_000 },
  { name: "it was seen running", who: shared("started"), replies: [answer("running")], atMs: 3_000 },
  { name: "the place is its own", who: followed("started"), replies: [], atMs: 1_500 },
  { name: "it was found", who: shared("found"), replies: [], atMs: 0 },
  { name: "it was adopted", who: shared("adopted"), replies: [], atMs: 0 },
  { name: "the inputs name it", who: shared("watched"), replies: [], atMs: 0 },
])("takes an end at once when $name", async ({ who, replies, atMs }) => {
  const scene = createWatch(...replies, answer("failed"));
  expect(await follow(scene, who)).toMatchObject({ kind: "ended", status: "failed" });
  expect(times(scene).at(-1)).toBe(atMs);
});

test.each([
  { name: "never seen", replies: [networkError()], seen: undefined, atMs: 0, error: networkError() },
  { name: "seen last", replies: [networkError(), answer()], seen: "running", atMs: 4_000, error: undefined },
  {
    name: "seen first",
    replies: [answer("notStarted"), networkError()],
    seen: "notStarted",
    atMs: 1_500,
    error: networkError(),
  },
] as const)("says at the deadline what is known of an operation $name", async ({ replies, seen, atMs, error }) => {
  const scene = createWatch(...replies);
  const sighting = seen === undefined ? undefined : { operation: answer(seen).operation, atMs: START_MS + atMs };
  const end = { ...followed(), kind: "deadline", status: seen ?? "unknown", sighting, error };
  expect(await follow(scene, "started", { timeoutMs: 4_000 })).toStrictEqual(end);
  expect(times(scene)).toEqual([1_500, 3_000, 4_000]);
});

test("an end that may be an earlier one's is no sighting at the deadline", async () => {
  const end = await follow(createWatch(answer("failed")), shared("started"), { timeoutMs: 4_000 });
  expect(end).toStrictEqual({
    ...shared("started"),
    kind: "deadline",
    status: "unknown",
    sighting: undefined,
    error: undefined,
  });
});

test("lets a bug through", async () => {
  const bug = new RangeError("a bug");
  await expect(follow(createWatch(bug))).rejects.toBe(bug);
});

test.each([
  { pauseMs: 60_000, beats: 0 },
  { pauseMs: 60_001, beats: 1 },
  { pauseMs: 200_000, beats: 3 },
])("gives $beats signs of life in a pause of $pauseMs ms", async ({ pauseMs, beats }) => {
  const scene = createWatch(answer("running", pauseMs), answer("succeeded"));
  await follow(scene);
  expect(words(scene)).toEqual(["observed", ...Array.from({ length: beats }, () => "waiting"), "observed"]);
});

/** A look at an operation of which only the last step is left, so far. */
function nearEnd(progressPercentage: number, retryAfterMs?: number): OperationAnswer {
  const steps = [step({ id: "certify", status: "succeeded" }), step({ id: "live", progressPercentage })];
  return { operation: operation({ steps }), retryAfterMs };
}

test("looks sooner once the percentage of the last step says that the end is near", async () => {
  const scene = createWatch(nearEnd(0, 10 * MINUTE_MS), nearEnd(96), nearEnd(98), answer("succeeded"));
  await follow(scene, "watched");
  // 96 % in 600 s leaves 25 s, half of which is no longer than 5 % of the time waited; 98 % in 612.5 s leaves 24.5 s, for
  // it is never taken for less than 4 % of that.
  expect(times(scene)).toEqual([0, 600_000, 612_500, 624_750]);
});
