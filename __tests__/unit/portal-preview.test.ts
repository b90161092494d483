import { expect, test } from "@jest/globals";
import { createCloudPartnerPortal } from "../../src/marketplace/cloud-partner-portal/cloud-partner-portal.ts";
import { serviceError } from "../harness/scripted-marketplace.ts";

const ROOT = "/api/publishers/contoso/offers/contoso-vm";
const LINK = { displayText: "Azure portal", uri: "https://portal.azure.com/#create/contoso.contoso-vm-preview" };
const WAITING = { status: "running", steps: [{ id: "publisher-signoff", status: "waitingForPublisherReview" }] };
const { signal } = new AbortController();

/** A publish as the list shows it. */
const publish = (id: string, submissionState: string, publishingVersion: unknown = 2) => ({
  ...{ id, submissionState, publishingVersion, offerVersion: 1, slot: "staging", submissionType: "publish" },
});

/** How an offer with that list, that status and that operation stands, and what was asked to find out. */
async function look(list: readonly object[], status: object, operation: object | Error, submissionId?: string) {
  const asked: string[] = [];
  const portal = createCloudPartnerPortal({
    endpoint: new URL("https://service.example"),
    apiVersion: "2017-10-31",
    offer: { publisherId: "contoso", offerId: "contoso-vm" },
    ...{ goal: "live", notificationEmails: [], submissionId },
    toText: (html) => Promise.resolve(html),
    client: async ({ method, url }) => {
      const path = url.pathname.replace(ROOT, "");
      asked.push(`${method} ${path}`);
      const json = path === "/submissions/" ? list : path === "/status" ? status : operation;
      if (json instanceof Error) throw json;
      const request = { method, url: url.href };
      const empty = { headers: {}, retryAfterMs: undefined, serviceTimeMs: undefined, requestId: undefined };
      return { request, status: 200, ...empty, text: () => JSON.stringify(json), json: () => json };
    },
  });
  return { live: (await portal.look(signal)).readiness.live, asked };
}

const LOOK = ["GET /submissions/", "GET /status"];

test("names the publish whose preview waits, in lower case, with its versions and its links", async () => {
  const status = { ...WAITING, previewLinks: [LINK] };
  const { live, asked } = await look([publish("P-1", "completed")], status, new TypeError("nobody should ask"));
  expect(live).toEqual({
    kind: "ready",
    candidate: {
      submissionId: "p-1",
      version: { publishingVersion: 2, offerVersion: 1 },
      previewLinks: [{ text: LINK.displayText, url: LINK.uri }],
    },
    preview: undefined,
  });
  expect(asked).toEqual(LOOK);
});

test("a publish that runs is the one that waits where its own sign-off does", async () => {
  const { live, asked } = await look([publish("P-1", "running")], WAITING, WAITING, "p-1");
  expect(live).toMatchObject({ kind: "ready", candidate: { submissionId: "p-1", isLookedAtEachTime: true } });
  expect(live).toMatchObject({ preview: undefined });
  expect(asked).toEqual([...LOOK, "GET /operations/P-1"]);
});

test.each([
  ["is at work itself", { status: "running", steps: [{ id: "displaycertify", status: "inProgress" }] }],
  ["has its sign-off done", { status: "running", steps: [{ id: "publisher-signoff", status: "complete" }] }],
  ["cannot be read", serviceError(404)],
  ["says nothing", {}],
])("nobody can tell which preview waits while a publish runs that %s", async (_what, operation) => {
  const list = [publish("P-1", "completed", 2), publish("P-2", "running", 3)];
  const free = await look(list, WAITING, operation);
  expect(free.live).toMatchObject({ kind: "ready", candidate: { submissionId: undefined }, preview: { id: "P-2" } });
  expect((await look(list, WAITING, operation, "p-2")).live).toEqual({
    ...{ kind: "untoldSubmission", wanted: "p-2", found: ["p-2"] },
  });
  expect((await look(list, WAITING, operation, "p-1")).live).toEqual({
    ...{ kind: "otherSubmission", wanted: "p-1", found: ["p-2"] },
  });
});

test("asks no publish for its steps while the offer does not wait", async () => {
  const { live, asked } = await look(
    [publish("P-1", "running")],
    { status: "running" },
    new TypeError("nobody should ask"),
  );
  expect(live).toMatchObject({ kind: "previewRuns", preview: { id: "P-1" }, tellsSteps: true });
  expect(asked).toEqual(LOOK);
});

test("names the preview that a go-live brings to the marketplace where the list tells, and follows no other against a pin", async () => {
  const goLive = { id: "G-1", submissionState: "running", slot: "production", publishingVersion: 3 };
  const list = [goLive, publish("P-1", "completed", 2)];
  const nobody = new TypeError("nobody should ask");
  const { live, asked } = await look(list, {}, nobody, "p-1");
  expect(live).toMatchObject({ kind: "goLiveRuns", goLive: { id: "G-1", reference: { submissionId: "p-1" } } });
  expect(asked).toEqual(["GET /submissions/"]);
  expect((await look(list, {}, nobody, "p-2")).live).toMatchObject({ kind: "otherSubmission", found: ["p-1"] });
  const unordered = [{ ...goLive, publishingVersion: 2 }, publish("P-1", "completed", 2)];
  expect((await look(unordered, {}, nobody, "p-1")).live).toMatchObject({ kind: "untoldSubmission" });
  const free = await look(unordered, {}, nobody);
  expect(free.live).toMatchObject({ kind: "goLiveRuns", goLive: { id: "G-1" } });
});

test.each(["2", 2.5, null, -0.5, Number.MAX_VALUE, {}])("takes %j for no version", async (publishingVersion) => {
  const { live } = await look([publish("P-1", "completed", publishingVersion)], WAITING, {});
  expect(live).toMatchObject({ candidate: { version: { offerVersion: 1 } } });
});
