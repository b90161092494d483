import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { resolveBehaviour } from "../../emulator/cloud-partner-portal/behaviour.ts";
import { type Emulator, type OperationPlan, type ResetOptions, startEmulator } from "../../emulator/emulator.ts";
import { type ManualClock, createManualClock } from "../../emulator/wire/manual-clock.ts";
import { openOffer } from "../../emulator/cloud-partner-portal/offer.ts";
import { operationBody } from "../../emulator/cloud-partner-portal/operation-body.ts";

const offerPath = "/api/publishers/contoso/offers/contoso-vm";
const version = "?api-version=2017-10-31";

let emulator: Emulator;
let clock: ManualClock;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
beforeEach(() => {
  clock = createManualClock();
});

async function start(goLive: OperationPlan, options: ResetOptions = {}): Promise<Response> {
  emulator.reset({ clock, offers: [{ publisherId: "contoso", offerId: "contoso-vm", goLive }], ...options });
  return ask("POST", `${offerPath}/golive`);
}

function ask(method: string, path: string): Promise<Response> {
  return fetch(`${emulator.url}${path}${version}`, { method, headers: { authorization: "Bearer emulator-token" } });
}

async function read() {
  const response = await ask("GET", `${offerPath}/operations/${emulator.goLives[0]?.id}`);
  const body = JSON.parse(await response.text());
  return { ...body, retryAfter: response.headers.get("retry-after") };
}

type Step = { status: string; progressPercentage: number; messages: { messageHtml: string }[] };
const statusesOf = (operation: { steps: Step[] }) => operation.steps.map((step) => step.status);
const textsOf = (operation: { steps: Step[] }) => operation.steps[0]?.messages.map((message) => message.messageHtml);
const progressOf = (operation: { steps: Step[] }) => operation.steps.map((step) => step.progressPercentage);

test("an operation that runs is answered as the reference describes it", async () => {
  await start({});
  expect(await read()).toEqual({
    status: "running",
    messages: [],
    publishingVersion: 3,
    offerVersion: 2,
    cancellationRequestState: "canCancel",
    steps: [
      {
        estimatedTimeFrame: "~2-5 days",
        id: "displaycertify",
        stepName: "Certification",
        description: "The certification systems look for issues in the offer.",
        status: "inProgress",
        progressPercentage: 0,
        messages: [],
      },
      expect.objectContaining({ id: "displayprovision", status: "notStarted" }),
      expect.objectContaining({ id: "displaypackage", status: "notStarted" }),
      expect.objectContaining({ id: "live", status: "notStarted" }),
    ],
    previewLinks: [{ displayText: expect.any(String), uri: expect.stringContaining("contoso.contoso-vm-preview") }],
    liveLinks: [],
    notificationEmails: "releases@contoso.com",
    retryAfter: null,
  });
});

test("the steps advance with the clock until the offer is live", async () => {
  await start({ durationMs: 100_000 });
  clock.advance(20_000);
  expect(progressOf(await read())).toEqual([50, 0, 0, 0]);
  clock.advance(50_000);
  const later = await read();
  expect(statusesOf(later)).toEqual(["complete", "complete", "inProgress", "notStarted"]);
  expect(later.steps[0].messages).toEqual([
    { messageHtml: "Step completed.", level: "information", timestamp: "2026-01-01T00:00:40.000Z" },
  ]);
  clock.advance(29_999);
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("running");
  clock.advance(1);
  const ended = await read();
  expect(ended).toMatchObject({ status: "completed", cancellationRequestState: "cannotCancel" });
  expect(progressOf(ended)).toEqual([100, 100, 100, 100]);
  expect(ended.liveLinks[0].uri).toBe("https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm");
  expect(emulator.operationStatus(emulator.goLives[0]?.id ?? "")).toBe("succeeded");
});

test("a failed operation has an error, and one step that says the same", async () => {
  await start({ outcome: "failed", error: { code: "Rejected", message: "The image <a> is too old." } });
  clock.advance(60_000);
  const operation = await read();
  expect(operation).toMatchObject({
    status: "failed",
    error: { code: "Rejected", message: "The image <a> is too old." },
    liveLinks: [],
  });
  expect(statusesOf(operation)).toEqual(["rejected", "notStarted", "notStarted", "notStarted"]);
  expect(operation.steps[0].messages).toEqual([
    { messageHtml: "The image &lt;a&gt; is too old.", level: "error", timestamp: "2026-01-01T00:01:00.000Z" },
  ]);
});

test("a failed operation has an error by default, and fails at its last step when none is marked", async () => {
  const steps = ["one", "two"].map((id) => ({ id, stepName: id }));
  await start({ outcome: "failed", steps });
  clock.advance(60_000);
  const operation = await read();
  expect(statusesOf(operation)).toEqual(["complete", "failed"]);
  expect(operation.error.code).toBe("CertificationFailed");
});

test("a failed operation can have several errors with the ones below them, or one on its step alone", async () => {
  const error = [
    { code: "Certification", message: "Not certified.", details: [{ code: "Virus", message: "A virus was found." }] },
    { code: "Size", message: "The image is too large." },
  ];
  await start({ outcome: "failed", error });
  clock.advance(60_000);
  const several = await read();
  expect(several.error).toEqual(error);
  expect(textsOf(several)).toEqual(["Not certified."]);
  const steps = [{ id: "displaycertify", stepName: "Certification", error: { code: "Virus", message: "A virus." } }];
  await start({ outcome: "failed", error: "none", steps });
  expect((await read()).steps[0]).not.toHaveProperty("error");
  clock.advance(60_000);
  const onStep = await read();
  expect(onStep).not.toHaveProperty("error");
  expect(onStep.steps).toMatchObject([{ status: "failed", error: { code: "Virus", message: "A virus." } }]);
  expect(textsOf(onStep)).toEqual(["The offer did not pass this step."]);
});

test("a step is blocked for a while, and its operation runs on", async () => {
  const steps = [{ id: "displaycertify", stepName: "Certification", blockedFrom: 0.5, blockedUntil: 0.75 }];
  await start({ steps });
  expect(statusesOf(await read())).toEqual(["inProgress"]);
  clock.advance(30_000);
  const blocked = await read();
  expect([blocked.status, ...statusesOf(blocked)]).toEqual(["running", "blocked"]);
  expect(blocked.steps[0].messages).toEqual([
    {
      messageHtml: "No virtual machine image was found for the plan <b>standard</b>.",
      level: "error",
      timestamp: "2026-01-01T00:00:30.000Z",
    },
  ]);
  clock.advance(15_000);
  expect(statusesOf(await read())).toEqual(["inProgress"]);
});

test("a step of an endless operation can be blocked for ever", async () => {
  await start({ durationMs: Infinity, steps: [{ id: "displaycertify", stepName: "Certification", blockedFrom: 0 }] });
  clock.advance(1e12);
  const operation = await read();
  expect([operation.status, ...statusesOf(operation), ...progressOf(operation)]).toEqual(["running", "blocked", 0]);
});

test("a step's messages appear at their time", async () => {
  const messages = [
    { messageHtml: "Second", level: "warning", atShare: 0.5 },
    { messageHtml: "First", level: "information" },
  ] as const;
  await start({ steps: [{ id: "live", stepName: "Live", messages }] });
  expect(textsOf(await read())).toEqual(["First"]);
  clock.advance(30_000);
  expect(textsOf(await read())).toEqual(["First", "Second"]);
  clock.advance(30_000);
  expect(textsOf(await read())).toEqual(["First", "Second", "Step completed."]);
});

test("an operation can be canceled by others", async () => {
  await start({ outcome: "canceled" });
  clock.advance(60_000);
  expect(statusesOf(await read())).toEqual(["complete", "complete", "complete", "canceled"]);
});

test("an operation can wait before it starts, and its duration counts from then", async () => {
  await start({ durationMs: 10_000 }, { behaviour: { notStartedMs: 5_000 } });
  clock.advance(4_999);
  const waiting = await read();
  expect([waiting.status, ...statusesOf(waiting)]).toEqual(["notStarted", ...Array(4).fill("notStarted")]);
  clock.advance(1);
  expect((await read()).status).toBe("running");
  clock.advance(10_000);
  expect((await read()).status).toBe("completed");
});

test("an operation can be answered as an array of one, in other words", async () => {
  await start({}, { behaviour: { body: "array", words: { running: "In Progress" } } });
  const response = await ask("GET", `${offerPath}/operations/${emulator.goLives[0]?.id}`);
  expect(await response.json()).toMatchObject([{ status: "In Progress" }]);
  const list = await ask("GET", `${offerPath}/submissions`);
  expect(await list.json()).toMatchObject([{ submissionState: "In Progress" }, { submissionState: "completed" }]);
});

test("Retry-After comes with the acceptance and until the operation has ended", async () => {
  const accepted = await start({}, { behaviour: { pollRetryAfter: "17" } });
  expect(accepted.headers.get("retry-after")).toBe("17");
  expect((await read()).retryAfter).toBe("17");
  clock.advance(60_000);
  expect((await read()).retryAfter).toBeNull();
});

test("an operation without steps, or without time, is sound", async () => {
  await start({ steps: [], outcome: "failed" });
  clock.advance(60_000);
  expect(await read()).toMatchObject({ status: "failed", steps: [] });
  await start({ durationMs: 0, steps: [{ id: "live", stepName: "Live", share: 0 }] });
  expect(await read()).toMatchObject({ status: "completed", steps: [{ status: "complete" }] });
});

test("whatever the plan and the time, the steps fit the operation's status", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const step = fc.record(
    {
      id: fc.string(),
      stepName: fc.string(),
      share,
      blockedFrom: share,
      ending: fc.constantFrom("failed", "rejected"),
    },
    { requiredKeys: ["id", "stepName"] },
  );
  const plan = fc.record({
    durationMs: fc.oneof(fc.nat(100_000), fc.constant(Infinity)),
    outcome: fc.constantFrom("succeeded", "failed", "canceled"),
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  });
  const name = { id: "1", publisherId: "contoso", offerId: "contoso-vm", slot: "production", version: 1 } as const;
  const started = {
    ...name,
    acceptedAtMs: 0,
    startsAtMs: 0,
    listedAtMs: 0,
    slotFromMs: 0,
    readableAtMs: 0,
    statusFromMs: 0,
  };
  const words = { succeeded: "succeeded" };
  const offer = openOffer({ publisherId: "contoso", offerId: "contoso-vm" }, 0, () => "2");
  fc.assert(
    fc.property(plan, fc.nat(100_000), fc.option(fc.nat(100_000), { nil: undefined }), (given, atMs, cancelAtMs) => {
      const cancel = cancelAtMs === undefined ? {} : { cancel: { requestedAtMs: 0, takesHoldAtMs: cancelAtMs } };
      const operation = { ...started, ...cancel, plan: given };
      const { status, steps } = operationBody(operation, offer, atMs, resolveBehaviour({ words }));
      const statuses = steps.map((each) => each.status);
      const progress = steps.map((each) => each.progressPercentage);
      expect(progress.every((each) => Number.isInteger(each) && each >= 0 && each <= 100)).toBe(true);
      expect(statuses.every((each) => each === "complete")).toBe(status === "succeeded");
      expect(statuses.some((each) => each === "failed" || each === "rejected")).toBe(status === "failed");
      expect(statuses.includes("canceled")).toBe(status === "canceled");
    }),
  );
});
