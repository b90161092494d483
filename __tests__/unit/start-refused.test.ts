import { expect, test } from "@jest/globals";
import type { RequestError } from "../../src/bearer/request-error.ts";
import { AlreadyRunningError } from "../../src/go-live/outcome.ts";
import { start, type StartOptions } from "../../src/go-live/start.ts";
import type { StartAnswer } from "../../src/marketplace/marketplace.ts";
import {
  createScene,
  goLive,
  networkError,
  refused,
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
const adopted = { reference: NEW.reference, origin: "adopted" };
const lost = (error: RequestError = networkError()) => unclearAnswer(error);
const count = (scene: Scene, name: string): number => scene.asked.filter((line) => line.endsWith(` ${name}`)).length;
const words = (scene: Scene): string[] => scene.events.map((event) => event.kind);

test.each([401, 403, 404, 410, 422])("takes a %i as the last word, without a look", async (status) => {
  const error = serviceError(status);
  const scene = createScene({ list: [[], [NEW]], start: [refused(error)] });
  const end = await begin(scene);
  expect(end).toStrictEqual(notStarted(error));
  expect(scene.asked).toEqual(["0 list", "0 start"]);
});

const AFTER_400 = ["0 list"];
const AFTER_409 = [500, 2_000, 5_000, 10_000, 15_000].map((time) => `${time} list`);

test.each([
  { status: 400, looks: AFTER_400 },
  { status: 409, looks: AFTER_409 },
])("looks after a $status, and says that nothing was started when nothing runs", async ({ status, looks }) => {
  const error = serviceError(status);
  const scene = createScene({ list: [[OLD]], start: [refused(error)] });
  expect(await begin(scene)).toStrictEqual(notStarted(error));
  expect(scene.asked).toEqual(["0 list", "0 start", ...looks]);
});

test.each([400, 409])("adopts the go-live that a %i was about", async (status) => {
  const scene = createScene({ list: [[OLD], [OLD, NEW]], start: [refused(serviceError(status))] });
  expect(await begin(scene)).toStrictEqual(adopted);
  expect(scene.events).toEqual([
    { kind: "sending", sendings: 1, candidate: { submissionId: undefined } },
    { kind: "unknownListWord", word: "somethingNew" },
  ]);
});

test("fails on the go-live that a 409 was about when the inputs say so", async () => {
  const scene = createScene({ list: [[], [NEW]], start: [refused(serviceError(409))] });
  expect(await begin(scene, "fail")).toStrictEqual(notStarted(new AlreadyRunningError(OFFER, NEW.reference)));
});

test.each([400, 409])("takes a %i at its word when the list cannot be had", async (status) => {
  const error = serviceError(status);
  const scene = createScene({ list: [[], serviceError(403)], start: [refused(error)] });
  expect(await begin(scene)).toStrictEqual(notStarted(error));
});

/** A first sending that was unclear and left no trace; then the refusal, and what the list shows. */
const afterUnclear = (error: RequestError, list: readonly (typeof NEW)[] | RequestError): Scene =>
  createScene({
    list: [...Array.from({ length: 12 }, () => []), list],
    start: [lost(), refused(error)],
    offerStatus: [WAITS],
  });

const refusal = (status: number) => ({ status, error: serviceError(status) });

test.each([400, 401, 403, 409, 422].map(refusal))(
  "finds the go-live of an earlier unclear sending after a $status",
  async ({ error }) => {
    const scene = afterUnclear(error, [NEW]);
    expect(await begin(scene, "fail")).toStrictEqual(found);
    expect(count(scene, "start")).toBe(2);
    expect(words(scene)).not.toContain("unknownListWord");
  },
);

test.each([400, 409].map(refusal))(
  "cannot tell after an unclear sending and a $status without a trace",
  async ({ error }) => {
    expect(await begin(afterUnclear(error, []))).toStrictEqual(unclear(error));
  },
);

test.each([401, 403, 422].map(refusal))(
  "infers that nothing was started after an unclear sending and a $status without a trace",
  async ({ error }) => {
    expect(await begin(afterUnclear(error, []))).toStrictEqual(inferred(error));
  },
);

test.each([400, 403, 409].map(refusal))(
  "cannot tell after an unclear sending and a $status when the list cannot be had",
  async ({ error }) => {
    const end = await begin(afterUnclear(error, serviceError(401)));
    expect(end).toStrictEqual(unclear(error));
    expect(end).toHaveProperty("error", error);
  },
);

test("adopts nothing that had ended when a 409 was given", async () => {
  const error = serviceError(409);
  const over = goLive("2", "succeeded", START_MS + 1);
  const scene = createScene({ list: [[OLD], [OLD, over]], start: [refused(error)] });
  expect(await begin(scene)).toStrictEqual(notStarted(error));
});

/** A refusal that is no proof: what was sent may have been done. */
const untrue = (error: RequestError) => ({ ...refused(error), mayMeanRunning: true, mayBeUntrue: true }) as const;
const doubted = (error: Error) => ({ kind: "unclear", status: "unknown", error });
const OVER = goLive("2", "succeeded", START_MS + 1);

test.each([
  ["runs", NEW, { reference: NEW.reference, origin: "doubtful" }],
  ["has gone live", OVER, { reference: OVER.reference, origin: "doubtful", isListedAsEnded: true }],
] as const)("follows what was refused and %s all the same, and claims it for nobody", async (_what, moved, end) => {
  const scene = createScene({ list: [[OLD], [OLD, moved]], start: [untrue(serviceError(409))] });
  expect(await begin(scene)).toStrictEqual(end);
});

test.each([NEW, OVER])("cannot tell with `ifRunning: fail` what became of a refused one that moved", async (moved) => {
  const error = serviceError(409);
  const scene = createScene({ list: [[OLD], [OLD, moved]], start: [untrue(error)] });
  expect(await begin(scene, "fail")).toStrictEqual(doubted(error));
});

test.each(["attach", "fail"] as const)(
  "cannot tell with `ifRunning: %s` whether a refusal that is no proof was true when the list cannot be had",
  async (ifRunning) => {
    const error = serviceError(404);
    for (const noList of [serviceError(403), serviceError(503), networkError()]) {
      const scene = createScene({ list: [[OLD], noList], start: [untrue(error)] });
      expect(await begin(scene, ifRunning)).toStrictEqual(doubted(error));
      expect(count(scene, "start")).toBe(1);
    }
  },
);

test("cannot tell either when the run is cancelled before the looks behind such a refusal are over", async () => {
  const error = serviceError(404);
  const looksMs = [500, 60_000];
  const answer: StartAnswer = { kind: "refused", error, mayMeanRunning: true, mayBeUntrue: true, looksMs };
  const scene = createScene({ list: [[OLD]], start: [answer] });
  scene.clock.at(START_MS + 1_000, () => scene.abort.abort());
  expect(await begin(scene)).toStrictEqual(doubted(error));
  expect(scene.asked).toEqual(["0 list", "0 start", "500 list"]);
});

test("adopts another go-live that runs, though the refusal is no proof", async () => {
  const former = goLive("3", "running", START_MS - 3_600_000);
  const scene = createScene({ list: [[OLD], [OLD, former]], start: [untrue(serviceError(409))] });
  expect(await begin(scene)).toStrictEqual({ reference: former.reference, origin: "adopted" });
});

test("takes a refusal that is no proof at its word when nothing has moved", async () => {
  const error = serviceError(404);
  const scene = createScene({ list: [[OLD]], start: [untrue(error)] });
  expect(await begin(scene)).toStrictEqual(notStarted(error));
});
