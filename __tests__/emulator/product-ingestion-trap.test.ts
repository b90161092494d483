import { expect, test } from "@jest/globals";
import type { Happening } from "../../emulator/product-ingestion/plan.ts";
import { FIRST, PRODUCT, SECOND, openIngestion } from "./product-ingestion-client.ts";

const service = openIngestion();

const READY = "111 preview completed succeeded";
const REPLACED = "222 preview completed succeeded";
const minuteMs = 60_000;

/** The entries after so much time, without the draft. */
async function entriesAfter(durationMs: number): Promise<readonly string[]> {
  service.advance(durationMs);
  return (await service.entries()).slice(1);
}

test("a 502 after acceptance hides a push that goes on", async () => {
  const body = "<html>Bad Gateway</html>";
  const headers = { "content-type": "text/html" };
  service.begin({
    faults: [{ on: "configure", nth: 1, carriedOut: true, act: { kind: "status", status: 502, headers, body } }],
  });
  await expect(service.push()).rejects.toThrow("JSON");
  expect(service.service().pushes()).toMatchObject([{ submissionId: FIRST }]);
  expect(await entriesAfter(0)).toEqual(["111 live running pending"]);
  expect(service.service().requests).toMatchObject([{ route: "configure", answer: 502, fault: "status" }, {}]);
});

test("a reset after acceptance hides a push that goes on", async () => {
  service.begin({ faults: [{ on: "configure", nth: 1, carriedOut: true, act: { kind: "reset", at: "request" } }] });
  await expect(service.push()).rejects.toThrow("fetch failed");
  expect(service.service().pushes()).toHaveLength(1);
});

test("a push whose answer is lost can take effect later", async () => {
  service.begin({
    faults: [{ on: "configure", nth: 1, carriedOutAfterMs: 5_000, act: { kind: "reset", at: "request" } }],
  });
  await expect(service.push()).rejects.toThrow("fetch failed");
  expect(service.service().pushes()).toEqual([]);
  expect(await entriesAfter(5_000)).toEqual(["111 live running pending"]);
  expect(service.service().pushes()).toMatchObject([{ atMs: service.now() }]);
});

test("a late push is dropped when another has begun before it", async () => {
  service.begin({
    faults: [{ on: "configure", nth: 1, carriedOutAfterMs: 5_000, act: { kind: "reset", at: "request" } }],
  });
  await expect(service.push()).rejects.toThrow("fetch failed");
  expect((await service.push()).status).toBe(202);
  service.advance(5_000);
  expect(service.service().pushes()).toHaveLength(1);
});

test("a 202 without a job can hide a queued push that shows late", async () => {
  service.begin({
    behaviour: { acceptedBody: "noJobId", notStartedMs: 300_000, acceptanceShowsMs: 240_000 },
  });
  const answer = await service.push();
  expect([answer.status, answer.body.jobId, answer.body.jobStatus]).toEqual([202, undefined, "notStarted"]);
  expect(await entriesAfter(239_999)).toEqual([READY]);
  expect(await entriesAfter(1)).toEqual(["111 live notStarted pending"]);
  expect(service.service().pushes()).toHaveLength(1);
});

test.each([401, 429])("a %d before acceptance starts nothing, and the next push does", async (status) => {
  const headers = { "retry-after": "7" };
  service.begin({ faults: [{ on: "configure", nth: 1, act: { kind: "status", status, headers } }] });
  const refused = await service.push();
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([status, "7"]);
  expect(refused.headers.has("request-id")).toBe(true);
  expect(service.service().pushes()).toEqual([]);
  expect((await service.push()).status).toBe(202);
});

test("new faults count requests from 1 again", async () => {
  service.service().setFaults([{ on: "submissions", nth: 1, act: { kind: "status", status: 503 } }]);
  expect((await service.submissions()).status).toBe(503);
  expect((await service.submissions()).status).toBe(200);
  service.service().setFaults([{ on: "any", nth: 1, act: { kind: "status", status: 500 } }]);
  expect((await service.product()).status).toBe(500);
});

const replaced = (when: Happening["when"]): Happening => ({ what: "previewReplaced", when });

test("a preview can be replaced between look and start", async () => {
  service.begin({ happenings: [replaced({ before: "configure" })] });
  expect(await entriesAfter(0)).toEqual([READY]);
  const answer = await service.push(FIRST);
  expect(answer.body.error.details[0].message).toBe("The submission cannot be pushed to as its not the latest");
  expect(await entriesAfter(0)).toEqual([REPLACED]);
  expect((await service.push(SECOND)).status).toBe(202);
  expect(service.service().pushes()).toMatchObject([{ submissionId: SECOND }]);
});

test("a preview can be replaced right after it was looked at the second time, or at a time", async () => {
  service.begin({ happenings: [replaced({ after: "submissions", nth: 2 })] });
  expect([await entriesAfter(0), await entriesAfter(0), await entriesAfter(0)]).toEqual([[READY], [READY], [REPLACED]]);
  service.begin({ happenings: [replaced({ afterMs: 1_000 })] });
  expect([await entriesAfter(999), await entriesAfter(1)]).toEqual([[READY], [REPLACED]]);
  expect(service.service().publishes()).toEqual([]);
});

test("a preview can be replaced during the push, which goes on", async () => {
  service.begin({ happenings: [replaced({ after: "configure" })] });
  expect((await service.push(FIRST)).status).toBe(202);
  expect(await entriesAfter(0)).toEqual(["111 live running pending", REPLACED]);
  expect(await entriesAfter(minuteMs)).toEqual(["111 live completed succeeded", REPLACED]);
  expect(service.service().liveSubmission()).toBe(FIRST);
  expect(service.service().previewSubmission()).toBe(SECOND);
});

test("the list can lag behind the preview that took another's place", async () => {
  service.begin({ happenings: [replaced({ afterMs: 0 })], behaviour: { submissionsLagMs: 30_000 } });
  expect(await entriesAfter(29_999)).toEqual([READY]);
  expect((await service.push(FIRST)).status).toBe(400);
  expect(await entriesAfter(1)).toEqual([REPLACED]);
});

test("somebody else can publish, withdraw and push", async () => {
  service.begin({ happenings: [{ what: "publishStarted", when: { afterMs: 0 } }] });
  expect(await entriesAfter(0)).toEqual(["222 preview running pending"]);
  expect(await entriesAfter(minuteMs)).toEqual([REPLACED]);
  service.begin({ happenings: [{ what: "previewWithdrawn", when: { before: "submissions" } }] });
  expect(await entriesAfter(0)).toEqual([]);
  expect((await service.push()).body.error.details[0].message).toContain("not the latest");
  service.begin({ happenings: [{ what: "pushStarted", when: { before: "configure" } }] });
  expect((await service.push()).status).toBe(409);
  expect(await entriesAfter(minuteMs)).toEqual(["111 live completed succeeded"]);
  expect([service.service().pushes(), service.service().liveSubmission()]).toEqual([[], FIRST]);
});

test("what cannot be pushed is not pushed by others either", async () => {
  service.beginWith(
    { state: "neverPublished" },
    {
      happenings: [
        { what: "pushStarted", when: { afterMs: 0 } },
        { what: "previewWithdrawn", when: { afterMs: 0 } },
      ],
    },
  );
  expect(await entriesAfter(0)).toEqual([]);
});

test("somebody else can cancel a push, of the offer that is named", async () => {
  service.begin({
    products: [
      { offerId: "contoso-saas", productId: "3f0c7a11-0000-4000-8000-000000000000" },
      { offerId: "contoso-vm", productId: PRODUCT },
    ],
    happenings: [{ what: "jobCancelled", when: { afterMs: 5_000 }, offerId: "contoso-vm" }],
  });
  const { jobId } = (await service.push(SECOND)).body;
  service.advance(5_000);
  expect((await service.job(jobId)).body.jobResult).toBe("cancelled");
});

test("a reset begins again, and cuts nothing of the start's options off", async () => {
  await service.push();
  service.service().reset();
  expect([service.service().requests, service.service().pushes()]).toEqual([[], []]);
  expect((await service.push()).status).toBe(202);
});
