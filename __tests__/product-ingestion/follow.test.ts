import { expect, test } from "@jest/globals";
import type { ProductIngestionOptions } from "../../emulator/product-ingestion/product-ingestion.ts";
import { annotations, texts } from "../harness/scenario.ts";
import {
  fast,
  FAST,
  FASTEST,
  FIRST,
  LOOK,
  POST,
  product,
  resultOf,
  startIngestion,
  WAITING,
  withoutRepeats,
} from "./ingestion-scenario.ts";

const PUSH = { durationMs: 15_000 } as const;
const GONE = { jobLostAfterMs: 10_000 } as const;

/** Runs a step that waits, at a service that lives as fast as it does. */
async function wait(options: ProductIngestionOptions, factor: { readonly timeFactor: number } = FAST, inputs = {}) {
  const scenario = await startIngestion({ ...fast(factor), ...product({ push: PUSH }), ...options });
  const result = await scenario.run({ ...WAITING, ...inputs }, factor);
  return { ...scenario, result };
}

test("follows the job to its end, reads what is live, and says that it is so", async () => {
  const { result, asked, service } = await wait({ ...product({ push: PUSH, wasLive: true }) });
  expect(withoutRepeats(asked())).toEqual([...LOOK, POST, "GET job", "GET submissions"]);
  expect(service.liveSubmission()).toBe(service.pushes()[0]?.submissionId);
  expect(result.outputs["status"]).toBe("succeeded");
  expect(resultOf(result)).toMatchObject({ ending: "ended", operation: { origin: "started" } });
  expect(result.exitCode).toBe(0);
  const job = service.requests.find(({ route }) => route === "job");
  // Nothing of the address behind the `#` is ever sent.
  expect(job?.path).toBe(
    `/rp/product-ingestion/configure/${service.pushes()[0]?.jobId}/status?$version=2022-03-01-preview2`,
  );
});

test("asks at most once a minute after the first minutes, and well before", async () => {
  const { service, result } = await wait({ ...product({ push: { durationMs: 500_000 } }) }, FASTEST);
  const times = service.requests.filter(({ route }) => route === "job").map(({ atMs }) => atMs);
  const [start = 0] = times;
  const pauses = times
    .slice(1)
    .map((time, at) => ({ sinceMs: (times[at] ?? 0) - start, pauseMs: time - (times[at] ?? 0) }));
  const late = pauses.filter(({ sinceMs }) => sinceMs > 200_000);
  expect(late.length).toBeGreaterThanOrEqual(3);
  // A busy machine takes a request late, so that the pause behind it looks shorter than it was.
  expect(Math.min(...late.map(({ pauseMs }) => pauseMs))).toBeGreaterThanOrEqual(45_000);
  expect(Math.min(...pauses.map(({ pauseMs }) => pauseMs))).toBeLessThan(30_000);
  expect(result.outputs["status"]).toBe("succeeded");
});

test.each([
  ["words of another case", { jobWords: { completed: "COMPLETED", succeeded: "Succeeded" } }],
  ["words in two", { jobWords: { notStarted: "not started", running: "Running" } }],
  ["an end that is named too early", { jobEnd: "early" }],
  ["an end in year 1", { jobEnd: "yearOne" }],
  ["the same without a time of day", { jobEnd: "yearOneDate" }],
  ["an end that the list shows before the job", { endShowsMs: -10_000 }],
  ["a job that is queued first", { notStartedMs: 5_000 }],
  ["a preview that stays beside what is live", { previewDuringPush: "stays", previewAfterSuccess: "stays" }],
  ["a former version that goes first", { formerDuringPush: "goes" }],
  ["the push's own time", { createdIs: "push" }],
  ["no time at all", { createdIs: "none" }],
] as const)("follows a job with %s", async (_what, behaviour) => {
  const { result, sent } = await wait({ behaviour });
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("succeeded");
});

test("waits for what an unknown word may mean, with a warning that quotes it", async () => {
  const { result } = await wait({ behaviour: { jobWords: { running: "certifying" } } });
  expect(texts(result, "warning")).toEqual([expect.stringContaining("certifying")]);
  expect(result.outputs["status"]).toBe("succeeded");
});

test("says that it was cancelled by somebody else", async () => {
  const { result } = await wait({ happenings: [{ what: "jobCancelled", when: { after: "job", nth: 2 } }] });
  expect(result.outputs["status"]).toBe("canceled");
  expect(resultOf(result).ending).toBe("ended");
  expect(result.exitCode).toBe(1);
});

test.each([
  ["failed", "back"],
  ["cancelled", "gone"],
  ["gone", "back"],
] as const)(
  "tells of a job that failed what certification found, whatever is left of it in the list (%s)",
  async (liveAfterFailure, previewAfterFailure) => {
    const { result, sent } = await wait({
      ...product({ push: { ...PUSH, outcome: "failed" } }),
      behaviour: { liveAfterFailure, previewAfterFailure },
    });
    expect(sent()).toEqual([POST]);
    const [text] = texts(result, "error");
    expect(text).toContain(`submission ${FIRST.split("/")[2]}: Issues found during Certification.`);
    // The outer messages say nothing.
    expect(text).not.toContain("Operation failed");
    expect(result.outputs["status"]).toBe("failed");
    expect(result.exitCode).toBe(1);
  },
);

/** An error so deep, with that text at its bottom. */
function nested(depth: number): object {
  let error: object = { code: "inner", message: "The very reason." };
  for (let level = 0; level < depth; level += 1)
    error = { code: "outer", message: "Operation failed", details: [error] };
  return error;
}

test.each([
  ["one error deep down", [nested(12)], /The very reason\./],
  ["errors without end", Array.from({ length: 3_000 }, (_, at) => ({ message: `Error ${at}.` })), /Error 0\./],
  ["no details", [{ code: "conflict", message: "Busy.", details: null }], /Busy\./],
  ["a code alone", [{ code: "productLocked" }], /productLocked/],
  ["no list", { code: "x" }, /^x\n|^The service gives no reason\./],
  [
    "commands for the runner",
    [{ message: "\n::set-output name=status::succeeded" }],
    /^: :set-output name=status::succeeded\n/,
  ],
] as const)("bears the errors of a failed job: %s", async (_what, errors, says) => {
  const { result } = await wait({ ...product({ push: { durationMs: 1_000, outcome: "failed", errors } }) });
  expect(texts(result, "error")).toEqual([expect.stringMatching(new RegExp(says, "i"))]);
  expect(result.outputs["status"]).toBe("failed");
});

test("waits a fresh job's 404 out", async () => {
  const { result, asked } = await wait({ behaviour: { jobLagMs: 10_000 } });
  expect(withoutRepeats(asked())).toEqual([...LOOK, POST, "GET job", "GET submissions"]);
  expect(result.outputs["status"]).toBe("succeeded");
});

test.each([
  [404, "succeeded", 0],
  [410, "succeeded", 0],
  [404, "failed", 1],
] as const)(
  "follows the submission when its job is lost (%i), to its end: %s",
  async (jobLostStatus, outcome, exitCode) => {
    const { result, sent, service } = await wait(
      { ...product({ push: { durationMs: 400_000, outcome } }), behaviour: { ...GONE, jobLostStatus } },
      FASTEST,
    );
    expect(sent()).toEqual([POST]);
    expect(service.requests.filter(({ route }) => route === "submissions").length).toBeGreaterThan(1);
    expect(result.outputs["status"]).toBe(outcome);
    expect(result.exitCode).toBe(exitCode);
  },
);

test("waits out single faults of every kind, and the end that they hide", async () => {
  const { result } = await wait({
    faults: [
      { on: "job", nth: 1, act: { kind: "status", status: 500 } },
      { on: "job", nth: 2, act: { kind: "garbage", body: "<html>" } },
      { on: "job", nth: 3, act: { kind: "reset", at: "body" } },
      { on: "job", nth: 4, act: { kind: "status", status: 403 } },
      { on: "job", nth: 5, act: { kind: "garbage", body: "{}" } },
      { on: "submissions", nth: 2, act: { kind: "status", status: 503 } },
    ],
  });
  expect(result.outputs["status"]).toBe("succeeded");
});

test("leaves the service alone as long as it asks", async () => {
  const { service, result } = await wait({ behaviour: { pollRetryAfter: "14" } });
  const times = service.requests.filter(({ route }) => route === "job").map(({ atMs }) => atMs);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(13_000);
  expect(result.outputs["status"]).toBe("succeeded");
});

test("waits for a live entry that shows its end late", async () => {
  const { result, service } = await wait({ behaviour: { endShowsMs: 60_000 } }, FASTEST);
  expect(service.requests.filter(({ route }) => route === "submissions").length).toBeGreaterThan(2);
  expect(result.outputs["status"]).toBe("succeeded");
});

test("waits for a live entry that shows only minutes after its job has succeeded", async () => {
  const { result } = await wait(
    { behaviour: { submissionsLagMs: 90_000, previewDuringPush: "stays", previewAfterSuccess: "stays" } },
    FASTEST,
  );
  expect(result.outputs["status"]).toBe("succeeded");
});

test("does not say that it is live while the list never shows it so", async () => {
  const { result, sent } = await wait(
    { behaviour: { submissionsLagMs: Infinity, acceptanceShowsMs: Infinity, endShowsMs: Infinity } },
    FASTEST,
  );
  expect(sent()).toEqual([POST]);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("contradicted");
  expect(result.exitCode).toBe(1);
});

test.each([
  ["succeeded", "failed"],
  ["failed", "succeeded"],
] as const)("does not believe a job that says %s while its entry says %s", async (jobSays, entrySays) => {
  const { result } = await wait({ ...product({ push: { durationMs: 1_000, jobSays, entrySays } }) }, FASTEST);
  expect(result.outputs["status"]).toBe("unknown");
  expect(resultOf(result).ending).toBe("contradicted");
  expect(result.exitCode).toBe(1);
});

test("says at the end of its time that the push goes on", async () => {
  const { result, sent } = await wait({ ...product({ push: { durationMs: Infinity } }) }, FASTEST, {
    timeoutMinutes: "5",
  });
  expect(sent()).toEqual([POST]);
  expect(resultOf(result).ending).toBe("deadline");
  expect(result.outputs["status"]).toBe("running");
  expect(annotations(result).map(({ level }) => level)).toEqual(["error"]);
});
