import { expect, test } from "@jest/globals";
import { confirm } from "../../src/go-live/confirm.ts";
import { followed, operation } from "../harness/operation.ts";
import {
  createScene,
  goLive,
  networkError,
  offerStatus,
  type Scene,
  type Script,
  serviceError,
  START_MS,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const DONE = operation({ status: "succeeded", statusWord: "complete" });
const answer = { operation: DONE, retryAfterMs: undefined };
const agree = { list: [[]], offerStatus: [offerStatus("succeeded")] };
const scene = (script: Script): Scene => createScene({ operation: [answer], ...agree, ...script });
const ask = ({ options }: Scene) => confirm(followed(), DONE, options);

test("asks the list and the status once when they do not contradict", async () => {
  const calm = scene({});
  expect(await ask(calm)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  expect(calm.asked).toEqual(["0 list", "0 offerStatus"]);
  expect(calm.events).toEqual([]);
});

test("asks again, the operation too, while they contradict, and believes the success once they do not", async () => {
  const late = scene({ offerStatus: [WAITS, WAITS, offerStatus("running")] });
  expect(await ask(late)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  const rounds = [5_000, 15_000].flatMap((ms) => [`${ms} operation`, `${ms} list`, `${ms} offerStatus`]);
  expect(late.asked).toEqual(["0 list", "0 offerStatus", ...rounds]);
  expect(late.events.map(({ kind }) => kind)).toEqual(["doubted", "doubted"]);
});

test("holds the contradiction for true after more than three minutes", async () => {
  const running = goLive(followed().reference.id, "running");
  const torn = scene({ list: [[running]] });
  const contradiction = { kind: "listedOtherwise", submission: running };
  expect(await ask(torn)).toEqual({ kind: "contradicted", contradiction });
  expect(torn.clock.now() - START_MS).toBe(185_000);
});

test("says that the operation has changed its word", async () => {
  const failed = operation({ status: "failed", statusWord: "failed" });
  const changed = scene({ offerStatus: [WAITS], operation: [{ ...answer, operation: failed }] });
  expect(await ask(changed)).toEqual({ kind: "changed", operation: failed });
});

test("keeps what the operation said when it cannot be asked again", async () => {
  const gone = scene({ offerStatus: [WAITS, offerStatus("succeeded")], operation: [serviceError(404)] });
  expect(await ask(gone)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
});

const LOOKS = [0, 5_000, 15_000, 30_000, 60_000, 120_000, 185_000];

test("looks again for three minutes while nobody can be reached, and then believes the success", async () => {
  const silent = scene({ list: [networkError()] });
  expect(await ask(silent)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  // Each look asks four times within 7 s.
  expect(silent.asked).toHaveLength(LOOKS.length * 4);
  expect(silent.asked.slice(-4)).toEqual(["185000 list", "186000 list", "188000 list", "192000 list"]);
  expect(silent.events).toEqual([]);
});

test("looks again for three minutes while only the status cannot be had, and then believes the success", async () => {
  const silent = scene({ offerStatus: [serviceError(503)] });
  expect(await ask(silent)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  expect(silent.asked).toEqual(LOOKS.flatMap((time) => [`${time} list`, `${time} offerStatus`]));
});

test("hears what contradicts the success when the service can be asked again", async () => {
  const late = scene({ list: [serviceError(503, 60_000), []], offerStatus: [networkError(), WAITS] });
  const contradiction = { kind: "signOffWaits", stageWord: "waitingForPublisherReview" };
  expect(await ask(late)).toEqual({ kind: "contradicted", contradiction });
  expect(late.clock.now() - START_MS).toBe(185_000);
});

test.each([
  { what: "list", script: { list: [serviceError(403)] }, asked: ["0 list"] },
  { what: "status", script: { offerStatus: [serviceError(403)] }, asked: ["0 list", "0 offerStatus"] },
])("believes the success at once when the $what is refused: that is no evidence", async ({ script, asked }) => {
  const silent = scene(script);
  expect(await ask(silent)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  expect(silent.asked).toEqual(asked);
});

test.each([networkError(), serviceError(403)])(
  "does not forget a contradiction because the service cannot be asked any more: %s",
  async (error) => {
    const running = goLive(followed().reference.id, "running");
    const listed = scene({ list: [[running], error] });
    const contradiction = { kind: "listedOtherwise", submission: running };
    expect(await ask(listed)).toEqual({ kind: "contradicted", contradiction });
    const waiting = scene({ offerStatus: [WAITS, error] });
    expect(await ask(waiting)).toMatchObject({ kind: "contradicted", contradiction: { kind: "signOffWaits" } });
  },
);

test("takes what the list said for gone when it says otherwise by now, though the status cannot be had", async () => {
  const { id } = followed().reference;
  const list = [[goLive(id, "running")], [goLive(id, "completed")]];
  const late = scene({ list, offerStatus: [serviceError(403)] });
  expect(await ask(late)).toMatchObject({ kind: "agreed", operation: { status: "succeeded" } });
  expect(late.asked).toEqual(["0 list", "5000 operation", "5000 list", "5000 offerStatus"]);
});

test("stops when the run is cancelled", async () => {
  const torn = scene({ offerStatus: [WAITS] });
  torn.clock.at(START_MS + 7_000, () => torn.abort.abort());
  expect(await ask(torn)).toEqual({ kind: "interrupted" });
  expect(torn.asked.at(-1)).toBe("5000 offerStatus");
});

test("lets a bug through", async () => {
  const bug = new RangeError("a bug");
  await expect(ask(scene({ list: [bug] }))).rejects.toBe(bug);
});
