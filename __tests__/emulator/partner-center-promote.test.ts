import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { GoLivePlan, PartnerCenterReset, Stage } from "../../emulator/partner-center/partner-center.ts";
import { JSON_OBJECT, openPartnerCenter, PRODUCT, SUBMISSION, SUBMISSION_PATH } from "./partner-center-client.ts";

const { advance, ask, begin, beginWith, center, get, now, promote, submission, submissions } = openPartnerCenter();

const beginGoLive = (goLive: GoLivePlan, options: PartnerCenterReset = {}): void => beginWith({ goLive }, options);
const substate = async () => (await submission()).body.substate;
const promoted = () =>
  center()
    .promotes()
    .map(({ submissionId }) => submissionId);
/** The next submission that is made. */
const NEXT = "1152921505690000223";

test("a promote is accepted once and tells what has begun", async () => {
  const { status, headers, body } = await promote();
  expect([status, headers.get("location")]).toEqual([200, null]);
  expect(body).toEqual({
    type: "Push",
    state: "InProgress",
    targetEnvironment: "Live",
    workflowSteps: [
      { name: "Certification", state: "InProgress" },
      { name: "Publish", state: "NotStarted" },
    ],
    startDateTimeInUtc: "2026-01-01T00:00:00.0000000",
  });
  expect(center().promotes()).toEqual([
    { submissionId: SUBMISSION, productId: PRODUCT, offerId: "contoso-app", atMs: now() },
  ]);
  expect(center().requests).toMatchObject([
    { method: "POST", path: `${SUBMISSION_PATH}/promote`, route: "promote", body: "{}", answer: 200 },
  ]);
});

test("the same submission goes through Publishing and Published to the store", async () => {
  await promote();
  const seen = [];
  for (const stepMs of [0, 49_999, 1, 9_999, 1]) {
    advance(stepMs);
    seen.push(await substate());
  }
  expect(seen).toEqual(["Publishing", "Publishing", "Published", "Published", "InStore"]);
  expect((await submission()).body).toMatchObject({ id: SUBMISSION, publishedTimeInUtc: "2026-01-01T00:01:00.000Z" });
  expect((await submissions()).body.value).toHaveLength(1);
});

test.each([
  ["without a body", { body: "" }],
  ["with an empty object", JSON_OBJECT],
  ["with its charset", { body: " { } ", headers: { "content-type": "Application/JSON; charset=utf-8" } }],
] as const)("a promote is taken %s", async (_, init) => {
  expect((await ask("POST", `${SUBMISSION_PATH}/promote`, init)).status).toBe(200);
  expect(promoted()).toEqual([SUBMISSION]);
});

test.each([
  ["as text", 415, { body: "{}", headers: { "content-type": "text/plain" } }],
  ["with members", 400, { body: `{"target":"live"}`, headers: { "content-type": "application/json" } }],
  ["that is no JSON", 400, { body: "{", headers: { "content-type": "application/json" } }],
  ["that is a list", 400, { body: "[]", headers: { "content-type": "application/json" } }],
] as const)("a body %s is refused with %d, and nothing goes live", async (_, status, init) => {
  expect((await ask("POST", `${SUBMISSION_PATH}/promote`, init)).status).toBe(status);
  expect(promoted()).toEqual([]);
  expect(await substate()).toBe("ReadyToPublish");
});

test.each([
  [{ acceptedStatus: 202 }, 202, expect.objectContaining({ type: "Push" })],
  [{ acceptedStatus: 204 }, 204, ""],
  [{ acceptedBody: "empty" }, 200, ""],
  [{ acceptedBody: "text" }, 200, "Accepted"],
] as const)("the acceptance %j is a %d", async (behaviour, status, body) => {
  begin({ behaviour });
  expect(await promote()).toMatchObject({ status, body });
  expect(promoted()).toEqual([SUBMISSION]);
});

test("an acceptance can name a location", async () => {
  begin({ behaviour: { acceptedLocation: "submission" } });
  expect((await promote()).headers.get("location")).toBe(SUBMISSION_PATH);
});

test.each([
  ["conflict", 409, 1],
  ["badRequest", 400, 1],
  ["accepted", 200, 2],
] as const)("a second promote, behaviour %s, answers %d", async (secondPromote, status, accepted) => {
  begin({ behaviour: { secondPromote } });
  await promote();
  expect((await promote()).status).toBe(status);
  expect(promoted()).toHaveLength(accepted);
});

test.each([
  ["assembling", "it is not ready to publish"],
  ["invalid", "it is not ready to publish"],
  ["submitted", "it is not ready to publish"],
  ["failed", "it is not ready to publish"],
  ["failedInCertification", "it is not ready to publish"],
  ["canceled", "it is not ready to publish"],
  ["updating", "it is not ready to publish"],
  ["updateFailed", "it is not ready to publish"],
  ["publishing", "a go-live of this product is already in progress"],
  ["published", "a go-live of this product is already in progress"],
  ["live", "it is in the store"],
] as const)("a promote of a submission that is %s is refused: %s", async (stage, reason) => {
  beginWith({ submissions: [{ stage }] }, { behaviour: { errorShape: "text" } });
  expect(await promote()).toMatchObject({ status: 409, body: `The submission cannot be promoted: ${reason}.` });
  expect(promoted()).toEqual([]);
  expect(center().stageOf(SUBMISSION)).toBe(stage);
});

test("a promote of a submission that is not there is a 404", async () => {
  beginWith({ submissions: [{ stage: "absent" }] });
  expect((await promote()).status).toBe(404);
  expect((await promote("1152921505699999999")).status).toBe(404);
  expect(promoted()).toEqual([]);
});

test("one that is ready is not promoted while another of its product goes live", async () => {
  beginWith({ state: "twoReady", goLive: { queuedMs: 5000 } });
  await promote();
  expect((await promote(NEXT)).status).toBe(409);
  advance(5000);
  expect((await promote(NEXT)).status).toBe(409);
  advance(60_000);
  expect((await promote(NEXT)).status).toBe(200);
  expect(promoted()).toEqual([SUBMISSION, NEXT]);
});

test("a promote can answer 503, or nothing, and work all the same", async () => {
  for (const act of [
    { kind: "status", status: 503 },
    { kind: "reset", at: "request" },
  ] as const) {
    begin({ faults: [{ on: "promote", nth: 1, carriedOut: true, act }] });
    const answer = await promote().catch(() => undefined);
    expect(answer?.status).toBe(act.kind === "status" ? 503 : undefined);
    expect(promoted()).toEqual([SUBMISSION]);
    expect(await substate()).toBe("Publishing");
    expect((await promote()).status).toBe(409);
  }
});

test("a promote can answer a gateway's page with 200, and work or not", async () => {
  for (const carriedOut of [true, false]) {
    const act = { kind: "garbage", body: "<html>Welcome</html>", contentType: "text/html" } as const;
    begin({ faults: [{ on: "promote", carriedOut, act }] });
    expect(await promote()).toMatchObject({ status: 200, body: "<html>Welcome</html>" });
    expect(promoted()).toEqual(carriedOut ? [SUBMISSION] : []);
  }
});

test("a promote can answer 503 and work later, or not at all", async () => {
  const act = { kind: "status", status: 503 } as const;
  begin({ faults: [{ on: "promote", carriedOutAfterMs: 90_000, act }] });
  await promote();
  expect([promoted(), await substate()]).toEqual([[], "ReadyToPublish"]);
  advance(90_000);
  expect(promoted()).toEqual([SUBMISSION]);
  expect(center().promotes()[0]?.atMs).toBe(now());
  begin({ faults: [{ on: "promote", act }] });
  await promote();
  advance(1e9);
  expect([promoted(), await substate()]).toEqual([[], "ReadyToPublish"]);
});

test("two promotes that take effect later are one go-live", async () => {
  const act = { kind: "status", status: 503 } as const;
  begin({ faults: [{ on: "promote", carriedOutAfterMs: 1000, act }] });
  await promote();
  await promote();
  advance(1000);
  expect(promoted()).toEqual([SUBMISSION]);
});

test("a promote can answer 200 and lag, while a second one is refused", async () => {
  beginGoLive({ queuedMs: 600_000 });
  expect((await promote()).status).toBe(200);
  advance(599_999);
  expect(await substate()).toBe("ReadyToPublish");
  expect(center().stageOf(SUBMISSION)).toBe("ready");
  expect((await promote()).status).toBe(409);
  advance(1);
  expect(await substate()).toBe("Publishing");
  advance(60_000);
  expect(await substate()).toBe("InStore");
  beginGoLive({ queuedMs: Infinity });
  await promote();
  advance(1e12);
  expect([promoted(), await substate()]).toEqual([[SUBMISSION], "ReadyToPublish"]);
});

test("a go-live can last for ever", async () => {
  beginGoLive({ durationMs: Infinity });
  await promote();
  advance(1e12);
  expect(await substate()).toBe("Publishing");
});

test("a go-live can be over at once", async () => {
  beginGoLive({ durationMs: 0 });
  await promote();
  expect(await substate()).toBe("InStore");
});

test.each([
  ["failed", "Failed", "Completed"],
  ["failedInCertification", "FailedInCertification", "Completed"],
  ["canceled", "Cancelled", "Completed"],
  ["updateFailed", "ReadyToPublish", "Failed"],
  ["ready", "ReadyToPublish", "Completed"],
] as const)("a go-live can end late as %s, which reads %s, %s", async (outcome, word, status) => {
  beginGoLive({ durationMs: 86_400_000, publishedMs: 1000, outcome });
  await promote();
  advance(86_399_999);
  expect(await substate()).toBe("Published");
  advance(1);
  expect((await submission()).body).toMatchObject({ substate: word, pendingUpdateInfo: { status } });
  expect(center().stageOf(SUBMISSION)).toBe(outcome);
});

test("a go-live that fails does not stand there as published unless it is told to", async () => {
  beginGoLive({ outcome: "failed" });
  await promote();
  advance(59_999);
  expect(await substate()).toBe("Publishing");
});

test("a go-live can end with its submission gone", async () => {
  beginGoLive({ outcome: "absent" });
  await promote();
  advance(60_000);
  expect((await submission()).status).toBe(404);
  expect((await submissions()).body).toEqual({ value: [] });
});

test("a go-live that failed tells its reasons, one that was withdrawn too, and a new try can be begun", async () => {
  const failure = { failureReason: "Certification failed", validations: [{ errorCode: "C-1", message: "No." }] };
  for (const outcome of ["failed", "ready"] as const) {
    beginGoLive({ outcome, failure });
    await promote();
    expect((await submission()).body.pendingUpdateInfo).not.toHaveProperty("failureReason");
    advance(60_000);
    expect((await submission()).body.pendingUpdateInfo.failureReason).toBe("Certification failed");
    expect((await get(`${SUBMISSION_PATH}/validations`)).body.value).toMatchObject([{ errorCode: "C-1" }]);
    expect((await promote()).status).toBe(outcome === "ready" ? 200 : 409);
  }
});

test("a go-live that succeeds has no reasons, though some were planned", async () => {
  beginGoLive({ failure: { failureReason: "Certification failed" } });
  await promote();
  advance(60_000);
  expect((await submission()).body).toMatchObject({
    substate: "InStore",
    pendingUpdateInfo: { updateType: "Create", status: "Completed" },
  });
  expect((await submission()).body.pendingUpdateInfo).not.toHaveProperty("failureReason");
});

test("a go-live that runs at the start goes as it is told to, and is no accepted promote", async () => {
  beginWith({ state: "goingLive", running: { durationMs: 5000, outcome: "failed" }, goLive: {} });
  expect([await substate(), promoted()]).toEqual(["Publishing", []]);
  advance(5000);
  expect(await substate()).toBe("Failed");
});

const entries = async () =>
  (await submissions()).body.value.map((each: { id: string; substate: string }) => [each.id, each.substate]);

test("the preview can stand beside what goes live, under one id", async () => {
  begin({ behaviour: { promotedEntries: "previewBeside" } });
  expect(await entries()).toEqual([[SUBMISSION, "ReadyToPublish"]]);
  await promote();
  expect(await entries()).toEqual([
    [SUBMISSION, "ReadyToPublish"],
    [SUBMISSION, "Publishing"],
  ]);
  expect(await substate()).toBe("Publishing");
  advance(60_000);
  expect(await entries()).toEqual([[SUBMISSION, "InStore"]]);
});

test.each([
  ["assembling", 204],
  ["invalid", 204],
  ["submitted", 204],
  ["ready", 409],
  ["publishing", 409],
  ["live", 409],
  ["absent", 404],
] as const)("a delete of a submission that is %s answers %d, and is written down", async (stage, status) => {
  beginWith({ submissions: [{ stage }] });
  expect((await ask("DELETE", SUBMISSION_PATH)).status).toBe(status);
  expect(center().stageOf(SUBMISSION)).toBe(status === 204 ? "absent" : stage);
  expect(center().deletes()).toMatchObject([{ method: "DELETE", path: SUBMISSION_PATH, answer: status }]);
});

test("a delete is written down whatever it asks for, and can be lost or late", async () => {
  await ask("DELETE", "/v1.0/ingestion/products");
  await ask("DELETE", "/elsewhere", { headers: { authorization: "none" } });
  expect(center().deletes()).toHaveLength(2);
  const faults = [{ on: "delete", nth: 1, carriedOutAfterMs: 1000, act: { kind: "reset", at: "request" } }] as const;
  beginWith({ submissions: [{ stage: "submitted", later: [{ afterMs: 2000, stage: "ready" }] }] }, { faults });
  await expect(ask("DELETE", SUBMISSION_PATH)).rejects.toThrow("fetch failed");
  expect(center().stageOf(SUBMISSION)).toBe("submitted");
  advance(1000);
  expect([center().stageOf(SUBMISSION), center().deletes()]).toMatchObject(["absent", [{ answer: "reset" }]]);
});

test("a delete that takes effect too late does nothing", async () => {
  const faults = [{ on: "delete", carriedOutAfterMs: 3000, act: { kind: "status", status: 504 } }] as const;
  beginWith({ submissions: [{ stage: "submitted", later: [{ afterMs: 2000, stage: "ready" }] }] }, { faults });
  await ask("DELETE", SUBMISSION_PATH);
  advance(3000);
  expect(center().stageOf(SUBMISSION)).toBe("ready");
});

const stages = async () => (await submissions()).body.value.map((each: { id: string }) => center().stageOf(each.id));

test("a preview can be replaced between a look and a promote", async () => {
  begin({ happenings: [{ what: "previewReplaced", when: { before: "promote" } }] });
  expect((await submission()).status).toBe(200);
  expect((await promote()).status).toBe(404);
  expect([promoted(), center().previewSubmission()]).toEqual([[], NEXT]);
  expect((await promote(NEXT)).status).toBe(200);
});

test("things happen after the nth request of a route, or after a while", async () => {
  begin({
    happenings: [
      { what: "promoteStarted", when: { after: "submission", nth: 2 } },
      { what: "goLiveCanceled", when: { afterMs: 30_000 } },
    ],
  });
  expect([await substate(), await substate(), await substate()]).toEqual([
    "ReadyToPublish",
    "ReadyToPublish",
    "Publishing",
  ]);
  expect(promoted()).toEqual([]);
  advance(30_000);
  expect(await substate()).toBe("Cancelled");
});

test("one that is ready is promoted all the same while a newer one is made", async () => {
  begin({ happenings: [{ what: "publishStarted", when: { afterMs: 0 } }] });
  expect((await promote()).status).toBe(200);
  advance(60_000);
  expect(await stages()).toEqual(["live", "ready"]);
});

test("a publish to preview can begin beside the one that is ready, and the preview can be withdrawn", async () => {
  begin({ happenings: [{ what: "publishStarted", when: { afterMs: 0 } }] });
  expect(await stages()).toEqual(["ready", "submitted"]);
  advance(59_999);
  expect(await stages()).toEqual(["ready", "submitted"]);
  advance(1);
  expect([await stages(), center().previewSubmission()]).toEqual([["ready"], NEXT]);
  begin({ happenings: [{ what: "previewWithdrawn", when: { before: "submissions" } }] });
  expect(await stages()).toEqual([]);
});

test("what happens to a product that has nothing of the kind is nothing", async () => {
  const kinds = ["previewWithdrawn", "promoteStarted", "goLiveCanceled"] as const;
  const happenings = kinds.map((what) => ({ what, when: { afterMs: 0 }, offerId: "other" }));
  begin({ products: [{ offerId: "contoso-app" }, { offerId: "other", state: "live" }], happenings });
  expect(await stages()).toEqual(["ready"]);
  expect(center().liveSubmission("other")).toBe(NEXT);
  begin({ happenings: [{ what: "previewReplaced", when: { afterMs: 0 }, offerId: "nothing" }] });
  expect(await stages()).toEqual(["ready"]);
  beginWith({ state: "neverPublished" }, { happenings: [{ what: "previewReplaced", when: { afterMs: 0 } }] });
  expect(await stages()).toEqual(["ready"]);
});

test("however often and whenever it is asked for, one go-live is accepted until it has ended otherwise than live", async () => {
  const outcome = fc.constantFrom<NonNullable<GoLivePlan["outcome"]>>("live", "failed", "ready", "updateFailed");
  const pause = fc.integer({ min: 0, max: 40_000 });
  await fc.assert(
    fc.asyncProperty(outcome, pause, fc.array(pause, { maxLength: 6 }), async (end, queuedMs, pauses) => {
      beginGoLive({ outcome: end, queuedMs, durationMs: 30_000 });
      const open: Stage[] = [];
      for (const pauseMs of pauses) {
        const before = promoted().length;
        await promote();
        if (promoted().length > before) open.push(center().stageOf(SUBMISSION));
        advance(pauseMs);
      }
      const total = pauses.reduce((sum, each) => sum + each, 0);
      const rounds = end === "ready" ? Math.ceil((total + 1) / (queuedMs + 30_000)) : 1;
      expect(promoted().length).toBeLessThanOrEqual(rounds);
      expect(promoted()).toHaveLength(open.length);
    }),
    { numRuns: 40 },
  );
});
