import { expect, test } from "@jest/globals";
import type { RequestError } from "../../src/bearer/request-error.ts";
import type { OfferStage, StartAnswer } from "../../src/marketplace/marketplace.ts";
import { AlreadyRunningError, InterruptedError } from "../../src/go-live/outcome.ts";
import { start, type StartOptions } from "../../src/go-live/start.ts";
import {
  acceptedAs,
  createScene,
  goLive,
  networkError,
  offerStatus,
  type Scene,
  serviceError,
  START_MS,
  unclear as unclearAnswer,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const OLD = goLive("1", "failed");
const NEW = goLive("2", "somethingNew", START_MS);

const begin = (scene: Scene, ifRunning: StartOptions["ifRunning"] = "attach") =>
  start({ ...scene.options, offer: OFFER, ifRunning });
const notStarted = (error: Error) => ({ kind: "notStarted", status: "rejected", error });
const inferred = (error: Error) => ({ ...notStarted(error), isInferred: true });
const unclear = (error: Error) => ({ kind: "unclear", status: "unknown", error, baseline: expect.anything() });
const found = { reference: NEW.reference, origin: "found", baseline: expect.anything() };
const lost = (error: RequestError = networkError()) => unclearAnswer(error);
const count = (scene: Scene, name: string): number => scene.asked.filter((line) => line.endsWith(` ${name}`)).length;
const accepted = acceptedAs("9");
const words = (scene: Scene): string[] => scene.events.map((event) => event.kind);

test("finds the go-live of an unclear sending in the list, and sends no other", async () => {
  const error = networkError("timeout");
  const scene = createScene({ list: [[OLD], [OLD], [OLD, NEW]], start: [lost(error)] });
  expect(await begin(scene, "fail")).toStrictEqual(found);
  expect(scene.asked).toEqual(["0 list", "0 start", "500 list", "2000 list"]);
  expect(scene.events).toStrictEqual([
    { kind: "sending", sendings: 1, candidate: { submissionId: undefined } },
    { kind: "unclearSending", error, wasAccepted: false, forMs: 185_000 },
  ]);
});

test.each([
  { name: "a broken connection", error: networkError() },
  { name: "a time-out", error: networkError("timeout") },
  { name: "a 500", error: serviceError(500) },
])(
  "sends again after $name only when list and status show no trace for three minutes, three times at the most",
  async ({ error }) => {
    const scene = createScene({ list: [[OLD]], start: [lost(error)], offerStatus: [WAITS] });
    expect(await begin(scene)).toStrictEqual(inferred(error));
    const times = [0, 185_000 + 2_000, 2 * 185_000 + 12_000].map((time) => `${time} start`);
    expect(scene.asked.filter((line) => line.endsWith(" start"))).toEqual(times);
    const looks = [500, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 90_000, 120_000, 150_000, 185_000];
    expect(scene.asked.slice(0, 26)).toEqual([
      ...["0 list", "0 offerStatus", "0 start"],
      ...looks.flatMap((time) => [`${time} list`, `${time} offerStatus`]),
      "187000 start",
    ]);
    expect(words(scene)).toEqual([
      ...["sending", "unclearSending", "sendingAgain"],
      ...["sending", "unclearSending", "sendingAgain"],
      ...["sending", "unclearSending"],
    ]);
    expect(scene.events[2]).toStrictEqual({ kind: "sendingAgain", error, pauseMs: 2_000, isInferred: true });
  },
);

const notWaiting = (stage: OfferStage) => ({ kind: "notWaiting", stage, signOff: undefined });
const unread = serviceError(403);

test.each([
  { name: "runs", status: offerStatus("running"), readiness: { kind: "busy", signOff: undefined } },
  { name: "is live", status: offerStatus("succeeded"), readiness: notWaiting("succeeded") },
  { name: "has failed", status: offerStatus("failed"), readiness: notWaiting("failed") },
  { name: "was never published", status: offerStatus("neverPublished"), readiness: { kind: "neverPublished" } },
  { name: "cannot be read", status: unread, readiness: { kind: "notTold", error: unread } },
])("sends no more after an unclear sending when the offer's status $name", async ({ status, readiness }) => {
  const error = networkError();
  const scene = createScene({ list: [[OLD]], start: [lost(error)], offerStatus: [WAITS, status] });
  expect(await begin(scene)).toStrictEqual(unclear(error));
  expect(count(scene, "start")).toBe(1);
  expect(scene.events.at(-1)).toStrictEqual({ kind: "notSentAgain", readiness });
});

test("takes the sign-off step for an offer that waits, whatever its status as a whole says", async () => {
  const status = offerStatus("running", "waitingForPublisherReview");
  const scene = createScene({ list: [[OLD]], start: [lost()], offerStatus: [status] });
  await begin(scene);
  expect(count(scene, "start")).toBe(3);
});

test("sends no more when nobody can tell what became of the last sending", async () => {
  const error = networkError();
  const scene = createScene({ list: [[], serviceError(403)], start: [lost(error)], offerStatus: [WAITS] });
  const end = await begin(scene);
  expect(end).toStrictEqual(unclear(error));
  expect(count(scene, "start")).toBe(1);
});

test("sends no more when a new go-live has ended of which nobody knows when it began", async () => {
  const error = networkError();
  const ended = goLive("2", "succeeded");
  const scene = createScene({ list: [[], [ended]], start: [lost(error)], offerStatus: [WAITS] });
  expect(await begin(scene)).toStrictEqual(unclear(error));
  expect(count(scene, "start")).toBe(1);
});

const STEP_DONE = { ...WAITS, signOff: offerStatus("running", "complete").signOff };

test("sends no more when the sign-off step is done, whatever the status as a whole says", async () => {
  const scene = createScene({ list: [[OLD]], start: [lost()], offerStatus: [WAITS, STEP_DONE] });
  expect(await begin(scene)).toMatchObject({ kind: "unclear" });
  expect(count(scene, "start")).toBe(1);
});

test("takes an acceptance that names an operation from before for one without a location", async () => {
  const known = acceptedAs("1");
  const scene = createScene({ list: [[OLD], [OLD], [OLD, NEW]], start: [known] });
  expect(await begin(scene)).toStrictEqual(found);
  const lostForGood = createScene({ list: [[OLD]], start: [known] });
  expect(await begin(lostForGood)).toStrictEqual(unclear(known.misplaced.error));
  expect(count(lostForGood, "start")).toBe(1);
});

const ASKED_MS = 600_000;
const asksToWait = serviceError(503, ASKED_MS);
const looksBefore = Array.from({ length: 12 }, () => [OLD]);
const late = goLive("2", "running", START_MS + 200_000);

test("looks again after a long pause before it sends again, and follows what has come meanwhile", async () => {
  const scene = createScene({ list: [...looksBefore, [OLD, late]], start: [lost(asksToWait)], offerStatus: [WAITS] });
  expect(await begin(scene)).toMatchObject({ origin: "found", reference: late.reference });
  expect(scene.asked.slice(-2)).toEqual(["185000 offerStatus", "785000 list"]);
  expect(count(scene, "start")).toBe(1);
});

test.each([
  { name: "the offer does not wait any more", list: [OLD], status: offerStatus("running") },
  { name: "the list cannot be had", list: serviceError(403), status: WAITS },
  { name: "one has ended of which nobody knows when it began", list: [OLD, goLive("3", "failed")], status: WAITS },
])("sends no more after a long pause when $name", async ({ list, status }) => {
  const scene = createScene({
    list: [...looksBefore, list],
    start: [lost(asksToWait)],
    offerStatus: [...looksBefore.map(() => WAITS), status],
  });
  expect(await begin(scene)).toStrictEqual(unclear(asksToWait));
  expect(count(scene, "start")).toBe(1);
});

test("sends again after a long pause in which nothing has come", async () => {
  const scene = createScene({ list: [[OLD]], start: [lost(asksToWait), accepted], offerStatus: [WAITS] });
  expect(await begin(scene)).toMatchObject({ origin: "started" });
  expect(scene.asked.slice(-3)).toEqual(["785000 list", "785000 offerStatus", "785000 start"]);
});

test("looks again after a long pause that a 429 asked for: another may have started one", async () => {
  const answer: StartAnswer = { kind: "notSent", error: serviceError(429, ASKED_MS) };
  const other = goLive("2");
  const scene = createScene({ list: [[OLD], [OLD, other]], start: [answer] });
  expect(await begin(scene)).toStrictEqual({ reference: other.reference, origin: "adopted" });
  const failing = createScene({ list: [[OLD], [OLD, other]], start: [answer] });
  expect(await begin(failing, "fail")).toStrictEqual(notStarted(new AlreadyRunningError(OFFER, other.reference)));
  const refusedLook = createScene({ list: [[OLD], serviceError(403)], start: [answer] });
  expect(await begin(refusedLook)).toStrictEqual(notStarted(serviceError(403)));
  const free = createScene({ list: [[OLD]], start: [answer, accepted] });
  expect(await begin(free)).toMatchObject({ origin: "started" });
  expect(free.asked).toEqual(["0 list", "0 start", "600000 list", "600000 start"]);
});

test("follows a new go-live of which nobody knows when it began, and says that it may be somebody else's", async () => {
  const perhaps = goLive("2");
  const scene = createScene({ list: [[], [perhaps]], start: [lost()] });
  expect(await begin(scene)).toStrictEqual({ reference: perhaps.reference, origin: "doubtful" });
  const failing = createScene({ list: [[], [perhaps]], start: [lost()] });
  expect(await begin(failing, "fail")).toMatchObject({ kind: "unclear", status: "unknown" });
});

test("does not take an old go-live for its own that the list shows only later", async () => {
  const old = goLive("2", "succeeded", START_MS - 3_600_000);
  const scene = createScene({ list: [[], [old]], start: [lost(), accepted], offerStatus: [WAITS] });
  expect(await begin(scene)).toMatchObject({ origin: "started" });
  expect(count(scene, "start")).toBe(2);
});

test("adopts a go-live that runs and is older than the sending, and sends no other", async () => {
  const others = goLive("2", "running", START_MS - 3_600_000);
  const scene = createScene({ list: [[], [others]], start: [lost()] });
  expect(await begin(scene)).toStrictEqual({ reference: others.reference, origin: "adopted" });
  const failing = createScene({ list: [[], [others]], start: [lost()] });
  expect(await begin(failing, "fail")).toMatchObject({ kind: "unclear", status: "unknown" });
});

test("says that it is unclear when the run is cancelled while it looks", async () => {
  const scene = createScene({ list: [[]], start: [lost()] });
  scene.clock.at(START_MS + 1_000, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual(unclear(new InterruptedError()));
  expect(scene.asked).toEqual(["0 list", "0 start", "500 list"]);
});

test("still says that it is inferred when only the first of two sendings was unclear", async () => {
  const error = serviceError(429, 3_600_000);
  const scene = createScene({ list: [[]], start: [lost(), { kind: "notSent", error }], offerStatus: [WAITS] });
  expect(await begin(scene)).toStrictEqual(inferred(error));
});
