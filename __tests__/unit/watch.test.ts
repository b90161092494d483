import { expect, test } from "@jest/globals";
import type { OperationAnswer } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/marketplace/operation.ts";
import type { Followed, Origin } from "../../src/go-live/outcome.ts";
import { watch, type WatchOptions } from "../../src/go-live/watch.ts";
import { followed, operation, step } from "../harness/operation.ts";
import {
  answerError,
  createScene,
  goLive,
  networkError,
  offerStatus,
  type Reply,
  type Scene,
  serviceError,
  START_MS,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const MINUTE_MS = 60_000;
const schedule = { longestPauseMs: MINUTE_MS, random: () => 0 };
const answer = (status: OperationStatus = "running", retryAfterMs?: number): OperationAnswer => ({
  operation: operation({ status, statusWord: status }),
  retryAfterMs,
});
/** The list and the status, which are asked about a success, say nothing against it. */
const LIVE = goLive(followed().reference.id, "succeeded");
const createWatch = (...replies: readonly Reply<OperationAnswer>[]): Scene =>
  createScene({ operation: replies, list: [[LIVE]], offerStatus: [offerStatus("succeeded")] });
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
const times = (scene: Scene): number[] =>
  scene.asked.filter((line) => line.endsWith(" operation")).map((line) => Number.parseInt(line, 10));
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

test.each([400, 401, 403, 404, 409, 410, 423, 425, 499])(
  "takes a single %i in mid-wait for a stray one",
  async (status) => {
    const scene = createWatch(answer(), serviceError(status), answer(), serviceError(status), answer("succeeded"));
    expect(await follow(scene)).toMatchObject({ kind: "ended", status: "succeeded" });
    expect(words(scene)).toEqual(["observed", "unanswered", "observed", "unanswered", "observed"]);
  },
);

test.each([400, 401, 403, 410])(
  "ends the watch, not the operation, when a %i has stayed for two minutes",
  async (status) => {
    const error = serviceError(status);
    const scene = createWatch(answer(), error);
    const sighting = { operation: answer().operation, atMs: START_MS + 1_500 };
    expect(await follow(scene)).toStrictEqual({ ...followed(), kind: "lost", status: "unknown", sighting, error });
    expect(scene.clock.now() - START_MS).toBeGreaterThanOrEqual(123_000);
    expect(scene.clock.now() - START_MS).toBeLessThan(130_000);
  },
);

test("asks about a refusal once a minute at the least, however long the pauses otherwise are", async () => {
  const error = serviceError(403);
  const scene = createWatch(answer("running", 40 * MINUTE_MS), answer("running", 40 * MINUTE_MS), error);
  const end = await follow(scene, "started", { schedule: { ...schedule, longestPauseMs: 60 * MINUTE_MS } });
  expect(end).toMatchObject({ kind: "lost", error });
  expect(times(scene).slice(3)).toEqual([1_261_500, 1_321_500]);
});

test.each([401, 403])("is lost at a %i that stays before the first sighting too", async (status) => {
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

test("is lost at a 404 that stays when the inputs name the operation, or when it was there before", async () => {
  const named = createScene({ operation: [serviceError(404)], list: [[]] });
  expect(await follow(named, "watched")).toMatchObject({ kind: "lost" });
  expect(times(named).at(-1)).toBeGreaterThanOrEqual(120_000);
  const seen = createScene({ operation: [answer(), serviceError(404)], list: [[]] });
  expect(await follow(seen)).toMatchObject({ kind: "lost" });
});

test("follows what the list says once an operation has not been at its address for five minutes", async () => {
  const { reference } = followed();
  const list = [{ ...goLive(reference.id), reference }];
  const done = [{ ...goLive(reference.id.toUpperCase(), "complete"), reference }];
  const scene = createScene({
    operation: [serviceError(404)],
    list: [list, done],
    offerStatus: [offerStatus("succeeded")],
  });
  expect(await follow(scene)).toMatchObject({
    kind: "ended",
    status: "succeeded",
    operation: { statusWord: "complete" },
  });
  const lists = scene.asked.filter((line) => line.endsWith(" list")).map((line) => Number.parseInt(line, 10));
  expect(lists[0]).toBeGreaterThanOrEqual(301_500);
  expect(words(scene)).toContain("followingList");
});

test("says at once what the list shows of an operation that the inputs name and that is not at its address", async () => {
  const { reference } = followed("watched");
  const list = [{ ...goLive(reference.id, "failed"), reference }];
  const scene = createScene({ operation: [serviceError(404)], list: [list] });
  expect(await follow(scene, "watched")).toMatchObject({ kind: "ended", status: "failed" });
  expect(times(scene).at(-1)).toBeLessThan(130_000);
});

test("is not lost while the list, which shows the operation that is not at its address, cannot be had for a moment", async () => {
  const { reference } = followed();
  const [running, done] = ["running", "complete"].map((word) => [{ ...goLive(reference.id, word), reference }]);
  const list = [running ?? [], networkError(), serviceError(503), networkError(), networkError(), done ?? []];
  const scene = createScene({ operation: [serviceError(404)], list, offerStatus: [offerStatus("succeeded")] });
  expect(await follow(scene)).toMatchObject({ kind: "ended", status: "succeeded" });
});

const baseline = { keys: new Set(["1"]), sentAtMs: START_MS };

test("believes an end at a shared place only when the list shows a new go-live that ended so", async () => {
  const who = { ...shared("started"), baseline };
  const [old, running, done] = [goLive("1", "succeeded"), goLive("2"), goLive("2", "complete", START_MS + 1_000)];
  const lists = [[], [old], [old, running], [old, done]];
  const scene = createScene({ operation: [answer("succeeded")], list: lists, offerStatus: [offerStatus("succeeded")] });
  expect(await follow(scene, who)).toMatchObject({ kind: "ended", status: "succeeded" });
  expect(times(scene)).toEqual([1_500, 3_000, 4_500, 6_000]);
  expect(words(scene)).toEqual(["mayBeEarlier", "mayBeEarlier", "mayBeEarlier", "observed"]);
});

test.each(["failed", "canceled", "succeeded"] as const)(
  "never believes a shared place that says %s while the list cannot be read",
  async (status) => {
    const scene = createScene({
      operation: [answer(status)],
      list: [serviceError(403)],
      offerStatus: [offerStatus("succeeded")],
    });
    const who = { ...shared("started"), baseline };
    expect(await follow(scene, who, { timeoutMs: 10 * MINUTE_MS })).toMatchObject({
      kind: "deadline",
      status: "unknown",
      sighting: undefined,
    });
  },
);

test("shows no success before the rest of the service has been asked", async () => {
  const scene = createWatch(answer(), answer("succeeded"));
  await follow(scene);
  expect(scene.asked).toEqual(["1500 operation", "3000 operation", "3000 list", "3000 offerStatus"]);
});

test("is unknown when the offer still waits for its sign-off three minutes after the success", async () => {
  const scene = createScene({ operation: [answer("succeeded")], list: [[]], offerStatus: [WAITS] });
  expect(await follow(scene)).toMatchObject({
    kind: "contradicted",
    status: "unknown",
    contradiction: { kind: "signOffWaits" },
  });
  expect(scene.clock.now() - START_MS).toBe(186_500);
  expect(words(scene)).not.toContain("observed");
});

test("goes on waiting when an operation takes its success back", async () => {
  const scene = createScene({
    operation: [answer("succeeded"), answer("running"), answer("failed")],
    list: [[]],
    offerStatus: [WAITS],
  });
  expect(await follow(scene)).toMatchObject({ kind: "ended", status: "failed" });
  expect(words(scene)).toEqual(["doubted", "observed"]);
});

test.each([
  { askedMs: 60_001, pauseMs: 60_001 },
  { askedMs: 10 * MINUTE_MS, pauseMs: 10 * MINUTE_MS },
  { askedMs: 410_000_000, pauseMs: 10 * MINUTE_MS },
])(
  "leaves the service alone for ten minutes at the most, and says that it asked for $askedMs ms",
  async ({ askedMs, pauseMs }) => {
    for (const reply of [answer("running", askedMs), serviceError(429, askedMs)]) {
      const scene = createWatch(reply, answer("succeeded"));
      await follow(scene);
      expect(times(scene)).toEqual([1_500, 1_500 + pauseMs]);
      expect(scene.events.filter(({ kind }) => kind === "pauseAsked")).toEqual([
        { kind: "pauseAsked", askedMs, pauseMs },
      ]);
    }
  },
);

test("says once that the service asks for long pauses, not at every answer", async () => {
  const long = answer("running", 90_000);
  const scene = createWatch(long, long, answer(), long, answer("succeeded"));
  await follow(scene);
  expect(words(scene).filter((word) => word === "pauseAsked")).toHaveLength(2);
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

test("an end at a shared place that the list does not show is no sighting at the deadline", async () => {
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
  const heard = words(scene).filter((word) => word !== "pauseAsked");
  expect(heard).toEqual(["observed", ...Array.from({ length: beats }, () => "waiting"), "observed"]);
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

test.each([
  ["it was seen at work", createWatch(answer()), { status: "running", isLeft: true }],
  ["the last question failed", createWatch(answer(), networkError()), { status: "running", isLeft: true }],
] as const)(
  "leaves a go-live at the deadline to a later run where the inputs say so: %s",
  async (_when, scene, end) => {
    expect(await follow(scene, "started", { timeoutMs: 4_000, onTimeout: "leave" })).toMatchObject(end);
  },
);

test.each([
  ["not seen", networkError(), "unknown"],
  ["not begun", answer("notStarted"), "notStarted"],
] as const)("leaves nothing to a later run that was never seen at work: %s", async (_what, seen, status) => {
  const end = await follow(createWatch(seen), "started", { timeoutMs: 4_000, onTimeout: "leave" });
  expect(end).toMatchObject({ kind: "deadline", status });
  expect(end).not.toHaveProperty("isLeft");
});
