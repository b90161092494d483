import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Standing, StartAnswer } from "../../src/marketplace/marketplace.ts";
import { InterruptedError, NotReadyError } from "../../src/go-live/outcome.ts";
import { start } from "../../src/go-live/start.ts";
import {
  acceptedAs,
  createScene,
  goLive,
  networkError,
  offerStatus,
  readyFor,
  type Scene,
  serviceError,
  START_MS,
  unclear as unclearAnswer,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" };
const LONG_MS = 600_000;
const lost = unclearAnswer(networkError());
const accepted = acceptedAs("9");

const begin = (scene: Scene) => start({ ...scene.options, offer: OFFER, ifRunning: "attach" });
const unclear = (error: Error) => ({ kind: "unclear", status: "unknown", error, baseline: expect.anything() });
const notStarted = (error: Error) => ({ kind: "notStarted", status: "rejected", error });
const turnedAway = (retryAfterMs: number): StartAnswer => ({ kind: "notSent", error: serviceError(429, retryAfterMs) });
const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const sent = (scene: Scene): readonly string[] => scene.asked.filter((line) => line.endsWith(" start"));
/** The look before the first sending, and those after it. */
const LOOKS = 1 + 11;

test("sends the same candidate again after an unclear sending without a trace", async () => {
  const scene = createScene({ standing: [readyFor("a")], start: [lost, accepted] });
  expect(await begin(scene)).toMatchObject({ origin: "started" });
  expect(scene.sent).toEqual([{ submissionId: "a" }, { submissionId: "a" }]);
});

const replaced = { kind: "replaced", candidate: { submissionId: "b" } } as const;

test("never sends again when another preview stands at the last look", async () => {
  const scene = createScene({ standing: [readyFor("a"), readyFor("b")], start: [lost] });
  expect(await begin(scene)).toStrictEqual(unclear(lost.error));
  expect(scene.sent).toEqual([{ submissionId: "a" }]);
  expect(scene.events.at(-1)).toStrictEqual({ kind: "notSentAgain", readiness: replaced });
});

test("never sends another preview than the one that was looked at after a long pause", async () => {
  const scene = createScene({ standing: [readyFor("a"), readyFor("b")], start: [turnedAway(LONG_MS)] });
  expect(await begin(scene)).toStrictEqual(notStarted(new NotReadyError(OFFER, replaced)));
  expect(scene.sent).toEqual([{ submissionId: "a" }]);
});

test("whatever stands at each look, only what the first one showed is ever sent", async () => {
  const standing = fc.constantFrom<Standing>(readyFor("a"), readyFor("b"), readyFor("a", [goLive("1", "failed")]));
  const answer = fc.constantFrom<StartAnswer>(lost, turnedAway(0), turnedAway(LONG_MS));
  await fc.assert(
    fc.asyncProperty(
      fc.array(standing, { minLength: 1, maxLength: 30 }),
      fc.array(answer, { minLength: 1, maxLength: 3 }),
      async (standings, answers) => {
        const scene = createScene({ standing: standings, start: answers });
        await begin(scene);
        const live = standings[0]?.readiness.live;
        const looked = live?.kind === "ready" ? live.candidate : undefined;
        expect(scene.sent).toEqual(scene.sent.map(() => looked));
        expect(scene.sent.length).toBeGreaterThan(0);
        expect(scene.sent.length).toBeLessThanOrEqual(3);
      },
    ),
  );
});

test("asks once more for a status that the last look could not tell, and sends again when the offer waits", async () => {
  const offer = [...times(LOOKS - 1, WAITS), networkError(), networkError(), WAITS];
  const scene = createScene({ list: [[]], offerStatus: offer, start: [lost, accepted] });
  expect(await begin(scene)).toMatchObject({ origin: "started" });
  expect(sent(scene)).toEqual(["0 start", "188000 start"]);
});

test("never sends again when the status cannot be had for a minute after the last look", async () => {
  const error = serviceError(503, 20_000);
  const scene = createScene({ list: [[]], offerStatus: [...times(LOOKS - 1, WAITS), error], start: [lost] });
  expect(await begin(scene)).toStrictEqual(unclear(lost.error));
  expect(scene.asked.at(-1)).toBe("245000 offerStatus");
  expect(scene.events.at(-1)).toStrictEqual({ kind: "notSentAgain", readiness: { kind: "notTold", error } });
});

test("finds the go-live that is listed while the status cannot be had", async () => {
  const ended = goLive("2", "failed", START_MS + 1);
  const scene = createScene({
    list: [...times(LOOKS, []), [ended]],
    offerStatus: [...times(LOOKS - 1, WAITS), networkError()],
    start: [lost],
  });
  expect(await begin(scene)).toMatchObject({ origin: "found", reference: ended.reference, isListedAsEnded: true });
  expect(sent(scene)).toHaveLength(1);
});

test("keeps the go-live that a look shows although the run is cancelled meanwhile", async () => {
  const own = goLive("2", "running", START_MS + 1);
  const scene = createScene({
    list: [
      ...times(LOOKS, []),
      () => {
        scene.abort.abort();
        return [own];
      },
    ],
    start: [unclearAnswer(serviceError(503, LONG_MS))],
  });
  expect(await begin(scene)).toMatchObject({ origin: "found", reference: own.reference });
});

test("says nothing of the offer when the run is cancelled while it is asked for", async () => {
  const scene: Scene = createScene({
    list: [[]],
    offerStatus: [
      ...times(LOOKS - 1, WAITS),
      networkError(),
      () => {
        scene.abort.abort();
        return networkError("interrupted");
      },
    ],
    start: [lost],
  });
  expect(await begin(scene)).toStrictEqual(unclear(new InterruptedError()));
  expect(scene.events.map(({ kind }) => kind)).not.toContain("notSentAgain");
});

const own = goLive("2", "running", START_MS + 1);
const done = goLive("2", "succeeded", START_MS + 1);

test.each([
  { name: "runs", list: [own], offer: offerStatus("running"), isEnded: false },
  { name: "has succeeded", list: [done], offer: offerStatus("succeeded"), isEnded: true },
])(
  "finds its own go-live that $name after a sending that was unclear and another that never left",
  async ({ list, offer, isEnded }) => {
    const scene = createScene({
      list: [...times(LOOKS, []), list],
      offerStatus: [...times(LOOKS, WAITS), offer],
      start: [lost, turnedAway(LONG_MS)],
    });
    const end = await begin(scene);
    expect(end).toMatchObject({ origin: "found", reference: own.reference, baseline: { keys: new Set() } });
    expect("isListedAsEnded" in end).toBe(isEnded);
    expect(sent(scene)).toHaveLength(2);
  },
);

test.each([
  { name: "the offer is live", list: [], offer: offerStatus("succeeded") },
  { name: "the list is refused", list: serviceError(403), offer: WAITS },
])(
  "never says that nothing was started after a sending that was unclear and another that never left: $name",
  async ({ list, offer }) => {
    const scene = createScene({
      list: [...times(LOOKS, []), list],
      offerStatus: [...times(LOOKS, WAITS), offer],
      start: [lost, turnedAway(LONG_MS)],
    });
    expect(await begin(scene)).toStrictEqual(unclear(lost.error));
  },
);
