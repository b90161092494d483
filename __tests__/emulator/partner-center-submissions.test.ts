import { expect, test } from "@jest/globals";
import {
  type PartnerCenterReset,
  type Stage,
  type SubmissionPlan,
  startPartnerCenter,
} from "../../emulator/partner-center/partner-center.ts";
import { openPartnerCenter, PRODUCT, SUBMISSION, SUBMISSION_PATH } from "./partner-center-client.ts";

const { advance, begin, beginWith, center, get, promote, submission, submissions } = openPartnerCenter();

const NEVER = "1601-01-01T00:00:00Z";

/** One submission, the first, which stands there. */
const beginAt = (stage: Stage, plan: SubmissionPlan = {}, options: PartnerCenterReset = {}): void =>
  beginWith({ submissions: [{ stage, ...plan }] }, options);

const idsOf = (body: { value: readonly { id: string }[] }) => body.value.map(({ id }) => id);
const substates = async () => (await submissions()).body.value.map((each: { substate: string }) => each.substate);

test("a submission that waits for the publisher, whole", async () => {
  const expected = {
    resourceType: "Submission",
    state: "Published",
    substate: "ReadyToPublish",
    targets: [{ type: "Scope", value: "Preview" }],
    resources: [{ type: "Package", value: expect.stringMatching(/^[\da-f-]{36}$/) }],
    publishedTimeInUtc: NEVER,
    pendingUpdateInfo: { updateType: "Create", status: "Completed" },
    releaseNumber: 28,
    areResourcesReady: true,
    id: SUBMISSION,
  };
  expect(await submissions()).toMatchObject({ status: 200, body: { value: [expected] } });
  expect((await submission()).body).toEqual(expected);
  expect(center().requests.map(({ route }) => route)).toEqual(["submissions", "submission"]);
});

test.each([
  ["assembling", "InProgress", "InDraft", "Running"],
  ["invalid", "InProgress", "InDraft", "Failed"],
  ["submitted", "InProgress", "Submitted", "Completed"],
  ["failed", "InProgress", "Failed", "Completed"],
  ["failedInCertification", "InProgress", "FailedInCertification", "Completed"],
  ["canceled", "InProgress", "Cancelled", "Completed"],
  ["ready", "Published", "ReadyToPublish", "Completed"],
  ["updating", "Published", "ReadyToPublish", "Running"],
  ["updateFailed", "Published", "ReadyToPublish", "Failed"],
  ["publishing", "Published", "Publishing", "Completed"],
  ["published", "Published", "Published", "Completed"],
  ["live", "Published", "InStore", "Completed"],
] as const)("a submission that is %s reads %s/%s, %s", async (stage, state, substate, status) => {
  beginAt(stage);
  expect((await submission()).body).toMatchObject({ state, substate, pendingUpdateInfo: { status } });
  expect(center().stageOf(SUBMISSION)).toBe(stage);
});

test("a submission that is absent is in no list and cannot be read", async () => {
  beginAt("absent");
  expect((await submissions()).body).toEqual({ value: [] });
  for (const path of ["", "/workflowdetails", "/validations", "/reports"]) {
    expect((await get(`${SUBMISSION_PATH}${path}`)).status).toBe(404);
  }
});

test.each([
  ["neverPublished", []],
  ["publishing", ["Submitted"]],
  ["ready", ["ReadyToPublish"]],
  ["twoReady", ["ReadyToPublish", "ReadyToPublish"]],
  ["publishFailed", ["Failed"]],
  ["goingLive", ["Publishing"]],
  ["goLiveFailed", ["Failed"]],
  ["live", ["InStore"]],
] as const)("a product that is %s has the submissions %j, behind what was live before", async (state, expected) => {
  beginWith({ state });
  expect(await substates()).toEqual(expected);
  beginWith({ state, wasLive: true });
  expect(await substates()).toEqual(["InStore", ...expected]);
});

test("a live one still says that its target is the preview, and when it went live", async () => {
  beginAt("live", { sinceMs: 3_600_000 });
  expect((await submission()).body).toMatchObject({
    targets: [{ type: "Scope", value: "Preview" }],
    publishedTimeInUtc: "2025-12-31T23:00:00.000Z",
  });
});

test("ids are text that no number can hold, and release numbers repeat", async () => {
  beginWith({ state: "twoReady" });
  const { body } = await submissions();
  const [one = "", other = ""] = idsOf(body);
  expect(one).toMatch(/^\d{19}$/);
  expect([one === other, Number(one) === Number(other)]).toEqual([false, true]);
  expect(body.value[0].releaseNumber).toBe(body.value[1].releaseNumber);
});

test("a submission can have an id and a release number of its own", async () => {
  beginAt("ready", { id: "1152921505690999999", releaseNumber: 3 });
  expect((await submission("1152921505690999999")).body).toMatchObject({ id: "1152921505690999999", releaseNumber: 3 });
  expect((await submission()).status).toBe(404);
});

test("a submission of one product is not found below another", async () => {
  begin({ products: [{ offerId: "contoso-app" }, { offerId: "other-app" }] });
  expect((await submission("1152921505690000223")).status).toBe(404);
  const other = PRODUCT.replace(/1$/, "2");
  expect((await get(`/v1.0/ingestion/products/${other}/submissions/1152921505690000223`)).status).toBe(200);
});

test.each([
  ["oldestFirst", [2, 3, 4]],
  ["newestFirst", [4, 3, 2]],
  ["scattered", [3, 2, 4]],
] as const)("submissions can be listed %s", async (listOrder, order) => {
  beginWith({ state: "twoReady", wasLive: true }, { behaviour: { listOrder } });
  expect(idsOf((await submissions()).body)).toEqual(order.map((last) => `115292150569000022${last}`));
});

test("words can be other ones, and the pending update and the time that means never, too", async () => {
  const words = { publishing: { state: "InProgress" }, ready: { substate: "AwaitingSignOff", pending: "Pondering" } };
  beginAt("publishing", {}, { behaviour: { words } });
  expect((await submission()).body).toMatchObject({ state: "InProgress", substate: "Publishing" });
  beginAt("ready", {}, { behaviour: { words, neverTime: "0001-01-01T00:00:00Z" } });
  expect((await submission()).body).toMatchObject({
    state: "Published",
    substate: "AwaitingSignOff",
    pendingUpdateInfo: { status: "Pondering" },
    publishedTimeInUtc: "0001-01-01T00:00:00Z",
  });
  beginAt("ready", {}, { behaviour: { pendingUpdate: "absent" } });
  expect((await submission()).body).not.toHaveProperty("pendingUpdateInfo");
});

test("a submission comes by itself where it is planned to, and what was before the start has been", async () => {
  beginAt("assembling", {
    later: [
      { afterMs: -1000, stage: "submitted" },
      { afterMs: 5000, stage: "ready" },
      { afterMs: 6000, stage: "absent" },
    ],
  });
  expect(await substates()).toEqual(["Submitted"]);
  advance(5000);
  expect(await substates()).toEqual(["ReadyToPublish"]);
  advance(1000);
  expect(await substates()).toEqual([]);
});

/** The substate of the submission itself, and those in the list. */
const shown = async () => [(await submission()).body.substate, ...(await substates())];

test("what is shown can be old, in the list more than in one submission, but never older than the start", async () => {
  beginWith({ state: "goingLive" }, { behaviour: { submissionsLagMs: 20_000, listLagMs: 10_000 } });
  expect(await shown()).toEqual(["Publishing", "Publishing"]);
  advance(60_000);
  expect(center().stageOf(SUBMISSION)).toBe("live");
  expect(await shown()).toEqual(["Publishing", "Publishing"]);
  advance(20_000);
  expect(await shown()).toEqual(["InStore", "Published"]);
  advance(10_000);
  expect(await shown()).toEqual(["InStore", "InStore"]);
});

test("a submission is moved by hand, and what was planned is off", async () => {
  beginWith({ state: "goingLive" });
  center().move(SUBMISSION, "ready");
  advance(120_000);
  expect(await substates()).toEqual(["ReadyToPublish"]);
  expect(() => center().move("1", "ready")).toThrow('The emulator has no submission "1".');
  expect(() => center().stageOf("1")).toThrow(RangeError);
});

test("the newest that is live and the newest that is ready are told by offer", () => {
  begin({
    products: [
      { offerId: "contoso-app", state: "twoReady", wasLive: true },
      { offerId: "other", state: "live" },
    ],
  });
  const truth = center();
  expect([truth.liveSubmission(), truth.previewSubmission()]).toEqual([SUBMISSION, "1152921505690000224"]);
  expect([truth.liveSubmission("OTHER"), truth.previewSubmission("other")]).toEqual(["1152921505690000225", undefined]);
  expect(truth.liveSubmission("nothing")).toBeUndefined();
});

const FAILURE = {
  failureReason: "Active validation errors",
  validations: [{ errorCode: "Resell-20007", message: "ResellerConfiguration module is missing.." }],
  reports: [{}, { status: "PassedWithNotes", fileUri: "https://files.example/notes?sig=secret" }],
} as const;

test("a failure says why: in the submission, in its validations and in its reports", async () => {
  beginAt("invalid", { sinceMs: 1000, failure: FAILURE });
  expect((await submission()).body.pendingUpdateInfo).toEqual({
    updateType: "Create",
    status: "Failed",
    failureReason: "Active validation errors",
    href: `v1.0/ingestion/products/${PRODUCT}/submissions/${SUBMISSION}/validations`,
  });
  expect((await get(`${SUBMISSION_PATH}/validations`)).body).toEqual({
    value: [
      {
        errorCode: "Resell-20007",
        severity: "Error",
        message: "ResellerConfiguration module is missing..",
        resource: "Package",
      },
    ],
  });
  const reportTimeInUtc = "2025-12-31T23:59:59.000Z";
  expect((await get(`${SUBMISSION_PATH}/reports`)).body).toEqual({
    value: [
      { reportTimeInUtc, status: "Failed", fileUri: expect.stringMatching(/^https:\/\/.*[?&]sig=/) },
      { reportTimeInUtc, status: "PassedWithNotes", fileUri: "https://files.example/notes?sig=secret" },
    ],
  });
  expect(center().requests.map(({ route }) => route)).toEqual(["submission", "validations", "reports"]);
});

test("one that could not be put together always has a reason, other failures often none, and no success has one", async () => {
  for (const stage of ["invalid", "updateFailed"] as const) {
    beginAt(stage);
    expect((await submission()).body.pendingUpdateInfo.failureReason).toBe("Active validation errors");
  }
  beginAt("failed");
  expect((await submission()).body.pendingUpdateInfo).toEqual({ updateType: "Create", status: "Completed" });
  beginAt("ready", { failure: FAILURE });
  expect((await submission()).body.pendingUpdateInfo).toEqual({ updateType: "Create", status: "Completed" });
  for (const path of ["validations", "reports"]) {
    expect((await get(`${SUBMISSION_PATH}/${path}`)).body).toEqual({ value: [] });
  }
});

test("an emulator can be started with everything, and begins again with the options of the start", async () => {
  const started = await startPartnerCenter({ products: [{ offerId: "other", state: "live" }] });
  try {
    const ask = () =>
      fetch(`${started.endpoint}/products/${PRODUCT}/submissions`, {
        headers: { authorization: "Bearer emulator-token" },
      });
    expect(await (await ask()).json()).toMatchObject({ value: [{ substate: "InStore" }] });
    started.reset({ products: [{ offerId: "other", state: "neverPublished" }] });
    expect(started.requests).toEqual([]);
    expect(await (await ask()).json()).toEqual({ value: [] });
    started.reset();
    expect(await (await ask()).json()).toMatchObject({ value: [{ substate: "InStore" }] });
  } finally {
    await started.close();
  }
});

test("what was live before stays beside the new one, or goes with its success", async () => {
  for (const [formerLive, expected] of [
    ["stays", ["InStore", "InStore"]],
    ["goes", ["InStore"]],
  ] as const) {
    beginWith({ wasLive: true }, { behaviour: { formerLive } });
    await promote("1152921505690000223");
    advance(59_999);
    expect(await substates()).toEqual(["InStore", "Published"]);
    advance(1);
    expect(await substates()).toEqual(expected);
    expect((await submission()).status).toBe(formerLive === "goes" ? 404 : 200);
    expect(center().liveSubmission()).toBe("1152921505690000223");
  }
});
