import { expect, test } from "@jest/globals";
import { openEmulator } from "../harness/emulator-client.ts";

const { begin, beginWith, advance, goLive, goLives, offerStatus, statusOf } = openEmulator();

/** The word for the offer as a whole, and the one of its step for the publisher's sign-off. */
async function shown(): Promise<readonly [status: string, signOff: string]> {
  const { body } = await offerStatus();
  return [body.status, body.steps.find((step: { id: string }) => step.id === "publisher-signoff").status];
}

const WAITING = ["waitingForPublisherReview", "waitingForPublisherReview"];
const RUNNING = ["running", "complete"];
const SUCCEEDED = ["succeeded", "complete"];

test("a new go-live can leave the status as it was for a while, and is refused a second one all the same", async () => {
  begin({ behaviour: { statusLagMs: 20_000 } });
  await goLive();
  advance(19_999);
  expect(await shown()).toEqual(WAITING);
  expect((await goLive()).status).toBe(409);
  advance(1);
  expect(await shown()).toEqual(RUNNING);
});

test("a go-live can have ended before the status shows it", async () => {
  begin({ behaviour: { statusLagMs: 90_000 } });
  await goLive();
  advance(60_000);
  expect([statusOf(goLives()[0]?.id ?? ""), await shown()]).toEqual(["succeeded", WAITING]);
  advance(30_000);
  expect(await shown()).toEqual(SUCCEEDED);
});

test("a migrated offer runs while its step waits for the publisher's sign-off", async () => {
  begin({ behaviour: { offerStatus: "migrated" } });
  expect(await shown()).toEqual(["running", "waitingForPublisherReview"]);
  expect((await offerStatus()).body.steps).toContainEqual(expect.objectContaining({ stepName: "publisher-signoff" }));
  beginWith({ state: "neverPublished" }, { behaviour: { offerStatus: "migrated" } });
  expect(await shown()).toEqual(["neverPublished", "notStarted"]);
});

test.each([
  ["succeeded", SUCCEEDED],
  ["waiting", WAITING],
  ["running", RUNNING],
] as const)("after a success the status can say %s, for ever", async (statusAfterSuccess, expected) => {
  begin({ behaviour: { statusAfterSuccess } });
  await goLive();
  expect(await shown()).toEqual(RUNNING);
  advance(60_000);
  expect(await shown()).toEqual(expected);
  advance(1e12);
  expect(await shown()).toEqual(expected);
});

test("after a success the status can be wrong for a while", async () => {
  begin({ behaviour: { statusAfterSuccess: "waiting", statusAfterSuccessMs: 5_000 } });
  await goLive();
  advance(64_999);
  expect(await shown()).toEqual(WAITING);
  advance(1);
  expect(await shown()).toEqual(SUCCEEDED);
});

test("an offer that was live before is shown so, and one whose go-live failed waits again", async () => {
  beginWith({ state: "live" }, { behaviour: { statusAfterSuccess: "waiting" } });
  expect(await shown()).toEqual(SUCCEEDED);
  beginWith({ goLive: { outcome: "failed" } }, { behaviour: { statusAfterSuccess: "running" } });
  await goLive();
  advance(60_000);
  expect(await shown()).toEqual(WAITING);
});

test("a go-live that ends at the very moment at which its preview stood is the last", async () => {
  beginWith({ state: "publishing", running: { durationMs: 0 }, goLive: { durationMs: 0 } });
  expect(await shown()).toEqual(WAITING);
  await goLive();
  expect(await shown()).toEqual(SUCCEEDED);
});
