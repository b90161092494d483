import { expect, test } from "@jest/globals";
import type { StartAnswer } from "../../src/marketplace/marketplace.ts";
import { InterruptedError } from "../../src/go-live/outcome.ts";
import { start } from "../../src/go-live/start.ts";
import {
  acceptedAs,
  createScene,
  networkError,
  type Reply,
  type Scene,
  serviceError,
  START_MS,
  unclear,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const accepted = acceptedAs("9");
const notSent: StartAnswer = { kind: "notSent", error: serviceError(429) };
const lost = unclear(networkError());

const begin = (scene: Scene) => start({ ...scene.options, offer: OFFER, ifRunning: "attach" });
const notStarted = (error: Error) => ({ kind: "notStarted", status: "rejected", error });

test("says that the run was cancelled when it was while the list was asked for", async () => {
  const scene = createScene({ list: [networkError()] });
  scene.clock.at(START_MS + 500, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual(notStarted(new InterruptedError()));
  expect(scene.asked).toEqual(["0 list"]);
});

test("says that the run was cancelled before the first sending", async () => {
  const scene = createScene({
    list: [
      () => {
        scene.abort.abort();
        return [];
      },
    ],
  });
  expect(await begin(scene)).toStrictEqual(notStarted(new InterruptedError()));
  expect(scene.asked).toEqual(["0 list"]);
  expect(scene.events).toEqual([]);
});

test("sends no more when the run is cancelled in the pause", async () => {
  const scene = createScene({ list: [[]], start: [notSent] });
  scene.clock.at(START_MS + 1_000, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual(notStarted(new InterruptedError()));
  expect(scene.asked).toEqual(["0 list", "0 start"]);
});

test("says that it is inferred when the run is cancelled in the pause after an unclear sending", async () => {
  const scene = createScene({ list: [[]], start: [lost], offerStatus: [WAITS] });
  scene.clock.at(START_MS + 186_000, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual({ ...notStarted(new InterruptedError()), isInferred: true });
  expect(scene.asked.filter((line) => line.endsWith(" start"))).toEqual(["0 start"]);
});

const patience = (reply: Reply<StartAnswer>): Scene => createScene({ list: [[]], start: [reply] });

test("takes an answer that comes within 3 s of the cancelling", async () => {
  let wasAtOnce: boolean | undefined;
  const scene = patience((signal) => {
    scene.abort.abort();
    wasAtOnce = signal.aborted;
    return accepted;
  });
  expect(await begin(scene)).toMatchObject({ reference: accepted.reference, origin: "started" });
  expect(wasAtOnce).toBe(false);
});

test("gives a sending up 3 s after the cancelling, and says that it is unclear", async () => {
  const scene = patience(async (signal) => {
    const givenUp = new Promise((resolve) => {
      signal.addEventListener("abort", resolve);
    });
    scene.abort.abort();
    await givenUp;
    return unclear(networkError("interrupted"));
  });
  expect(await begin(scene)).toMatchObject({ kind: "unclear", status: "unknown", error: new InterruptedError() });
  expect(scene.clock.now() - START_MS).toBe(3_000);
  expect(scene.clock.sleeps[0]).toBe(3_000);
  expect(scene.asked).toEqual(["0 list", "0 start"]);
});

test("ends the 3 s when the answer is there, and starts none after it", async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const scene = patience(() => {
    scene.abort.abort();
    return accepted;
  });
  const sleep: typeof scene.clock.sleep = (durationMs, signal) => {
    signals.push(signal);
    return scene.clock.sleep(durationMs, signal);
  };
  await start({ ...scene.options, clock: { ...scene.clock, sleep }, offer: OFFER, ifRunning: "attach" });
  expect(signals.map((signal) => signal?.aborted)).toEqual([true]);

  const calm = patience(accepted);
  await begin(calm);
  calm.abort.abort();
  expect(calm.clock.sleeps).toEqual([]);
});
