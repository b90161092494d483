import { expect, test } from "@jest/globals";
import type { Obstacle, Standing } from "../../src/marketplace/marketplace.ts";
import { AlreadyRunningError, InterruptedError, NotReadyError } from "../../src/go-live/outcome.ts";
import { start, type StartOptions } from "../../src/go-live/start.ts";
import {
  acceptedAs,
  createScene,
  goLive,
  networkError,
  offerStatus,
  preview,
  readyFor,
  type Scene,
  serviceError,
  START_MS,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const accepted = acceptedAs("9");
const started = { reference: accepted.reference, origin: "started", baseline: expect.anything() };

const begin = (scene: Scene, ifRunning: StartOptions["ifRunning"] = "attach") =>
  start({ ...scene.options, offer: OFFER, ifRunning });
const notStarted = (error: Error) => ({ kind: "notStarted", status: "rejected", error });
const standingWith = (live: Standing["readiness"]["live"]): Standing => ({
  ...readyFor(""),
  readiness: { live, preview: live },
});

const OBSTACLES: readonly Exclude<Obstacle, { readonly kind: "goLiveRuns" | "busy" }>[] = [
  { kind: "previewRuns", preview: preview("1") },
  { kind: "neverPublished" },
  { kind: "notWaiting", stage: "failed", signOff: undefined },
  { kind: "replaced", candidate: { submissionId: "b" } },
  { kind: "unknownWord", word: "dreaming" },
];

test.each(OBSTACLES)("sends nothing, and says why, when the first look shows: $kind", async (obstacle) => {
  const scene = createScene({ standing: [standingWith(obstacle)] });
  const end = await begin(scene);
  expect(end).toStrictEqual(notStarted(new NotReadyError(OFFER, obstacle)));
  expect(end).toMatchObject({ error: { obstacle } });
  expect(scene.asked).toEqual(["0 standing"]);
  expect(scene.events).toEqual([]);
});

test("starts exactly what was looked at", async () => {
  const scene = createScene({ standing: [readyFor("a")], start: [accepted] });
  expect(await begin(scene)).toStrictEqual(started);
  expect(scene.sent).toEqual([{ submissionId: "a" }]);
});

test("sends nothing when the offer's status is refused", async () => {
  const scene = createScene({ list: [[]], offerStatus: [serviceError(403)] });
  expect(await begin(scene)).toStrictEqual(notStarted(serviceError(403)));
  expect(scene.asked).toEqual(["0 list", "0 offerStatus"]);
});

test("sends nothing when nobody tells the offer's status, and sends when it is told late", async () => {
  const silent = createScene({ list: [[]], offerStatus: [networkError()] });
  expect(await begin(silent)).toStrictEqual(notStarted(networkError()));
  expect(silent.sent).toEqual([]);
  const late = createScene({ list: [[]], offerStatus: [networkError(), serviceError(503), WAITS], start: [accepted] });
  expect(await begin(late)).toStrictEqual(started);
  expect(late.asked.at(-1)).toBe("3000 start");
});

const BUSY_LOOKS = [0, 5_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000];
const AT_WORK = offerStatus("running");
const busy = (signOff = AT_WORK.signOff): Obstacle => ({ kind: "busy", signOff });
const both = (times: readonly number[]): readonly string[] =>
  times.flatMap((time) => [`${time} list`, `${time} offerStatus`]);

test("sends nothing when the offer is at work for more than three minutes, and nothing tells at what", async () => {
  const scene = createScene({ list: [[goLive("1", "failed")]], offerStatus: [AT_WORK] });
  expect(await begin(scene)).toStrictEqual(notStarted(new NotReadyError(OFFER, busy())));
  expect(scene.asked).toEqual(both(BUSY_LOOKS));
  expect(scene.events).toEqual([{ kind: "busy" }]);
});

test("adopts the go-live that a busy offer lists late, and sends none", async () => {
  const late = goLive("3");
  const script = { list: [[], [], [], [late]], offerStatus: [AT_WORK] };
  const scene = createScene(script);
  expect(await begin(scene)).toStrictEqual({ reference: late.reference, origin: "adopted" });
  expect(scene.asked).toEqual([...both([0, 5_000, 15_000]), "30000 list"]);
  expect(scene.events).toEqual([{ kind: "busy" }]);
  const failing = createScene(script);
  expect(await begin(failing, "fail")).toStrictEqual(notStarted(new AlreadyRunningError(OFFER, late.reference)));
});

test("sends when a busy offer waits for the sign-off in the end, by how it stood then", async () => {
  const failed = goLive("3", "failed");
  const scene = createScene({ list: [[], [failed]], offerStatus: [AT_WORK, AT_WORK, WAITS], start: [accepted] });
  expect(await begin(scene)).toMatchObject({
    origin: "started",
    baseline: { keys: new Set(["3"]), sentAtMs: START_MS + 15_000 },
  });
  expect(scene.asked).toEqual([...both([0, 5_000, 15_000]), "15000 start"]);
});

test("sends nothing when a busy offer turns out to have failed", async () => {
  const scene = createScene({ list: [[]], offerStatus: [AT_WORK, offerStatus("failed")] });
  const obstacle = { kind: "notWaiting", stage: "failed", signOff: undefined } as const;
  expect(await begin(scene)).toStrictEqual(notStarted(new NotReadyError(OFFER, obstacle)));
  expect(scene.asked).toEqual(both([0, 5_000]));
});

test("sends nothing when a busy offer cannot be asked any more", async () => {
  const scene = createScene({ list: [[], serviceError(403)], offerStatus: [AT_WORK] });
  expect(await begin(scene)).toStrictEqual(notStarted(serviceError(403)));
  expect(scene.sent).toEqual([]);
});

test("gives a busy offer the whole three minutes, however long the first answer took", async () => {
  const scene = createScene({ list: [serviceError(503, 600_000), []], offerStatus: [AT_WORK] });
  await begin(scene);
  expect(scene.asked).toEqual(["0 list", ...both(BUSY_LOOKS.map((time) => 600_000 + time))]);
});

test("says that the run was cancelled when it was while the offer was busy", async () => {
  const scene = createScene({ list: [[]], offerStatus: [AT_WORK] });
  scene.clock.at(START_MS + 20_000, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual(notStarted(new InterruptedError()));
  expect(scene.asked).toEqual(both([0, 5_000, 15_000]));
});
