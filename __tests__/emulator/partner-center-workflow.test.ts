import { expect, test } from "@jest/globals";
import type { Behaviour, GoLivePlan, Stage } from "../../emulator/partner-center/partner-center.ts";
import { openPartnerCenter, SUBMISSION_PATH } from "./partner-center-client.ts";

const { advance, beginWith, center, get, promote } = openPartnerCenter();

const PATH = `${SUBMISSION_PATH}/workflowdetails`;

const beginAt = (stage: Stage, behaviour: Partial<Behaviour> = {}, goLive: GoLivePlan = {}): void =>
  beginWith({ goLive, submissions: [{ stage, sinceMs: 60_000 }] }, { behaviour });

/** The halves, as `Live InProgress: Certification InProgress, …`. */
async function halves(): Promise<readonly string[]> {
  const { body } = await get(PATH);
  return body.value.map((half: Half) => {
    const steps = half.workflowSteps.map(({ name, state }) => `${name} ${state}`);
    return `${half.targetEnvironment} ${half.state}: ${steps.join(", ")}`;
  });
}

interface Half {
  readonly targetEnvironment: string;
  readonly state: string;
  readonly workflowSteps: readonly { readonly name: string; readonly state: string }[];
}

const PREVIEW_DONE = "Preview Success: Automated validation Success, Preview Creation Success";
const LIVE_NOT_STARTED = "Live NotStarted: Certification NotStarted, Publish NotStarted";

test("the live half stands there before any promote", async () => {
  beginAt("ready");
  expect((await get(PATH)).body.value).toEqual([
    {
      type: "Push",
      state: "Success",
      targetEnvironment: "Preview",
      workflowSteps: [
        { name: "Automated validation", state: "Success" },
        { name: "Preview Creation", state: "Success" },
      ],
      startDateTimeInUtc: "2025-12-31T23:45:00.0000000",
      completeDateTimeInUtc: "2025-12-31T23:59:00.0000000",
    },
    {
      type: "Push",
      state: "NotStarted",
      targetEnvironment: "Live",
      workflowSteps: [
        { name: "Certification", state: "NotStarted" },
        { name: "Publish", state: "NotStarted" },
      ],
    },
  ]);
  expect(center().requests).toMatchObject([{ route: "workflowDetails", answer: 200 }]);
});

test.each([
  ["assembling", "Preview NotStarted: Automated validation NotStarted, Preview Creation NotStarted"],
  ["submitted", "Preview InProgress: Automated validation InProgress, Preview Creation NotStarted"],
  ["failed", "Preview Failed: Automated validation Failed, Preview Creation NotStarted"],
  ["failedInCertification", "Preview Failed: Automated validation Failed, Preview Creation NotStarted"],
  ["canceled", "Preview Failed: Automated validation Failed, Preview Creation NotStarted"],
  ["ready", PREVIEW_DONE],
  ["updating", PREVIEW_DONE],
  ["updateFailed", PREVIEW_DONE],
] as const)("of one that is %s, the halves are %s, and Live NotStarted", async (stage, preview) => {
  beginAt(stage);
  expect(await halves()).toEqual([preview, LIVE_NOT_STARTED]);
});

test.each([
  ["publishing", "Live InProgress: Certification InProgress, Publish NotStarted"],
  ["published", "Live InProgress: Certification InProgress, Publish NotStarted"],
  ["live", "Live Success: Certification Success, Publish Success"],
] as const)("of one that is %s, the live half is %s", async (stage, live) => {
  beginAt(stage);
  expect(await halves()).toEqual([PREVIEW_DONE, live]);
});

test("one that could not be put together has no halves", async () => {
  beginAt("invalid");
  expect((await get(PATH)).body).toEqual({ value: [] });
});

test("a go-live passes its steps one after the other, each with its time", async () => {
  beginAt("ready");
  await promote();
  const seen = [];
  for (const stepMs of [29_999, 1, 30_000]) {
    advance(stepMs);
    seen.push((await halves())[1]);
  }
  expect(seen).toEqual([
    "Live InProgress: Certification InProgress, Publish NotStarted",
    "Live InProgress: Certification Success, Publish InProgress",
    "Live Success: Certification Success, Publish Success",
  ]);
  expect((await get(PATH)).body.value[1]).toMatchObject({
    startDateTimeInUtc: "2026-01-01T00:00:00.0000000",
    completeDateTimeInUtc: "2026-01-01T00:01:00.0000000",
  });
});

test("a go-live that was accepted and does not show yet does not show here either", async () => {
  beginAt("ready", {}, { queuedMs: 1000 });
  await promote();
  expect((await halves())[1]).toBe(LIVE_NOT_STARTED);
  advance(1000);
  expect((await halves())[1]).toBe("Live InProgress: Certification InProgress, Publish NotStarted");
});

test.each([
  [{}, "Certification Success, Publish Failed"],
  [{ failingStep: "Certification" }, "Certification Failed, Publish NotStarted"],
  [
    { steps: ["Malware scan", "Rollout", "Publish"], failingStep: "Rollout" },
    "Malware scan Success, Rollout Failed, Publish NotStarted",
  ],
] as const)("a go-live that fails, %j, fails in its step: %s", async (plan, steps) => {
  for (const outcome of ["failed", "failedInCertification", "canceled", "updateFailed", "ready"] as const) {
    beginAt("ready", {}, { ...plan, outcome });
    await promote();
    advance(60_000);
    expect(await halves()).toEqual([PREVIEW_DONE, `Live Failed: ${steps}`]);
  }
});

test("a go-live that will fail in its first step gets no further", async () => {
  beginAt("ready", {}, { outcome: "failed", failingStep: "Certification" });
  await promote();
  advance(59_999);
  expect((await halves())[1]).toBe("Live InProgress: Certification InProgress, Publish NotStarted");
});

/** When the preview was begun and when it stood, as the details say. */
async function times(): Promise<readonly unknown[]> {
  const [{ startDateTimeInUtc, completeDateTimeInUtc }] = (await get(PATH)).body.value;
  return [startDateTimeInUtc, completeDateTimeInUtc];
}

test("the preview's times are those of its making", async () => {
  const later = [
    { afterMs: 5000, stage: "submitted" },
    { afterMs: 65_000, stage: "ready" },
  ] as const;
  beginWith({ submissions: [{ stage: "assembling", sinceMs: 0, later }] });
  expect(await times()).toEqual([undefined, undefined]);
  advance(5000);
  expect(await times()).toEqual(["2026-01-01T00:00:00.0000000", undefined]);
  advance(60_000);
  expect(await times()).toEqual(["2026-01-01T00:00:00.0000000", "2026-01-01T00:01:05.0000000"]);
  await promote();
  advance(60_000);
  expect(await times()).toEqual(["2026-01-01T00:00:00.0000000", "2026-01-01T00:01:05.0000000"]);
});

test("a preview that failed ended when it did", async () => {
  beginWith({ submissions: [{ stage: "submitted", sinceMs: 0, later: [{ afterMs: 7000, stage: "failed" }] }] });
  advance(9000);
  expect((await get(PATH)).body.value[0]).toMatchObject({ completeDateTimeInUtc: "2026-01-01T00:00:07.0000000" });
});

test("a second go-live of one submission has times of its own", async () => {
  beginAt("ready", {}, { outcome: "ready" });
  await promote();
  advance(60_000);
  await promote();
  expect((await get(PATH)).body.value[1]).toMatchObject({ startDateTimeInUtc: "2026-01-01T00:01:00.0000000" });
});

test("a go-live without an end stays in its first step", async () => {
  beginAt("ready", {}, { durationMs: Infinity });
  await promote();
  advance(1e12);
  expect((await halves())[1]).toBe("Live InProgress: Certification InProgress, Publish NotStarted");
});

test("the publisher's sign-off can be a step of either half", async () => {
  beginAt("ready", { signOffStep: "preview" });
  const [preview] = (await get(PATH)).body.value;
  expect((await halves())[0]).toBe(
    "Preview InProgress: Automated validation Success, Preview Creation Success, Publisher Signoff InProgress",
  );
  expect(preview).not.toHaveProperty("completeDateTimeInUtc");
  await promote();
  expect((await halves())[0]).toBe(`${PREVIEW_DONE}, Publisher Signoff Success`);
  beginAt("ready", { signOffStep: "live" });
  expect((await halves())[1]).toBe(
    "Live NotStarted: Publisher Signoff NotStarted, Certification NotStarted, Publish NotStarted",
  );
  await promote();
  advance(20_000);
  expect((await halves())[1]).toBe(
    "Live InProgress: Publisher Signoff Success, Certification InProgress, Publish NotStarted",
  );
});

test("there can be no details, a 404, or something that nobody expects", async () => {
  beginAt("ready", { workflowDetails: "empty" });
  expect((await get(PATH)).body).toEqual({ value: [] });
  beginAt("ready", { workflowDetails: "notFound" });
  expect((await get(PATH)).status).toBe(404);
  beginAt("ready", { workflowDetails: "odd" });
  const { status, body } = await get(PATH);
  expect([status, body.value.length, body.value[0].workflowSteps, body.value.at(-1)]).toEqual([200, 3, null, null]);
});

test("the details can be there until the preview stands", async () => {
  for (const [stage, status] of [
    ["assembling", 200],
    ["submitted", 200],
    ["ready", 404],
    ["publishing", 404],
    ["live", 404],
  ] as const) {
    beginAt(stage, { workflowDetails: "notFoundOnceReady" });
    expect([stage, (await get(PATH)).status]).toEqual([stage, status]);
  }
});

test("the details are as old as what is shown of submissions", async () => {
  beginAt("ready", { submissionsLagMs: 5000 });
  await promote();
  expect((await halves())[1]).toBe(LIVE_NOT_STARTED);
  advance(5000);
  expect((await halves())[1]).toBe("Live InProgress: Certification InProgress, Publish NotStarted");
});
