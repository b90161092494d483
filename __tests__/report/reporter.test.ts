import { expect, test } from "@jest/globals";
import type { Operation } from "../../src/marketplace/operation.ts";
import type { GoLiveEvent } from "../../src/go-live/events.ts";
import type { Outcome } from "../../src/go-live/outcome.ts";
import { createReporter } from "../../src/report/reporter.ts";
import { harmlessLine } from "../../src/text/harmless.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";
import { followed, LOCATION, operation, step } from "../harness/operation.ts";
import { createPageRunner } from "./page-runner.ts";
import { PLAN, report } from "./report-of.ts";
import { readResult } from "./result-schema.ts";

const DEFAULT = "https://azuremarketplace.microsoft.com/marketplace/apps/contoso.contoso-vm";
const OWN = "https://marketplace.microsoft.com/product/contoso.contoso-vm";

function begin() {
  const clock = createVirtualClock(Date.UTC(2026, 10, 23, 16));
  const { runner, page } = createPageRunner({});
  const { page: run } = report();
  const reporter = createReporter({ runner, now: clock.now, page: run });
  reporter.begin(PLAN);
  return { clock, page, reporter };
}

function succeeded(parts: Partial<Operation> = {}): Outcome {
  return { ...followed(), kind: "ended", status: "succeeded", operation: operation({ status: "succeeded", ...parts }) };
}

test("says where the listing will be from the beginning, and the service's own link as soon as it is seen", () => {
  const { page, reporter } = begin();
  expect(page.outputs).toEqual({ api: "cloudPartnerPortal", listingUrl: DEFAULT });
  const liveLinks = [{ text: "x", url: OWN }];
  reporter.observe({ kind: "observed", operation: operation({ status: "succeeded", liveLinks }), waitedMs: 0 });
  expect(page.outputs).toEqual({ api: "cloudPartnerPortal", listingUrl: OWN, status: "succeeded" });
});

test("leaves duration and result when it ends, and groups steps and facts below the last word", async () => {
  const { clock, page, reporter } = begin();
  reporter.observe({ kind: "following", followed: followed() });
  reporter.observe({ kind: "observed", operation: operation({ steps: [step({ name: "Live" })] }), waitedMs: 0 });
  clock.pass(90_400);
  await reporter.conclude(succeeded());
  expect(page.outputs).toMatchObject({ durationSeconds: "90", status: "succeeded" });
  expect(JSON.parse(page.outputs["result"] ?? "")).toMatchObject({ version: 1, durationSeconds: 90 });
  const end = page.log.slice(page.log.findIndex((line) => line.startsWith("Notice: ")));
  expect(end.slice(0, 5)).toEqual([
    "Notice: contoso/contoso-vm is live: The go-live of contoso/contoso-vm succeeded after 1 min 30 s of watching.",
    "Operation: https://service.example/api/publishers/contoso/offers/contoso-vm/operations/7",
    "▼ Steps",
    "  Live  running  0 s so far",
    "▼ Facts",
  ]);
});

test("a report that cannot be made is a line in the log, and turns nothing around", async () => {
  const { page, reporter } = begin();
  let isBroken = false;
  const failing = operation({ status: "succeeded" });
  const steps = [step()];
  Object.defineProperty(failing, "steps", {
    get() {
      if (isBroken) throw new TypeError("broken\n::error::steps");
      return steps;
    },
  });
  reporter.observe({ kind: "observed", operation: failing, waitedMs: 0 });
  isBroken = true;
  await reporter.conclude(succeeded());
  expect(page.outputs).toMatchObject({ status: "succeeded", durationSeconds: "0" });
  expect(page.annotations).toMatchObject([{ level: "notice", title: "contoso/contoso-vm is live" }]);
  expect(page.log.at(-1)).toBe("0:00:00  The report could not be made: TypeError: broken ::error::steps");
});

test("writes each request to the debug log, and keeps its id for support", async () => {
  const { page, reporter } = begin();
  const request = { method: "POST", url: "https://service.example/api/golive", outcome: "202", durationMs: 12.4 };
  reporter.exchanged({ ...request, requestId: "id-1" });
  reporter.exchanged({ ...request, method: "GET", requestId: "id-2" });
  reporter.exchanged({ ...request, method: "GET", requestId: undefined });
  await reporter.conclude(succeeded());
  expect(JSON.parse(page.outputs["result"] ?? "")).toMatchObject({
    requestIds: { goLive: "id-1", failed: null, last: "id-2" },
  });
  expect(page.debug).toEqual([
    "POST https://service.example/api/golive: 202 in 12 ms, request id id-1",
    "GET https://service.example/api/golive: 202 in 12 ms, request id id-2",
    "GET https://service.example/api/golive: 202 in 12 ms",
  ]);
});

test("leaves for the post phase that a go-live was sent, where it is, and whether all has been said", async () => {
  const { page, reporter } = begin();
  expect(page.state).toEqual({});
  reporter.observe({ kind: "sending", sendings: 1, candidate: { submissionId: undefined } });
  expect(page.state).toEqual({ sent: "true" });
  reporter.observe({ kind: "following", followed: followed() });
  expect(page.state).toEqual({ sent: "true", origin: "started", operationLocation: LOCATION });
  expect(page.outputs).toMatchObject({ operationLocation: LOCATION, operationId: "7", status: "running" });
  await reporter.conclude({ ...followed(), kind: "interrupted", status: "running", sighting: undefined });
  expect(page.state).not.toHaveProperty("concluded");
  await reporter.conclude(succeeded());
  expect(page.state).toMatchObject({ concluded: "ended" });
});

/** A bug after those events. */
const breakAfter = async (...events: readonly GoLiveEvent[]) => {
  const { page, reporter } = begin();
  for (const event of events) reporter.observe(event);
  expect(await reporter.conclude({ kind: "bug", error: new TypeError("x") })).toBe(1);
  expect(page.state).not.toHaveProperty("concluded");
  return { outputs: page.outputs, headline: page.summaries.join().split("\n")[0] };
};

test("keeps what was last known of a go-live when the action itself breaks, whenever that is", async () => {
  const sending = { kind: "sending", sendings: 1, candidate: { submissionId: undefined } } as const;
  const following = { kind: "following", followed: followed() } as const;
  expect(await breakAfter()).toMatchObject({ outputs: { status: "unknown", listingUrl: DEFAULT } });
  expect((await breakAfter(sending)).headline).toContain("Started or not");
  expect(await breakAfter(sending, following)).toMatchObject({
    headline: expect.stringContaining("was not seen to its end"),
    outputs: { status: "running", operationLocation: LOCATION },
  });
  expect(
    await breakAfter(sending, following, { kind: "observed", operation: operation({ status: "failed" }), waitedMs: 0 }),
  ).toMatchObject({
    headline: expect.stringContaining("had ended when last seen"),
    outputs: { status: "failed" },
  });
});

test("after its end stays with the status that it ended with, should the action break then", async () => {
  const { page, reporter } = begin();
  reporter.observe({ kind: "following", followed: followed() });
  expect(await reporter.conclude(succeeded())).toBe(0);
  await reporter.conclude({ kind: "bug", error: new TypeError("x") });
  expect(page.outputs).toMatchObject({ status: "succeeded" });
});

test("tells of inputs that cannot be used one by one, and of nothing that was not planned", async () => {
  const { runner, page } = createPageRunner({});
  const reporter = createReporter({ runner, now: () => 0, page: report().page });
  const problems = [harmlessLine("`wait`: got x."), harmlessLine("`token`: it is empty.")];
  expect(await reporter.conclude({ kind: "badInputs", problems })).toBe(1);
  expect(page.annotations).toEqual(
    problems.map((text) => ({ level: "error", title: "Input not usable", text: `${text}\nNothing was sent.` })),
  );
  expect(Object.keys(page.outputs)).toEqual(["status", "durationSeconds", "result"]);
  expect(readResult(page.outputs["result"])).toMatchObject({ status: "rejected", reasons: problems, offer: null });
  expect(page.summaries.join()).not.toContain("Approved");
});

test("says of an operation that the inputs name no status before it was seen", () => {
  const { page, reporter } = begin();
  reporter.observe({ kind: "following", followed: followed("watched") });
  expect(page.outputs).toMatchObject({ operationLocation: LOCATION });
  expect(page.outputs).not.toHaveProperty("status");
});

test("says at the first sign-in, and at each later one, that it is one", () => {
  const { page, reporter } = begin();
  const token = { text: "opaque", lifetimeMs: 3_600_000 };
  reporter.signedIn(token, "https://cloudpartner.azure.com");
  reporter.signedIn(token, "https://cloudpartner.azure.com");
  expect(page.log.slice(-2)).toEqual([
    "0:00:00  Signed in; the token is good for 1 h and renewed before that.",
    "0:00:00  Signed in anew; the token is good for 1 h and renewed before that.",
  ]);
});

test("names those who approved, at once and for later steps", () => {
  const { page, reporter } = begin();
  reporter.approved({ environment: "production", approvedBy: ["anna", "ben"], comments: ["Go.", "Fine."] });
  expect(page.outputs).toMatchObject({ approvedBy: "anna,ben", approvalComment: "Go.\nFine." });
  expect(page.log.at(-1)).toBe("0:00:00  Environment “production” was approved in this run by anna, ben.");
});

test("leaves for the post phase that the service has taken a cancel, and keeps the id of the go-live apart from it", async () => {
  const { page, reporter } = begin();
  const request = { method: "POST", url: "https://service.example/api/golive", outcome: "202", durationMs: 12.4 };
  reporter.exchanged({ ...request, requestId: "id-1" });
  reporter.cancelling();
  reporter.exchanged({ ...request, url: "https://service.example/api/cancel", requestId: "id-2" });
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting: undefined };
  await reporter.conclude(outcome, { kind: "asked", answer: "underWay" });
  expect(page.state).toMatchObject({ cancelAsked: "underWay" });
  expect(JSON.parse(page.outputs["result"] ?? "")).toMatchObject({
    requestIds: { goLive: "id-1", failed: null, last: "id-2" },
    cancellation: { kind: "asked", answer: "underWay" },
  });
});

test("leaves to the post phase to say once more that the service cannot be asked to cancel", async () => {
  const { page, reporter } = begin();
  const outcome: Outcome = { ...followed(), kind: "interrupted", status: "running", sighting: undefined };
  await reporter.conclude(outcome, { kind: "asked", answer: "impossible" });
  expect(page.state).not.toHaveProperty("cancelAsked");
  expect(page.annotations.at(-1)?.text).toContain("Look in Partner Center whether the go-live still runs");
});

test.each(["notOwn", "unclear"] as const)("leaves nothing of a cancel that was not asked for: %s", async (kind) => {
  const { page, reporter } = begin();
  const outcome: Outcome = { ...followed("adopted"), kind: "interrupted", status: "running", sighting: undefined };
  await reporter.conclude(outcome, { kind });
  expect(page.state).not.toHaveProperty("cancelAsked");
});
