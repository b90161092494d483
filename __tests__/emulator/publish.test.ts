import { expect, test } from "@jest/globals";
import type { OfferState } from "../../emulator/emulator.ts";
import { OFFER_PATH, openEmulator, VERSION } from "../harness/emulator-client.ts";

const emulator = openEmulator();
const { advance, beginWith, list, offerState, offerStatus, operation, publish, publishes, statusOf } = emulator;

const ADDRESSES = '{"metadata":{"notification-emails":"jane@contoso.com"}}';
const HOUR_MS = 3_600_000;

test("a publish is an operation of the slot staging, after which the offer waits for the sign-off", async () => {
  beginWith({ state: "live", publish: { durationMs: HOUR_MS } });
  const answer = await publish(ADDRESSES);
  const [{ id = "" } = {}] = publishes();
  expect([answer.status, answer.headers.get("location")]).toEqual([202, `${OFFER_PATH}/operations/${id}${VERSION}`]);
  expect([offerState(), statusOf(id)]).toEqual(["publishing", "running"]);
  expect((await list()).body[0]).toMatchObject({ id, slot: "staging", submissionState: "running" });
  advance(HOUR_MS);
  expect([offerState(), emulator.goLives()]).toEqual(["readyForGoLive", []]);
  expect((await offerStatus()).body.status).toBe("waitingForPublisherReview");
  await emulator.goLive();
  advance(60_000);
  expect(offerState()).toBe("live");
});

test.each([
  ["neverPublished", 202],
  ["readyForGoLive", 202],
  ["live", 202],
  ["publishing", 409],
  ["goingLive", 409],
] satisfies [OfferState, number][])("a publish of an offer that is %s answers %d", async (state, status) => {
  beginWith({ state });
  expect((await publish(ADDRESSES)).status).toBe(status);
  expect(publishes()).toHaveLength(status === 202 ? 1 : 0);
});

test.each([
  ["badRequest", 400, 0],
  ["accepted", 202, 1],
] as const)("a publish while one runs can be %s", async (secondPublish, status, count) => {
  beginWith({ state: "publishing" }, { behaviour: { secondPublish } });
  expect([(await publish(ADDRESSES)).status, publishes().length]).toEqual([status, count]);
});

test.each([
  ["optional", undefined, 202],
  ["optional", ADDRESSES, 202],
  ["optional", "[]", 400],
  ["required", undefined, 400],
  ["required", '{"metadata":{"notification-emails":""}}', 400],
  ["required", ADDRESSES, 202],
] as const)("where the addresses of a publish are %s, %p answers %d", async (publishBody, body, status) => {
  beginWith({}, { behaviour: { publishBody } });
  expect((await publish(body)).status).toBe(status);
});

test.each([
  ["completed", "completed", [], "completed"],
  ["stepWaits", "running", ["waitingForPublisherReview"], "running"],
  ["statusWaits", "waitingForPublisherReview", [], "waitingForPublisherReview"],
  ["offerWaits", "running", [], "running"],
] as const)("a publish that waits for the sign-off can show it so: %s", async (publishAtEnd, status, signOff, word) => {
  beginWith({ publish: { durationMs: HOUR_MS } }, { behaviour: { publishAtEnd } });
  await publish(ADDRESSES);
  const id = publishes()[0]?.id;
  advance(HOUR_MS);
  const { body } = await operation(id);
  expect(body.status).toBe(status);
  const own = body.steps.filter((step: { readonly id: string }) => step.id === "publisher-signoff");
  expect(own.map((step: { readonly status: string }) => step.status)).toEqual(signOff);
  expect((await list()).body[0]).toMatchObject({ id, submissionState: word });
  await emulator.goLive();
  advance(60_000);
  expect((await operation(id)).body.status).toBe("completed");
});

test("the address of an offer that was not migrated shows its newest publish", async () => {
  beginWith({ publish: { durationMs: HOUR_MS } }, { behaviour: { location: "notMigrated" } });
  const location = (await publish(ADDRESSES)).headers.get("location") ?? "";
  expect((await emulator.ask("GET", location)).body.status).toBe("running");
  advance(HOUR_MS);
  expect((await emulator.ask("GET", location)).body.status).toBe("completed");
});
