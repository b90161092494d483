import { expect, test } from "@jest/globals";
import { OFFER_PATH, openEmulator, VERSION } from "../harness/emulator-client.ts";

const { advance, ask, begin, beginWith, cancel, goLive, goLives, statusOf } = openEmulator();

const OWN = { publisherId: "contoso", offerId: "contoso-vm" } as const;

test("a body that is sent with a go-live is not read", async () => {
  const answer = await ask("POST", `${OFFER_PATH}/golive${VERSION}`, { body: "not JSON" });
  expect([answer.status, goLives().length]).toEqual([202, 1]);
});

test.each([200, 201, 202, 204, 303] as const)("a go-live can be accepted with %d", async (acceptedStatus) => {
  begin({ behaviour: { acceptedStatus } });
  const answer = await goLive();
  expect([answer.status, answer.body]).toEqual([acceptedStatus, undefined]);
  expect(answer.headers.get("location")).toBe(`${OFFER_PATH}/operations/${goLives()[0]?.id}${VERSION}`);
  begin({ behaviour: { acceptedStatus, location: "none" } });
  expect((await goLive()).headers.has("location")).toBe(false);
  expect(goLives()).toHaveLength(1);
});

test.each([
  ["otherOffer", { publisherId: "contoso", offerId: "contoso-app" }],
  ["otherPublisher", { publisherId: "fabrikam", offerId: "contoso-vm" }],
] as const)("a location can name the newest operation of the %s", async (location, other) => {
  begin({ offers: [OWN, { ...other, state: "live" }], behaviour: { location } });
  const answered = (await goLive()).headers.get("location") ?? "";
  expect(answered).toContain(`/api/publishers/${other.publisherId}/offers/${other.offerId}/operations/`);
  expect((await ask("GET", answered)).body).toMatchObject({ status: "completed", liveLinks: [{}, {}] });
  expect(statusOf(goLives()[0]?.id ?? "")).toBe("running");
});

test.each([
  ["otherOffer", "/api/publishers/contoso/offers/contoso-vm-other/operations/"],
  ["otherPublisher", "/api/publishers/contoso-other/offers/contoso-vm/operations/"],
] as const)("a location can name an %s that does not exist", async (location, start) => {
  begin({ behaviour: { location } });
  const answered = (await goLive()).headers.get("location") ?? "";
  expect(answered).toBe(`${start}${goLives()[0]?.id}${VERSION}`);
  expect((await ask("GET", answered)).status).toBe(404);
});

test("a location can be a path that is no operation", async () => {
  begin({ behaviour: { location: "noOperation" } });
  const answered = (await goLive()).headers.get("location") ?? "";
  expect(answered).toBe(`${OFFER_PATH}/status${VERSION}`);
  advance(60_000);
  expect((await ask("GET", answered)).body.status).toBe("succeeded");
});

test.each([
  ["optional", undefined, 202],
  ["optional", '{"metadata":{}}', 202],
  ["optional", "[]", 400],
  ["optional", "metadata", 400],
  ["required", undefined, 400],
  ["required", '{"metadata":{}}', 202],
] as const)("where the body of a cancel is %s, %p answers %d", async (cancelBody, body, status) => {
  beginWith({ goLive: { durationMs: Infinity } }, { behaviour: { cancelBody, cancelMs: 0 } });
  await goLive();
  expect((await cancel(body === undefined ? {} : { body })).status).toBe(status);
  expect(statusOf(goLives()[0]?.id ?? "")).toBe(status === 202 ? "canceled" : "running");
});

test("a cancel can be answered with 200, without a location", async () => {
  begin({ behaviour: { cancelStatus: 200, cancelMs: 5_000, pollRetryAfter: "5" } });
  await goLive();
  const { status, headers, body } = await cancel();
  expect([status, headers.get("location"), headers.get("retry-after"), body]).toEqual([200, null, null, undefined]);
  advance(5_000);
  expect(statusOf(goLives()[0]?.id ?? "")).toBe("canceled");
});
