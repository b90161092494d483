import { expect, test } from "@jest/globals";
import { FIRST, PRODUCT, SECOND, openIngestion, pushBody } from "./product-ingestion-client.ts";

const service = openIngestion();

const GUID = /^6b1f7c0e-[0-9a-f-]{27}$/;
const PREVIEW = "111 preview completed succeeded";
const minuteMs = 60_000;

/** The entries after so much time, without the draft. */
async function entriesAfter(durationMs: number): Promise<readonly string[]> {
  service.advance(durationMs);
  return (await service.entries()).slice(1);
}

test("a push is accepted with a job, and is written down", async () => {
  const answer = await service.push();
  expect([answer.status, answer.body]).toEqual([
    202,
    {
      $schema: "https://schema.mp.microsoft.com/schema/configure-status/2022-03-01-preview2",
      jobId: expect.stringMatching(GUID),
      jobStatus: "running",
      jobResult: "pending",
      jobStart: "2026-01-01T00:00:00.0004567Z",
      jobEnd: "0001-01-01T00:00:00",
      errors: [],
    },
  ]);
  expect(service.service().pushes()).toEqual([
    {
      jobId: answer.body.jobId,
      offerId: "contoso-vm",
      productId: PRODUCT,
      submissionId: FIRST,
      lifecycleState: "generallyAvailable",
      target: "live",
      atMs: service.now(),
    },
  ]);
  expect(service.service().publishes()).toEqual([]);
  expect(service.service().requests).toMatchObject([{ method: "POST", route: "configure", answer: 202 }]);
});

test("its submission has target live long before the job ends, under the same id", async () => {
  const { jobId } = (await service.push()).body;
  expect(await entriesAfter(0)).toEqual(["111 live running pending"]);
  expect(service.service().liveSubmission()).toBeUndefined();
  expect(await entriesAfter(minuteMs)).toEqual(["111 live completed succeeded"]);
  expect((await service.job(jobId)).body).toMatchObject({
    jobStatus: "completed",
    jobResult: "succeeded",
    jobEnd: "2026-01-01T00:01:00.0004567Z",
  });
  expect([service.service().jobState(jobId), service.service().liveSubmission("contoso-vm")]).toEqual([
    "succeeded",
    FIRST,
  ]);
});

test("what was live serves on while another is pushed, until that succeeds", async () => {
  service.beginWith({ wasLive: true });
  await service.push(SECOND);
  expect(service.service().liveSubmission()).toBe(FIRST);
  expect(await entriesAfter(0)).toEqual(["111 live completed succeeded", "222 live running pending"]);
  expect(await entriesAfter(minuteMs)).toEqual(["222 live completed succeeded"]);
  service.beginWith({ wasLive: true }, { behaviour: { formerDuringPush: "goes" } });
  await service.push(SECOND);
  expect(await entriesAfter(0)).toEqual(["222 live running pending"]);
});

test.each([
  [{}, [PREVIEW, "111 live completed failed"]],
  [{ liveAfterFailure: "gone" }, [PREVIEW]],
  [{ previewAfterFailure: "gone" }, ["111 live completed failed"]],
  [{ previewAfterFailure: "gone", liveAfterFailure: "gone" }, []],
  [{ liveAfterFailure: "cancelled" }, [PREVIEW, "111 live completed cancelled"]],
] as const)("a push that fails leaves, with %j, the entries %j", async (behaviour, entries) => {
  service.beginWith({ push: { outcome: "failed" } }, { behaviour });
  await service.push();
  expect(await entriesAfter(minuteMs)).toEqual(entries);
  expect(service.service().liveSubmission()).toBeUndefined();
});

test("the preview can stay beside its live entry, during the push and after it", async () => {
  service.begin({ behaviour: { previewDuringPush: "stays", previewAfterSuccess: "stays" } });
  await service.push();
  expect(await entriesAfter(0)).toEqual([PREVIEW, "111 live running pending"]);
  expect(await entriesAfter(minuteMs)).toEqual([PREVIEW, "111 live completed succeeded"]);
});

test("a failed push can be repeated, and its failure is no longer listed", async () => {
  service.beginWith({ push: { outcome: "failed" } });
  await service.push();
  service.advance(minuteMs);
  expect((await service.push()).status).toBe(202);
  expect(await entriesAfter(0)).toEqual(["111 live running pending"]);
  expect(service.service().pushes()).toHaveLength(2);
});

test("a push can wait before it runs, and show only late that it was accepted", async () => {
  service.begin({ behaviour: { notStartedMs: minuteMs, acceptanceShowsMs: 90_000 } });
  const { jobId, jobStatus } = (await service.push()).body;
  expect([jobStatus, service.service().jobState(jobId)]).toEqual(["notStarted", "notStarted"]);
  expect(await entriesAfter(minuteMs)).toEqual([PREVIEW]);
  expect((await service.job(jobId)).body.jobStatus).toBe("running");
  expect(await entriesAfter(30_000)).toEqual(["111 live running pending"]);
  expect(await entriesAfter(30_000)).toEqual(["111 live completed succeeded"]);
});

test("a push that waits is listed as not started", async () => {
  service.begin({ behaviour: { notStartedMs: minuteMs } });
  await service.push();
  expect(await entriesAfter(0)).toEqual(["111 live notStarted pending"]);
});

test("a push can show at its end alone", async () => {
  service.begin({ behaviour: { acceptanceShowsMs: Infinity } });
  await service.push();
  expect(await entriesAfter(minuteMs - 1)).toEqual([PREVIEW]);
  expect(await entriesAfter(1)).toEqual(["111 live completed succeeded"]);
});

test("the live entry can lag behind the job's end, come before it, or never come", async () => {
  service.begin({ behaviour: { endShowsMs: 30_000 } });
  const { jobId } = (await service.push()).body;
  expect(await entriesAfter(minuteMs)).toEqual(["111 live running pending"]);
  expect((await service.job(jobId)).body.jobResult).toBe("succeeded");
  expect(await entriesAfter(30_000)).toEqual(["111 live completed succeeded"]);
  service.begin({ behaviour: { endShowsMs: -30_000 } });
  const early = (await service.push()).body.jobId;
  expect(await entriesAfter(30_000)).toEqual(["111 live completed succeeded"]);
  expect((await service.job(early)).body.jobStatus).toBe("running");
  service.begin({ behaviour: { endShowsMs: Infinity, acceptanceShowsMs: Infinity } });
  await service.push();
  expect(await entriesAfter(3_600_000)).toEqual([PREVIEW]);
});

test("a push that runs at the start shows its end as late as a new one", async () => {
  service.beginWith({ state: "goingLive" }, { behaviour: { endShowsMs: 30_000, acceptanceShowsMs: Infinity } });
  expect(await entriesAfter(minuteMs)).toEqual(["111 live running pending"]);
  expect(await entriesAfter(30_000)).toEqual(["111 live completed succeeded"]);
  expect(service.service().pushes()).toEqual([]);
});

test("the whole list can lag, and shows from the start what was there before", async () => {
  service.begin({ behaviour: { submissionsLagMs: 30_000 } });
  await service.push();
  expect(await entriesAfter(29_999)).toEqual([PREVIEW]);
  expect(await entriesAfter(1)).toEqual(["111 live running pending"]);
  expect(await entriesAfter(30_000)).toEqual(["111 live running pending"]);
  expect(await entriesAfter(30_000)).toEqual(["111 live completed succeeded"]);
});

test("created can be the time of the push", async () => {
  service.begin({ behaviour: { createdIs: "push" } });
  await service.push();
  expect((await service.submission(FIRST)).body.created).toBe("2026-01-01T00:00:00.0004567Z");
});

test("the job and the submission can contradict each other, and the truth", async () => {
  service.beginWith({ push: { jobSays: "failed", entrySays: "succeeded", outcome: "cancelled" } });
  const { jobId } = (await service.push()).body;
  expect(await entriesAfter(minuteMs)).toEqual(["111 live completed succeeded"]);
  expect((await service.job(jobId)).body.jobResult).toBe("failed");
  expect(service.service().jobState(jobId)).toBe("cancelled");
  expect(service.service().liveSubmission()).toBeUndefined();
});

test.each([
  [{ acceptedStatus: 200 }, 200, true],
  [{ acceptedStatus: 201 }, 201, true],
  [{ acceptedBody: "noJobId" }, 202, false],
  [{ acceptedBody: "empty" }, 202, undefined],
] as const)("an acceptance with %j answers %d", async (behaviour, status, hasJob) => {
  service.begin({ behaviour });
  const answer = await service.push();
  expect(answer.status).toBe(status);
  expect(answer.body === undefined ? undefined : "jobId" in answer.body).toBe(hasJob);
  expect(service.service().pushes()).toHaveLength(1);
});

test("the job's id can be spelt in the other way", async () => {
  service.begin({ behaviour: { jobIdName: "jobID" } });
  expect((await service.push()).body.jobID).toMatch(GUID);
});

test("a publish to preview makes a new submission, which takes the place of the one before", async () => {
  const answer = await service.publish();
  expect(answer.status).toBe(202);
  expect(await entriesAfter(0)).toEqual(["222 preview running pending"]);
  expect(await entriesAfter(minuteMs)).toEqual(["222 preview completed succeeded"]);
  expect((await service.job(answer.body.jobId)).body.jobResult).toBe("succeeded");
  expect(service.service().publishes()).toMatchObject([{ submissionId: SECOND, target: "preview" }]);
  expect(service.service().previewSubmission()).toBe(SECOND);
  expect(service.service().pushes()).toEqual([]);
});

test("a publish may name the draft, can fail, and needs a draft", async () => {
  service.beginWith({ publish: { outcome: "failed" } });
  const draft = pushBody(`submission/${PRODUCT}/0`, { target: { targetType: "preview" } });
  expect((await service.configure(draft)).status).toBe(202);
  expect(await entriesAfter(minuteMs)).toEqual(["222 preview completed failed"]);
  service.beginWith({ hasDraft: false });
  expect((await service.publish()).body.error.details).toEqual([
    { code: "resourceNotFound", message: "The product has no draft to publish" },
  ]);
});

test("a cancelled publish reads as failed, for the schema knows no submission that was cancelled", async () => {
  const { jobId } = (await service.publish()).body;
  expect((await service.cancel(jobId)).body.jobResult).toBe("cancelled");
  expect(await entriesAfter(0)).toEqual(["222 preview completed failed"]);
});

test("what has gone live stays so, though another is live since", async () => {
  service.beginWith({ wasLive: true });
  expect([FIRST, SECOND].map((id) => service.service().hasGoneLive(id))).toEqual([true, false]);
  await service.push(SECOND);
  service.advance(minuteMs);
  expect(service.service().liveSubmission()).toBe(SECOND);
  expect([FIRST, SECOND.toUpperCase()].map((id) => service.service().hasGoneLive(id))).toEqual([true, true]);
});
