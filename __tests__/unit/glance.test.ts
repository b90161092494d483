import { expect, test } from "@jest/globals";
import type { OperationAnswer } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/marketplace/operation.ts";
import type { Followed, Origin } from "../../src/go-live/outcome.ts";
import { glance } from "../../src/go-live/glance.ts";
import { followed, operation } from "../harness/operation.ts";
import {
  createScene,
  goLive,
  networkError,
  offerStatus,
  preview,
  type Scene,
  serviceError,
  START_MS,
} from "../harness/scripted-marketplace.ts";

const schedule = { longestPauseMs: 60_000, random: () => 0 };
const answer = (status: OperationStatus): OperationAnswer => ({
  operation: operation({ status, statusWord: status }),
  retryAfterMs: undefined,
});
const look = (scene: Scene, origin: Origin = "watched", timeoutMs = 3_600_000) =>
  glance(followed(origin), { ...scene.options, schedule, timeoutMs });
const lost = (error: Error) => ({
  ...followed("watched"),
  kind: "lost",
  status: "unknown",
  sighting: undefined,
  error,
});

test.each(["started", "found", "adopted"] as const)("asks nothing of an operation that was %s", async (origin) => {
  const scene = createScene({});
  const end = { ...followed(origin), kind: "underWay", status: "running", operation: undefined };
  expect(await look(scene, origin)).toStrictEqual(end);
  scene.abort.abort();
  const cancelled = { ...followed(origin), kind: "interrupted", status: "running", sighting: undefined };
  expect(await look(scene, origin)).toStrictEqual(cancelled);
  expect(scene.asked).toEqual([]);
});

test("asks once after a go-live that was found when it had ended", async () => {
  const scene = createScene({ operation: [answer("failed")] });
  const found: Followed = { ...followed("found"), isListedAsEnded: true };
  const end = await glance(found, { ...scene.options, schedule, timeoutMs: 60_000 });
  expect(end).toMatchObject({ kind: "ended", status: "failed", origin: "found" });
  expect(scene.asked).toEqual(["0 operation"]);
});

test.each([
  { status: "notStarted", kind: "underWay" },
  { status: "running", kind: "underWay" },
  { status: "succeeded", kind: "ended" },
  { status: "failed", kind: "ended" },
  { status: "canceled", kind: "ended" },
] as const)("asks once after an operation that the inputs name: $status", async ({ status, kind }) => {
  const list = [[goLive(followed("watched").reference.id, "succeeded")]];
  const scene = createScene({ operation: [answer(status)], list, offerStatus: [offerStatus("succeeded")] });
  const seen = answer(status).operation;
  expect(await look(scene)).toStrictEqual({ ...followed("watched"), kind, status, operation: seen });
  expect(scene.asked).toEqual(["0 operation", ...(status === "succeeded" ? ["0 list", "0 offerStatus"] : [])]);
  expect(scene.events).toEqual([{ kind: "observed", operation: seen, waitedMs: 0 }]);
});

test("asks again after 1, 2 and 4 s, and then says that the operation cannot be observed", async () => {
  const error = networkError();
  const scene = createScene({ operation: [error] });
  expect(await look(scene)).toStrictEqual(lost(error));
  expect(scene.asked).toEqual(["0 operation", "1000 operation", "3000 operation", "7000 operation"]);
  expect(scene.events).toStrictEqual([1_000, 2_000, 4_000].map((pauseMs) => ({ kind: "retrying", error, pauseMs })));
});

test.each([
  { timeoutMs: 3_000, asked: 3 },
  { timeoutMs: 2_999, asked: 2 },
])("asks no longer than $timeoutMs ms", async ({ timeoutMs, asked }) => {
  const scene = createScene({ operation: [networkError()] });
  await look(scene, "watched", timeoutMs);
  expect(scene.asked).toHaveLength(asked);
});

test.each([400, 401, 403, 409, 410, 423, 425, 499])(
  "takes a %i as the last word when it comes three times within 10 s",
  async (status) => {
    const error = serviceError(status);
    const scene = createScene({ operation: [error] });
    expect(await look(scene)).toStrictEqual(lost(error));
    expect(scene.asked).toEqual(["0 operation", "1000 operation", "3000 operation"]);
  },
);

test.each([400, 401, 403, 404])("takes a single %i for a stray one", async (status) => {
  const scene = createScene({ operation: [serviceError(status), answer("running")] });
  expect(await look(scene)).toMatchObject({ kind: "underWay", status: "running" });
});

test("says what the list shows of an operation that is not at its address", async () => {
  const { reference } = followed("watched");
  const error = serviceError(404);
  const listed = createScene({ operation: [error], list: [[{ ...goLive(reference.id, "failed"), reference }]] });
  expect(await look(listed)).toMatchObject({ kind: "ended", status: "failed", operation: { steps: [] } });
  expect(listed.asked.at(-1)).toBe("3000 list");
  expect(await look(createScene({ operation: [error], list: [[]] }))).toStrictEqual(lost(error));
});

const shared = (): Followed => {
  const { reference } = followed("watched");
  return { origin: "watched", reference: { ...reference, isShared: true } };
};
const [OLDER_MS, NEWER_MS] = [START_MS - 2_000, START_MS - 1_000];

test.each([
  { name: "nothing", list: [], kind: "contradicted" },
  { name: "only a preview", list: [preview("1", "succeeded", OLDER_MS)], kind: "contradicted" },
  {
    name: "a preview that is newer than the go-live",
    list: [goLive("1", "succeeded", OLDER_MS), preview("2", "succeeded", NEWER_MS)],
    kind: "contradicted",
  },
  { name: "a go-live that ended otherwise", list: [goLive("1", "failed", OLDER_MS)], kind: "contradicted" },
  {
    name: "a go-live that is newer than the preview",
    list: [preview("1", "succeeded", OLDER_MS), goLive("2", "complete", NEWER_MS)],
    kind: "ended",
  },
  { name: "a go-live alone", list: [goLive("2", "complete")], kind: "ended" },
  {
    name: "two of which nobody knows which is newer",
    list: [goLive("2", "complete"), preview("1", "succeeded")],
    kind: "contradicted",
  },
])("believes a success at a shared place as the list has it: $name", async ({ list, kind }) => {
  const scene = createScene({
    operation: [answer("succeeded")],
    list: [list],
    offerStatus: [offerStatus("succeeded")],
  });
  expect(await glance(shared(), { ...scene.options, schedule, timeoutMs: 60_000 })).toMatchObject({ kind });
});

test("does not sleep away what the service asks for when that is longer than ten minutes", async () => {
  const error = serviceError(429, 600_001);
  const scene = createScene({ operation: [error] });
  expect(await look(scene)).toStrictEqual(lost(error));
  expect(scene.clock.now()).toBe(START_MS);
});

test("says that the run was cancelled when it was while it asked", async () => {
  const scene = createScene({ operation: [networkError()] });
  scene.clock.at(START_MS + 500, () => scene.abort.abort());
  const end = { ...followed("watched"), kind: "interrupted", status: "unknown", sighting: undefined };
  expect(await look(scene)).toStrictEqual(end);
  expect(scene.asked).toEqual(["0 operation"]);
});

test("lets a bug through", async () => {
  const bug = new RangeError("a bug");
  await expect(look(createScene({ operation: [bug] }))).rejects.toBe(bug);
});
