import { expect, test } from "@jest/globals";
import { goLive as run } from "../../src/go-live/go-live.ts";
import { InterruptedError } from "../../src/go-live/outcome.ts";
import { followed } from "../harness/operation.ts";
import {
  createScene,
  goLive,
  networkError,
  preview,
  type Reply,
  type Scene,
  serviceError,
  START_MS,
  unclear,
} from "../harness/scripted-marketplace.ts";
import type { Clock } from "../../src/clock.ts";
import type { Submission } from "../../src/marketplace/marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const ask = (scene: Scene, watchOnly = false, clock: Clock = patient(scene.clock)) =>
  run({
    ...scene.options,
    clock,
    offer: OFFER,
    ifRunning: "attach",
    wait: false,
    watchOnly: watchOnly ? followed().reference : undefined,
    schedule: { longestPauseMs: 60_000, random: () => 0 },
    timeoutMs: 60_000,
  });

/** A clock on which the time limit of the last look never comes. */
const patient = (clock: Clock): Clock => ({
  now: clock.now,
  sleep: (durationMs, signal) =>
    durationMs !== 1_000
      ? clock.sleep(durationMs, signal)
      : new Promise((done) => signal?.addEventListener("abort", () => done())),
});

const NEW = goLive("2", "running", START_MS + 10_000);

/** A run that is cancelled while its go-live is on the way, and what the list shows then. */
function cutShort(list: Reply<readonly Submission[]>): Scene {
  const scene: Scene = createScene({
    list: [[], list],
    start: [
      () => {
        scene.abort.abort();
        return unclear(networkError());
      },
    ],
  });
  return scene;
}

test("looks once more for the go-live that was on its way when the run was cancelled, and keeps where it is", async () => {
  const scene = cutShort([NEW]);
  expect(await ask(scene)).toMatchObject({
    kind: "interrupted",
    status: "running",
    reference: NEW.reference,
    origin: "found",
  });
  expect(scene.asked.map((line) => line.split(" ")[1])).toEqual(["list", "start", "list"]);
  expect(scene.events.at(-1)).toMatchObject({
    kind: "following",
    followed: { reference: NEW.reference, origin: "found" },
  });
});

test("does not say that it runs when that list shows its end", async () => {
  const ended = goLive("2", "failed", START_MS + 10_000);
  expect(await ask(cutShort([ended]))).toMatchObject({ kind: "interrupted", status: "unknown", origin: "found" });
});

test.each<[string, Reply<readonly Submission[]>]>([
  ["shows nothing new", []],
  ["shows a go-live of which nobody knows when it began", [goLive("2")]],
  ["shows a go-live that is older than the sending", [goLive("2", "running", START_MS - 60_000)]],
  ["is refused", serviceError(403)],
  ["is not answered", networkError()],
])("cannot tell what became of it when that list %s", async (_what, list) => {
  expect(await ask(cutShort(list))).toMatchObject({
    kind: "unclear",
    status: "unknown",
    error: new InterruptedError(),
  });
});

test("looks for a second and no longer", async () => {
  const scene = cutShort(
    (signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(networkError("interrupted")));
      }),
  );
  expect(await ask(scene, false, scene.clock)).toMatchObject({ kind: "unclear" });
  expect(scene.clock.sleeps.at(-1)).toBe(1_000);
});

test("lets a bug through in the last look", async () => {
  const bug = new RangeError("a bug");
  await expect(ask(cutShort(bug))).rejects.toBe(bug);
});

test("refuses to follow a publish to preview, and asks nothing but the list", async () => {
  const scene = createScene({ list: [[preview(followed().reference.id.toUpperCase())]] });
  expect(await ask(scene, true)).toMatchObject({
    kind: "notStarted",
    status: "rejected",
    error: { name: "NotGoLiveError", offer: OFFER, reference: followed().reference },
  });
  expect(scene.asked).toEqual(["0 list"]);
  expect(scene.events).toEqual([]);
});

test.each<[string, Reply<readonly Submission[]>]>([
  ["shows it as a go-live", [goLive(followed().reference.id)]],
  ["does not show it", []],
  ["cannot be had", serviceError(403)],
])("follows what the inputs name when the list %s", async (_what, list) => {
  const scene = createScene({ list: [list], operation: [serviceError(403)] });
  expect(await ask(scene, true, scene.clock)).toMatchObject({ kind: "lost" });
  expect(scene.events[0]).toMatchObject({ kind: "following" });
});
