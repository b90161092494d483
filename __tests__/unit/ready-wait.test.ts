import { expect, test } from "@jest/globals";
import type { Readiness, Standing, Submission } from "../../src/marketplace/marketplace.ts";
import { InterruptedError } from "../../src/go-live/outcome.ts";
import { type ReadyWaitOptions, waitUntilReady } from "../../src/go-live/ready-wait.ts";
import { operation } from "../harness/operation.ts";
import {
  createScene,
  goLive,
  networkError,
  preview,
  readyFor,
  type Reply,
  type Scene,
  type Script,
  serviceError,
  START_MS,
} from "../harness/scripted-marketplace.ts";

const MINUTE_MS = 60_000;
const LAG_MS = 185_000;
const RUNNING = preview("7");

/** How an offer stands that is not ready. */
function standing(live: Readiness, submissions: readonly Submission[] = []): Standing {
  return { submissions, serviceTimeMs: undefined, readiness: { live, preview: live }, objection: undefined };
}

const publishing = standing({ kind: "previewRuns", preview: RUNNING }, [RUNNING]);
const telling = standing({ kind: "previewRuns", preview: RUNNING, tellsSteps: true }, [RUNNING]);
const notWaiting = standing({ kind: "notWaiting", stage: "failed", signOff: undefined });

const times = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const wait = ({ options }: Scene, plan: Partial<ReadyWaitOptions> = {}) =>
  waitUntilReady({
    ...options,
    schedule: { longestPauseMs: MINUTE_MS, random: () => 0 },
    timeoutMs: 60 * MINUTE_MS,
    onTimeout: "fail",
    ...plan,
  });
const scene = (standings: readonly Reply<Standing>[], operations: Script["operation"] = []): Scene =>
  createScene({ standing: standings, operation: operations });
const tookMs = ({ clock }: Scene): number => clock.now() - START_MS;

test("ends at once when the offer is ready", async () => {
  const ready = scene([readyFor("7")]);
  expect(await wait(ready)).toStrictEqual({ finding: readyFor("7").readiness.live });
  expect(ready.asked).toEqual(["0 standing"]);
});

test("looks until a publish to preview has made the offer ready, and says once how it stands", async () => {
  const late = scene([...times(5, publishing), readyFor("7")]);
  expect(await wait(late)).toStrictEqual({ finding: readyFor("7").readiness.live });
  expect(late.asked).toHaveLength(6);
  expect(new Set(late.events.map(({ kind }) => kind))).toEqual(new Set(["stands"]));
});

const CERTAIN: readonly Readiness[] = [
  { kind: "goLiveRuns", goLive: goLive("7") },
  { kind: "noSuchOffer" },
  { kind: "severalProducts", productIds: ["1", "2"] },
  { kind: "otherProduct", productIds: ["1"] },
  { kind: "needsProductId" },
  { kind: "otherOffer", offerId: "other" },
  { kind: "otherType", type: "x" },
];

test.each(CERTAIN)("is certain at once that it will not be ready: $kind", async (live) => {
  const certain = scene([standing(live)]);
  expect(await wait(certain)).toStrictEqual({ finding: live });
  expect(tookMs(certain)).toBe(0);
});

const DOUBTFUL: readonly Readiness[] = [
  { kind: "neverPublished" },
  { kind: "notWaiting", stage: "succeeded", signOff: undefined },
  { kind: "previewFailed", submissionId: "7" },
  { kind: "goLiveFailed", submissionId: "7" },
  { kind: "alreadyLive", submissionId: "7" },
  { kind: "ambiguous", submissionIds: ["7", "8"] },
  { kind: "otherSubmission", wanted: "7", found: ["8"] },
  { kind: "untoldSubmission", wanted: "7", found: [] },
];

test.each(DOUBTFUL)("believes after more than three minutes what a list that lags may show: $kind", async (live) => {
  const doubtful = scene([standing(live)]);
  expect(await wait(doubtful)).toStrictEqual({ finding: live });
  expect(tookMs(doubtful)).toBeGreaterThanOrEqual(LAG_MS);
  expect(tookMs(doubtful)).toBeLessThan(LAG_MS + MINUTE_MS);
});

test("begins to doubt anew when it stands otherwise in between", async () => {
  const changing = scene([...times(20, notWaiting), publishing, notWaiting]);
  await wait(changing);
  const changedAtMs = Number.parseInt(changing.asked[20] ?? "", 10);
  expect(tookMs(changing)).toBeGreaterThanOrEqual(changedAtMs + LAG_MS);
});

test.each<Readiness>([
  { kind: "previewRuns", preview: RUNNING },
  { kind: "busy", signOff: undefined },
  { kind: "unknownWord", word: "dreaming" },
])("never takes for certain what may yet become ready: $kind", async (live) => {
  const open = scene([standing(live)]);
  expect(await wait(open)).toStrictEqual({ finding: live, timeUp: "fail" });
  expect(tookMs(open)).toBe(60 * MINUTE_MS);
});

test.each<Readiness>([
  { kind: "ambiguous", submissionIds: ["6", "7"] },
  { kind: "otherSubmission", wanted: "7", found: ["6"] },
  { kind: "untoldSubmission", wanted: "7", found: [] },
])("waits for the publish that runs, whatever else there is: $kind", async (live) => {
  const late = scene([...times(40, standing(live, [RUNNING])), readyFor("7")]);
  expect(await wait(late)).toStrictEqual({ finding: readyFor("7").readiness.live });
});

test("believes that a preview waits beside a publish that runs only after the status cannot lag any more", async () => {
  const live = { kind: "ready", candidate: { submissionId: undefined }, preview: RUNNING } as const;
  const lagging = scene([standing(live, [RUNNING]), publishing, readyFor("7")]);
  expect(await wait(lagging)).toStrictEqual({ finding: readyFor("7").readiness.live });
  const steady = scene([standing(live, [RUNNING])]);
  expect(await wait(steady)).toStrictEqual({ finding: live });
  expect(tookMs(steady)).toBeGreaterThanOrEqual(LAG_MS);
});

test("what is ready at the deadline is ready, and nothing is left open", async () => {
  const live = { kind: "ready", candidate: { submissionId: undefined }, preview: RUNNING } as const;
  expect(await wait(scene([standing(live, [RUNNING])]), { timeoutMs: MINUTE_MS })).toStrictEqual({ finding: live });
});

test("reads the steps of the publish that runs until it has ended, where they are told", async () => {
  const failed = operation({ status: "failed" });
  const answers = [operation(), operation(), failed].map((one) => ({ operation: one, retryAfterMs: undefined }));
  const told = scene([...times(2, telling), notWaiting], answers);
  expect(await wait(told)).toStrictEqual({ finding: notWaiting.readiness.live, publish: failed });
  expect(told.asked.filter((line) => line.endsWith("operation"))).toHaveLength(3);
  expect(told.events.filter(({ kind }) => kind === "publishObserved")).toHaveLength(3);
});

test("goes on without the steps of a publish that cannot be read", async () => {
  const told = scene([...times(3, telling), readyFor("7")], [serviceError(404)]);
  expect(await wait(told)).toStrictEqual({ finding: readyFor("7").readiness.live });
});

test("waits out faults that may pass, and says each time why", async () => {
  const lost = networkError();
  const shaky = scene([publishing, ...times(50, lost), readyFor("7")]);
  expect((await wait(shaky)).finding.kind).toBe("ready");
  expect(shaky.events.filter(({ kind }) => kind === "unanswered")).toHaveLength(50);
});

test("ends when a refusal has stayed for two minutes", async () => {
  const refused = serviceError(403);
  const over = scene([publishing, refused]);
  expect(await wait(over)).toStrictEqual({ finding: { kind: "notTold", error: refused } });
  expect(tookMs(over)).toBeGreaterThanOrEqual(2 * MINUTE_MS);
  expect(tookMs(over)).toBeLessThan(4 * MINUTE_MS);
});

test("takes a status that cannot be read for a question without an answer", async () => {
  const error = serviceError(500, 30_000);
  const untold: Standing = {
    ...publishing,
    readiness: { live: { kind: "notTold", error }, preview: { kind: "notTold", error } },
  };
  const slow = scene([untold, readyFor("7")]);
  expect((await wait(slow)).finding.kind).toBe("ready");
  expect(slow.asked).toEqual(["0 standing", "30000 standing"]);
});

test("says that it was cancelled when it was", async () => {
  const cancelled = scene([
    () => {
      cancelled.abort.abort();
      return networkError();
    },
  ]);
  expect(await wait(cancelled)).toStrictEqual({ finding: { kind: "notTold", error: new InterruptedError() } });
});

test("gives a sign of life in long pauses", async () => {
  const pausing = scene([serviceError(503, 10 * MINUTE_MS), readyFor("7")]);
  await wait(pausing);
  expect(pausing.events.filter(({ kind }) => kind === "waiting")).toHaveLength(9);
});

test("lets a bug through", async () => {
  const bug = new RangeError("a bug");
  await expect(wait(scene([bug]))).rejects.toBe(bug);
});
