import { expect, test } from "@jest/globals";
import type { OperationAnswer } from "../../src/marketplace/marketplace.ts";
import type { Origin } from "../../src/go-live/outcome.ts";
import { glance } from "../../src/go-live/glance.ts";
import { watch } from "../../src/go-live/watch.ts";
import { followed, operation } from "../harness/operation.ts";
import {
  createScene,
  networkError,
  offerStatus,
  type Reply,
  type Scene,
  serviceError,
  START_MS,
} from "../harness/scripted-marketplace.ts";

const schedule = { longestPauseMs: 60_000, random: () => 0 };
const createWatch = (reply: Reply<OperationAnswer>): Scene =>
  createScene({ operation: [reply], list: [[]], offerStatus: [offerStatus("succeeded")] });
const follow = (scene: Scene, origin: Origin = "started") =>
  watch(followed(origin), { ...scene.options, schedule, timeoutMs: 3_600_000 });

test.each([
  { origin: "started", status: "running" },
  { origin: "found", status: "running" },
  { origin: "adopted", status: "running" },
  { origin: "watched", status: "unknown" },
] as const)(
  "says $status when the run is cancelled before one that was $origin is seen",
  async ({ origin, status }) => {
    const scene = createWatch(networkError());
    scene.clock.at(START_MS + 2_000, () => scene.abort.abort());
    const end = { ...followed(origin), kind: "interrupted", status, sighting: undefined };
    expect(await follow(scene, origin)).toStrictEqual(end);
  },
);

test("says what was seen last when the run is cancelled", async () => {
  const seen = operation({ status: "notStarted", statusWord: "queued" });
  const scene = createWatch({ operation: seen, retryAfterMs: 5_000 });
  scene.clock.at(START_MS + 2_000, () => scene.abort.abort());
  const sighting = { operation: seen, atMs: START_MS };
  const end = { ...followed("watched"), kind: "interrupted", status: "notStarted", sighting };
  expect(await follow(scene, "watched")).toStrictEqual(end);
});

test.each([networkError("interrupted"), serviceError(401)])(
  "reads %s as the cancelling when there was one",
  async (error) => {
    const scene = createWatch(() => {
      scene.abort.abort();
      return error;
    });
    expect(await follow(scene)).toMatchObject({ kind: "interrupted", status: "running" });
    expect(scene.events).toEqual([]);
  },
);

test.each([
  { name: "a watch", ask: watch },
  { name: "a glance", ask: glance },
])("hands the run's signal to the question of $name", async ({ ask }) => {
  let handed: AbortSignal | undefined;
  const scene = createWatch((signal) => {
    handed = signal;
    return { operation: operation({ status: "succeeded" }), retryAfterMs: undefined };
  });
  await ask(followed("watched"), { ...scene.options, schedule, timeoutMs: 3_600_000 });
  expect(handed).toBe(scene.abort.signal);
});
