import { expect, test } from "@jest/globals";
import type { OperationAnswer } from "../../src/marketplace/marketplace.ts";
import type { OperationStatus } from "../../src/operation.ts";
import type { Origin } from "../../src/outcome.ts";
import { glance } from "../../src/watch.ts";
import { followed, operation } from "../harness/operation.ts";
import { createScene, networkError, type Scene, serviceError, START_MS } from "../harness/scripted-marketplace.ts";

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

test.each([
  { status: "notStarted", kind: "underWay" },
  { status: "running", kind: "underWay" },
  { status: "succeeded", kind: "ended" },
  { status: "failed", kind: "ended" },
  { status: "canceled", kind: "ended" },
] as const)("asks once after an operation that the inputs name: $status", async ({ status, kind }) => {
  const scene = createScene({ operation: [answer(status)] });
  const seen = answer(status).operation;
  expect(await look(scene)).toStrictEqual({ ...followed("watched"), kind, status, operation: seen });
  expect(scene.asked).toEqual(["0 operation"]);
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

test.each([401, 403, 404])("takes a %i as the last word", async (status) => {
  const error = serviceError(status);
  const scene = createScene({ operation: [error] });
  expect(await look(scene)).toStrictEqual(lost(error));
  expect(scene.asked).toEqual(["0 operation"]);
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
