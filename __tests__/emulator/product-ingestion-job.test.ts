import { expect, test } from "@jest/globals";
import { FIRST, openIngestion } from "./product-ingestion-client.ts";

const service = openIngestion();

const minuteMs = 60_000;

async function pushed(): Promise<string> {
  return (await service.push()).body.jobId;
}

/** The job after so much time. */
async function jobAfter(durationMs: number, jobId: string) {
  service.advance(durationMs);
  return service.job(jobId);
}

test("a job that fails tells the verdict of certification, three details deep", async () => {
  service.beginWith({ push: { outcome: "failed" } });
  const { body } = await jobAfter(minuteMs, await pushed());
  expect([body.jobStatus, body.jobResult, body.errors]).toEqual([
    "completed",
    "failed",
    [
      {
        resourceId: FIRST,
        code: "internalServerError",
        message: "Operation failed",
        details: [
          {
            code: "invalidState",
            message: "Certification",
            details: [{ code: "invalidState", message: "Issues found during Certification." }],
          },
        ],
      },
    ],
  ]);
});

test("its errors can be anything", async () => {
  service.beginWith({ push: { outcome: "failed", errors: [{ code: "Conflict", details: null }] } });
  expect((await jobAfter(minuteMs, await pushed())).body.errors).toEqual([{ code: "Conflict", details: null }]);
});

test("a job has no errors before its end", async () => {
  service.beginWith({ push: { outcome: "failed" } });
  expect((await service.job(await pushed())).body.errors).toEqual([]);
});

test("a job may run for ever", async () => {
  service.beginWith({ push: { durationMs: Infinity } });
  const { body } = await jobAfter(7 * 86_400_000, await pushed());
  expect([body.jobStatus, body.jobResult]).toEqual(["running", "pending"]);
});

test("a job that somebody else started can be read by nobody who does not know its id", async () => {
  service.beginWith({ state: "goingLive" });
  expect((await service.job("6b1f7c0e-0000-0000-0000-000000000000")).status).toBe(404);
  expect(() => service.service().jobState("nothing")).toThrow('The emulator has no job "nothing".');
});

test("a fresh job can be a 404 for a while", async () => {
  service.begin({ behaviour: { jobLagMs: 30_000 } });
  const jobId = await pushed();
  expect((await jobAfter(29_999, jobId)).status).toBe(404);
  expect((await jobAfter(1, jobId)).status).toBe(200);
});

test.each([404, 410] as const)("a job can be lost for ever, with a %d", async (jobLostStatus) => {
  service.begin({ behaviour: { jobLostAfterMs: 30_000, jobLostStatus } });
  const jobId = await pushed();
  expect((await jobAfter(29_999, jobId)).status).toBe(200);
  expect((await jobAfter(1, jobId)).status).toBe(jobLostStatus);
  expect((await service.cancel(jobId)).status).toBe(jobLostStatus);
  service.advance(minuteMs);
  expect(service.service().jobState(jobId)).toBe("succeeded");
});

test("status and result can be other words, in the answer to the push too", async () => {
  service.begin({ behaviour: { jobWords: { running: "queued", pending: "unknown", completed: "Completed" } } });
  const answer = await service.push();
  expect([answer.body.jobStatus, answer.body.jobResult]).toEqual(["queued", "unknown"]);
  expect((await jobAfter(minuteMs, answer.body.jobId)).body).toMatchObject({
    jobStatus: "Completed",
    jobResult: "succeeded",
  });
});

test.each([
  ["end", "0001-01-01T00:00:00", "2026-01-01T00:01:00.0004567Z"],
  ["early", "2026-01-01T00:00:00.0004567Z", "2026-01-01T00:00:01.0004567Z"],
  ["yearOne", "0001-01-01T00:00:00", "0001-01-01T00:00:00"],
  ["yearOneDate", "0001-01-01", "0001-01-01"],
] as const)("jobEnd, as %s, is %s while the job runs and %s at its end", async (jobEnd, running, ended) => {
  service.begin({ behaviour: { jobEnd } });
  const jobId = await pushed();
  expect((await service.job(jobId)).body.jobEnd).toBe(running);
  expect((await jobAfter(minuteMs, jobId)).body.jobEnd).toBe(ended);
});

test("a job can name a resource on another host, and how long to wait", async () => {
  service.begin({ behaviour: { resourceUri: "otherHost", pollRetryAfter: "60" } });
  const jobId = await pushed();
  const running = await service.job(jobId);
  expect([running.headers.get("retry-after"), running.body.resourceUri]).toEqual([
    "60",
    `https://product-ingestion.mp.microsoft.com/configure/${jobId}`,
  ]);
  expect((await jobAfter(minuteMs, jobId)).headers.get("retry-after")).toBeNull();
});

test("a cancel ends a job at once, and its submission reads as failed", async () => {
  const jobId = await pushed();
  const answer = await service.cancel(jobId);
  expect([answer.status, answer.body.jobStatus, answer.body.jobResult]).toEqual([200, "completed", "cancelled"]);
  expect(service.service().jobState(jobId)).toBe("cancelled");
  expect(await service.entries()).toEqual(["0 draft", "111 preview completed succeeded", "111 live completed failed"]);
  expect(service.service().requests.map(({ route }) => route)).toEqual(["configure", "cancel", "submissions"]);
});

test("a cancel can take its time", async () => {
  service.begin({ behaviour: { cancelMs: 20_000 } });
  const jobId = await pushed();
  const answer = await service.cancel(jobId);
  expect([answer.status, answer.body.jobStatus]).toEqual([200, "running"]);
  service.advance(10_000);
  await service.cancel(jobId);
  expect((await jobAfter(9_999, jobId)).body.jobStatus).toBe("running");
  expect((await jobAfter(1, jobId)).body.jobResult).toBe("cancelled");
});

test("a cancel comes too late once the job has completed, or is far along", async () => {
  const jobId = await pushed();
  service.advance(minuteMs);
  const late = await service.cancel(jobId);
  expect([late.status, late.body.error]).toEqual([
    400,
    { code: "badRequest", message: "Cannot cancel job, job has already completed.", details: [] },
  ]);
  service.begin({ behaviour: { cancelWithinMs: 10_000 } });
  const far = await pushed();
  service.advance(10_000);
  expect((await service.cancel(far)).body.error.message).toBe("Cannot cancel job, job has progressed too far.");
  expect(service.service().jobState(far)).toBe("running");
});
