import { expect, test } from "@jest/globals";
import { dryRun } from "../../src/go-live/dry-run.ts";
import { InterruptedError } from "../../src/go-live/outcome.ts";
import {
  createScene,
  goLive,
  networkError,
  preview,
  type Script,
  serviceError,
  WAITS,
} from "../harness/scripted-marketplace.ts";

const LOST = networkError();

async function find(script: Script) {
  const scene = createScene(script);
  return { finding: await dryRun(scene.options), asked: scene.asked, events: scene.events };
}

test("asks for the list, then for the offer, and for nothing else", async () => {
  const { finding, asked, events } = await find({ list: [[]], offerStatus: [WAITS] });
  expect(finding).toEqual({ kind: "ready", candidate: { submissionId: undefined }, preview: undefined });
  expect(asked).toEqual(["0 list", "0 offerStatus"]);
  expect(events).toEqual([]);
});

test("asks for the list and the offer's status again, after growing pauses, and says each time why", async () => {
  const { finding, asked, events } = await find({ list: [[]], offerStatus: [LOST, LOST, LOST, LOST, LOST, WAITS] });
  expect(finding.kind).toBe("ready");
  expect(asked).toEqual(
    [0, 1_000, 3_000, 7_000, 15_000, 30_000].flatMap((atMs) => [`${atMs} list`, `${atMs} offerStatus`]),
  );
  expect(events).toEqual(
    [1_000, 2_000, 4_000, 8_000, 15_000].map((pauseMs) => ({ kind: "retrying", error: LOST, pauseMs })),
  );
});

test("gives up after the last of them, and passes the reason on", async () => {
  const { finding, asked } = await find({ list: [[]], offerStatus: [LOST] });
  expect(finding).toEqual({ kind: "notTold", error: LOST });
  expect(asked).toHaveLength(12);
});

test("does not wait longer than a quarter of an hour for an answer", async () => {
  const late = serviceError(503, 14 * 60_000);
  const { finding, asked } = await find({ list: [[]], offerStatus: [late] });
  expect(finding).toEqual({ kind: "notTold", error: late });
  expect(asked).toEqual(["0 list", "0 offerStatus", "840000 list", "840000 offerStatus"]);
});

test("asks nothing more when the list is refused", async () => {
  const refused = serviceError(403);
  const { finding, asked } = await find({ list: [refused] });
  expect(finding).toEqual({ kind: "notTold", error: refused });
  expect(asked).toEqual(["0 list"]);
});

test("a go-live that runs is enough to know, whatever becomes of the offer's status", async () => {
  const running = goLive("7");
  const { finding } = await find({ list: [[preview("6"), running]], offerStatus: [serviceError(403)] });
  expect(finding).toEqual({ kind: "goLiveRuns", goLive: running });
  const ended = await find({ list: [[goLive("7", "completed")]], offerStatus: [serviceError(403)] });
  expect(ended.finding.kind).toBe("notTold");
});

test.each(["list", "offerStatus"] as const)(
  "says that it was cancelled when it was, while it asks for: %s",
  async (name) => {
    const scene = createScene({
      list: [[]],
      [name]: [
        () => {
          scene.abort.abort();
          return LOST;
        },
      ],
    });
    const finding = await dryRun(scene.options);
    expect(finding).toEqual({ kind: "notTold", error: new InterruptedError() });
  },
);

test("a bug is none of the findings", async () => {
  const bug = new TypeError("x is undefined");
  await expect(find({ list: [[]], offerStatus: [bug] })).rejects.toBe(bug);
});
