import { expect, test } from "@jest/globals";
import type { StartAnswer } from "../../src/marketplace/marketplace.ts";
import { AlreadyRunningError } from "../../src/go-live/outcome.ts";
import { start, type StartOptions } from "../../src/go-live/start.ts";
import {
  acceptedAs,
  answerError,
  createScene,
  goLive,
  networkError,
  preview,
  type Scene,
  serviceError,
  START_MS,
  unclear as unclearAnswer,
} from "../harness/scripted-marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const QUARTER_MS = 15 * 60_000;
const accepted = acceptedAs("9");

const begin = (scene: Scene, ifRunning: StartOptions["ifRunning"] = "attach") =>
  start({ ...scene.options, offer: OFFER, ifRunning });
const notStarted = (error: Error) => ({ kind: "notStarted", status: "rejected", error });
const unclear = (error: Error) => ({ kind: "unclear", status: "unknown", error, baseline: expect.anything() });
const started = { reference: accepted.reference, origin: "started", baseline: expect.anything() };
const sent = (scene: Scene): string[] => scene.asked.filter((line) => line.endsWith(" start"));
const notSent = (error = serviceError(429)): StartAnswer => ({ kind: "notSent", error });

test("sends once when nothing runs, and follows what the service names", async () => {
  const scene = createScene({ list: [[goLive("1", "failed"), preview("2", "succeeded")]], start: [accepted] });
  expect(await begin(scene)).toStrictEqual(started);
  expect(scene.asked).toEqual(["0 list", "0 start"]);
  expect(scene.events).toEqual([{ kind: "sending", sendings: 1, candidate: { submissionId: "2" } }]);
});

test("sends nothing when the list cannot be had", async () => {
  const error = serviceError(403);
  const scene = createScene({ list: [error] });
  expect(await begin(scene)).toStrictEqual(notStarted(error));
  expect(scene.asked).toEqual(["0 list"]);
});

test.each([
  { retryAfterMs: QUARTER_MS, asked: ["0 list", "900000 list", "900000 start"] },
  { retryAfterMs: QUARTER_MS + 1, asked: ["0 list"] },
])("waits a quarter of an hour for the list: Retry-After $retryAfterMs ms", async ({ retryAfterMs, asked }) => {
  const scene = createScene({ list: [serviceError(429, retryAfterMs), []], start: [accepted] });
  await begin(scene);
  expect(scene.asked).toEqual(asked);
});

test.each(["running", "notStarted", "somethingNew"])("adopts a go-live that is %s", async (word) => {
  const scene = createScene({ list: [[goLive("1", "failed"), preview("2"), goLive("3", word), goLive("4")]] });
  expect(await begin(scene)).toStrictEqual({ reference: goLive("3").reference, origin: "adopted" });
  expect(scene.asked).toEqual(["0 list"]);
  expect(scene.events).toEqual(word === "somethingNew" ? [{ kind: "unknownListWord", word }] : []);
});

test("fails on a go-live that runs already when the inputs say so", async () => {
  const running = goLive("3");
  const scene = createScene({ list: [[running]] });
  const end = await begin(scene, "fail");
  expect(end).toStrictEqual(notStarted(new AlreadyRunningError(OFFER, running.reference)));
  expect(end).toMatchObject({ error: { offer: OFFER, reference: running.reference } });
  expect(scene.asked).toEqual(["0 list"]);
});

test.each([
  { name: "runs", list: [preview("1", "failed", 1), preview("2", "running", 2)], told: "2", submissionId: undefined },
  { name: "has ended", list: [preview("1", "succeeded")], told: undefined, submissionId: "1" },
  { name: "has a word that nobody knows", list: [preview("1", "new")], told: undefined, submissionId: undefined },
])("sends although a preview $name", async ({ list, told, submissionId }) => {
  const scene = createScene({ list: [list], start: [accepted] });
  await begin(scene);
  const submission = list.find(({ id }) => id === told);
  expect(scene.events).toEqual([
    ...(submission === undefined ? [] : [{ kind: "previewRuns", submission }]),
    { kind: "sending", sendings: 1, candidate: { submissionId } },
  ]);
});

test("sends three times at the most, after 2 and 10 s, when nothing ever left", async () => {
  const [first, second, third] = [serviceError(429), networkError("refused"), networkError("tls")];
  const answers = [first, second, third].map((error): StartAnswer => ({ kind: "notSent", error }));
  const scene = createScene({ list: [[]], start: answers });
  const end = await begin(scene);
  expect(end).toStrictEqual(notStarted(third));
  expect(scene.asked).toEqual(["0 list", "0 start", "2000 start", "12000 start"]);
  expect(scene.events).toStrictEqual([
    { kind: "sending", sendings: 1, candidate: { submissionId: undefined } },
    { kind: "sendingAgain", error: first, pauseMs: 2_000, isInferred: false },
    { kind: "sending", sendings: 2, candidate: { submissionId: undefined } },
    { kind: "sendingAgain", error: second, pauseMs: 10_000, isInferred: false },
    { kind: "sending", sendings: 3, candidate: { submissionId: undefined } },
  ]);
});

test.each([
  { retryAfterMs: 1_000, times: ["0 start", "2000 start"] },
  { retryAfterMs: 30_000, times: ["0 start", "30000 start"] },
  { retryAfterMs: QUARTER_MS, times: ["0 start", "900000 start"] },
  { retryAfterMs: QUARTER_MS + 1, times: ["0 start"] },
])("waits $retryAfterMs ms if asked to, up to a quarter of an hour", async ({ retryAfterMs, times }) => {
  const error = serviceError(429, retryAfterMs);
  const scene = createScene({ list: [[]], start: [notSent(error), accepted] });
  const end = await begin(scene);
  expect(sent(scene)).toEqual(times);
  expect(end).toStrictEqual(times.length === 1 ? notStarted(error) : started);
});

test("counts the quarter of an hour for all sendings together", async () => {
  const late = serviceError(429, 1_001);
  const scene = createScene({ list: [[]], start: [notSent(serviceError(429, QUARTER_MS - 1_000)), notSent(late)] });
  expect(await begin(scene)).toStrictEqual(notStarted(late));
  expect(sent(scene)).toEqual(["0 start", "899000 start"]);
});

test("lets a bug through", async () => {
  const bug = new RangeError("a bug");
  await expect(begin(createScene({ list: [[]], start: [bug] }))).rejects.toBe(bug);
});

test("keeps how the offer stood before, and when it sent by the service's clock", async () => {
  const scene = createScene({
    list: [[goLive("AB", "failed"), preview("2", "succeeded")]],
    start: [notSent(), accepted],
  });
  expect(await begin(scene)).toMatchObject({
    baseline: { keys: new Set(["ab", "2"]), sentAtMs: START_MS + 2_000 },
  });
});

test("looks for three minutes and sends no other after an acceptance without a location", async () => {
  const error = answerError(202);
  const scene = createScene({ list: [[]], start: [unclearAnswer(error, true)] });
  expect(await begin(scene)).toStrictEqual(unclear(error));
  expect(sent(scene)).toEqual(["0 start"]);
  expect(scene.asked.at(-1)).toBe("185000 list");
});
