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
  expect(await ask(calm)).toEqual({ kind: "agreed" });
  expect(calm.asked).toEqual(["0 list", "0 offerStatus"]);
  expect(calm.events).toEqual([]);
});

test("asks again, the operation too, while they contradict, and believes the success once they do not", async () => {
  const late = scene({ offerStatus: [WAITS, WAITS, offerStatus("running")] });
  expect(await ask(late)).toEqual({ kind: "agreed" });
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
  expect(await ask(gone)).toEqual({ kind: "agreed" });
});

test.each([
  { name: "be reached", error: networkError(), asked: 8 },
  { name: "be asked", error: serviceError(403), asked: 2 },
])("believes the success when nobody else can $name", async ({ error, asked }) => {
  const silent = scene({ list: [error], offerStatus: [error] });
  expect(await ask(silent)).toEqual({ kind: "agreed" });
  expect(silent.asked).toHaveLength(asked);
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
