import { expect, test } from "@jest/globals";
import { ServiceError } from "../../src/bearer/request-error.ts";
import type { GoLiveEvent } from "../../src/go-live/events.ts";
import { goLive, type GoLiveOptions } from "../../src/go-live/go-live.ts";
import type { Outcome } from "../../src/go-live/outcome.ts";
import { NetworkError } from "../../src/http/errors.ts";
import { APIS } from "../../src/marketplace/apis.ts";
import type { OperationReference } from "../../src/marketplace/marketplace.ts";
import { jobReference, submissionReference } from "../../src/marketplace/product-ingestion/location.ts";
import type { ProductIngestionOptions } from "../../src/marketplace/product-ingestion/product-ingestion.ts";
import {
  createScriptedIngestion,
  ENDPOINT,
  entryBody,
  JOB,
  NUMBER,
  OTHER_PRODUCT,
  PRODUCT,
  productBody,
  type ScriptedAnswer,
  serviceError,
} from "../harness/scripted-ingestion.ts";
import { createVirtualClock } from "../harness/virtual-clock.ts";

const START_MS = 1_000_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const SUBMISSION = { product: PRODUCT, number: NUMBER } as const;
const READY = `preview ${NUMBER} completed succeeded`;
const RUNS = `live ${NUMBER} running pending`;
const LIVE = `live ${NUMBER} completed succeeded`;
const ACCEPTED: ScriptedAnswer = { status: 202, body: { jobId: JOB, jobStatus: "notStarted", jobResult: "pending" } };
const RESET = new NetworkError({ method: "POST", url: "x" }, "reset", true);

/** How the service behaves at a time, in milliseconds since the start, and behind so many sendings. */
interface Service {
  readonly entries: (nowMs: number, sendings: number) => readonly string[];
  readonly configure?: (sendings: number, nowMs: number) => ScriptedAnswer;
  readonly job?: (nowMs: number) => ScriptedAnswer;
  readonly product?: string;
}

const job = (jobStatus: string, jobResult: string): ScriptedAnswer => ({ body: { jobId: JOB, jobStatus, jobResult } });

/** Lets a go-live take place in no time. */
async function play(
  { entries, configure = () => ACCEPTED, job: jobAt = () => job("running", "pending"), product = PRODUCT }: Service,
  inputs: Partial<GoLiveOptions> & Partial<ProductIngestionOptions> = {},
) {
  const clock = createVirtualClock(START_MS);
  const events: GoLiveEvent[] = [];
  const times: string[] = [];
  let sendings = 0;
  const answer = (request: string, nowMs: number): readonly [string, ScriptedAnswer] => {
    if (request.includes("/product?")) return ["product", { body: productBody() }];
    if (request.includes("/configure?")) return ["configure", configure((sendings += 1), nowMs)];
    if (request.includes("/configure/")) return ["job", jobAt(nowMs)];
    return ["submissions", { body: { value: entries(nowMs, sendings).map((text) => entryBody(text, product)) } }];
  };
  const { marketplace } = createScriptedIngestion((request) => {
    const nowMs = clock.now() - START_MS;
    const [name, reply] = answer(request, nowMs);
    times.push(`${Math.round(nowMs / SECOND_MS)} ${name}`);
    return reply;
  }, inputs);
  const outcome: Outcome = await goLive({
    ...{
      marketplace,
      goal: "live",
      clock,
      signal: new AbortController().signal,
      offer: { publisherId: "contoso", offerId: "contoso-vm" },
    },
    observe: (event) => events.push(event),
    schedule: { longestPauseMs: 20 * SECOND_MS, pace: APIS.productIngestion.pace, random: () => 0 },
    ...{ timeoutMs: 60 * MINUTE_MS, ifRunning: "attach", wait: true, watchOnly: undefined },
    ...inputs,
  });
  const asked = (name: string): readonly number[] =>
    times.filter((time) => time.endsWith(` ${name}`)).map((time) => Number(time.split(" ")[0]));
  return { outcome, asked, times, kinds: events.map(({ kind }) => kind), sendings };
}

/** An end in short: kind, status, and how the step came to it. */
function inShort(outcome: Outcome): string {
  const { kind, status } = outcome;
  return "origin" in outcome ? `${kind} ${status} ${outcome.origin}` : `${kind} ${status}`;
}

/** Why nothing was started. */
function obstacle({ outcome }: { readonly outcome: Outcome }): unknown {
  return outcome.kind === "notStarted" && "obstacle" in outcome.error ? outcome.error.obstacle : undefined;
}

/** Another preview took the place of the one that was looked at, and is pushed by somebody else. */
const OTHER_RUNS = (_nowMs: number, sent: number): readonly string[] =>
  sent === 0 ? [READY] : ["live 7 running pending"];

test("follows a job to its end, and asks at most once a minute after the first minutes, however short the pauses", async () => {
  const endMs = 12 * MINUTE_MS;
  const { outcome, asked } = await play({
    entries: (nowMs, sendings) => (sendings === 0 ? [READY] : nowMs < endMs ? [RUNS] : [LIVE]),
    job: (nowMs) => (nowMs < endMs ? job("running", "pending") : job("completed", "succeeded")),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  const questions = asked("job");
  const pauses = questions.slice(1).map((time, at) => time - (questions[at] ?? 0));
  expect(questions[0]).toBeLessThanOrEqual(2);
  const late = pauses.filter((_pause, at) => (questions[at] ?? 0) >= 180);
  expect(late.length).toBeGreaterThan(5);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(60);
  expect(Math.max(...pauses.slice(0, -late.length))).toBeLessThanOrEqual(20);
});

test.each([
  ["running for a while after the job has succeeded", RUNS],
  ["not shown at all for a while after the job has succeeded", undefined],
])("waits for the live entry that is %s", async (_what, lagging) => {
  const { outcome, kinds } = await play({
    entries: (nowMs, sendings) => {
      if (sendings === 0) return [READY];
      return nowMs < 2 * MINUTE_MS ? (lagging === undefined ? [] : [lagging]) : [LIVE];
    },
    job: () => job("completed", "succeeded"),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(kinds.includes("doubted")).toBe(lagging === undefined);
});

test.each([
  ["never shows it", [], "notLive"],
  ["shows its preview alone", [READY], "notLive"],
  ["says that it failed", [`live ${NUMBER} completed failed`], "listedOtherwise"],
  ["says that it was cancelled", [`live ${NUMBER} completed cancelled`], "listedOtherwise"],
] as const)("does not believe a job's success while the list %s", async (_what, entries, contradiction) => {
  const { outcome, asked } = await play({
    entries: (_nowMs, sendings) => (sendings === 0 ? [READY] : entries),
    job: () => job("completed", "succeeded"),
  });
  expect(outcome).toMatchObject({ kind: "contradicted", status: "unknown", contradiction: { kind: contradiction } });
  // Some minutes of looks.
  expect(asked("submissions").at(-1)).toBeGreaterThanOrEqual(185);
});

test.each([
  ["failed", "failed", [READY], "ended failed started"],
  ["failed", "failed", [`live ${NUMBER} completed failed`, READY], "ended failed started"],
  ["cancelled", "canceled", [READY], "ended canceled started"],
  ["cancelled", "canceled", [`live ${NUMBER} completed failed`], "ended canceled started"],
  // The entry may lag behind, or be gone.
  ["failed", "failed", [RUNS], "ended failed started"],
  ["failed", "failed", [], "ended failed started"],
] as const)("reports a job that is %s as %s, with %j listed", async (result, _status, entries, end) => {
  const { outcome } = await play({
    entries: (_nowMs, sendings) => (sendings === 0 ? [READY] : entries),
    job: () => job("completed", result),
  });
  expect(inShort(outcome)).toBe(end);
});

test("does not believe a job's failure while the list shows its submission live", async () => {
  const { outcome } = await play({
    entries: (_nowMs, sendings) => (sendings === 0 ? [READY] : [LIVE]),
    job: () => job("completed", "failed"),
  });
  expect(outcome).toMatchObject({ kind: "contradicted", contradiction: { kind: "listedOtherwise" } });
});

test.each([404, 410])("follows the submission when its job is gone (%i)", async (status) => {
  const { outcome, kinds } = await play({
    entries: (nowMs, sendings) => (sendings === 0 ? [READY] : nowMs < 20 * MINUTE_MS ? [RUNS] : [LIVE]),
    job: (nowMs) => (nowMs < 5 * MINUTE_MS ? job("running", "pending") : serviceError(status, "notFound")),
  });
  expect(inShort(outcome)).toBe("ended succeeded started");
  expect(kinds).toContain("followingList");
});

test.each([404, 410])("says at one look what the list shows of a push whose job is gone (%i)", async (status) => {
  const watchOnly = jobReference(JOB, SUBMISSION, ENDPOINT);
  const { outcome } = await play(
    { entries: () => [LIVE], job: () => serviceError(status, "notFound") },
    { watchOnly, wait: false },
  );
  expect(inShort(outcome)).toBe("ended succeeded watched");
});

test("waits a fresh job's 404 out, and follows the submission after some minutes of it", async () => {
  const late = await play({
    entries: (nowMs, sendings) => (sendings === 0 ? [READY] : nowMs < 4 * MINUTE_MS ? [RUNS] : [LIVE]),
    job: (nowMs) => (nowMs < 2 * MINUTE_MS ? serviceError(404, "notFound") : job("completed", "succeeded")),
  });
  expect(inShort(late.outcome)).toBe("ended succeeded started");
  expect(late.kinds).not.toContain("followingList");
  const never = await play({
    entries: (nowMs, sendings) => (sendings === 0 ? [READY] : nowMs < 10 * MINUTE_MS ? [RUNS] : [LIVE]),
    job: () => serviceError(404, "notFound"),
  });
  expect(inShort(never.outcome)).toBe("ended succeeded started");
  expect(never.kinds).toContain("followingList");
});

test.each([
  ["a reset", RESET],
  ["a 500", serviceError(500)],
  ["a 202 without a job", { status: 202, body: {} }],
] as const)(
  "never sends again what %s left open, but looks for ten minutes and follows what shows by then",
  async (_what, answer) => {
    const { outcome, asked, sendings } = await play({
      entries: (nowMs, sent) => (sent === 0 || nowMs < 570_000 ? [READY] : nowMs < 15 * MINUTE_MS ? [RUNS] : [LIVE]),
      configure: () => answer,
    });
    expect(inShort(outcome)).toBe("ended succeeded found");
    expect(outcome).toMatchObject({ reference: submissionReference(SUBMISSION, ENDPOINT) });
    expect(asked("job")).toEqual([]);
    expect(sendings).toBe(1);
  },
);

test.each([
  ["a reset", RESET],
  ["a 202 without a job", { status: 202, body: {} }],
] as const)(
  "cannot tell when nothing shows behind %s in ten minutes, and sends nothing again",
  async (_what, answer) => {
    const { outcome, asked, sendings } = await play({ entries: () => [READY], configure: () => answer });
    expect(outcome).toMatchObject({ kind: "unclear", status: "unknown" });
    expect(asked("submissions")).toEqual([
      0,
      1,
      5,
      15,
      30,
      ...Array.from({ length: 10 }, (_each, at) => (at + 1) * 60),
    ]);
    expect(sendings).toBe(1);
  },
);

test.each([
  [`live ${NUMBER} completed succeeded`, "ended succeeded found"],
  [`live ${NUMBER} completed failed`, "ended failed found"],
])("takes a push that has ended before anybody looked for its own: %s", async (entry, end) => {
  const { outcome } = await play({
    entries: (_nowMs, sent) => (sent === 0 ? [READY] : [entry]),
    configure: () => RESET,
  });
  expect(inShort(outcome)).toBe(end);
});

test.each(["attach", "fail"] as const)(
  "follows no go-live of another submission in place of an unclear sending: ifRunning: %s",
  async (ifRunning) => {
    const { outcome } = await play({ entries: OTHER_RUNS, configure: () => RESET }, { wait: false, ifRunning });
    expect(outcome).toMatchObject({ kind: "unclear", status: "unknown" });
  },
);

const THROTTLED = new ServiceError(
  { method: "POST", url: "x" },
  { status: 429, code: "tooManyRequests", serviceText: "Slow down", requestId: undefined, retryAfterMs: 7 * SECOND_MS },
);

test("waits as long as a 429 asks, looks, and sends again if nothing has changed", async () => {
  const { outcome, times, sendings } = await play(
    { entries: () => [READY], configure: (sent) => (sent === 1 ? THROTTLED : ACCEPTED) },
    { wait: false },
  );
  expect(inShort(outcome)).toBe("underWay running started");
  expect(times).toEqual(["0 product", "0 submissions", "0 configure", "7 submissions", "7 configure"]);
  expect(sendings).toBe(2);
});

test.each([
  ["another preview stands", [`preview 7 completed succeeded`], "replaced"],
  ["it is gone", [], "neverPublished"],
  ["it is live", [LIVE], "alreadyLive"],
  ["a publish runs", [READY, "preview 7 running pending"], "previewRuns"],
] as const)("sends nothing again after a 429 when by then %s", async (_what, entries, kind) => {
  const played = await play({
    entries: (_nowMs, sent) => (sent === 0 ? [READY] : entries),
    configure: () => THROTTLED,
  });
  expect(obstacle(played)).toMatchObject({ kind });
  expect(played.sendings).toBe(1);
});

test("follows the go-live that runs by the time a 429 is waited out, as one that ran already", async () => {
  const played = await play(
    { entries: (_nowMs, sent) => (sent === 0 ? [READY] : [RUNS]), configure: () => THROTTLED },
    { wait: false },
  );
  expect(inShort(played.outcome)).toBe("underWay running adopted");
  expect(played.sendings).toBe(1);
});

const BUSY = serviceError(409, "conflict", "An In Progress submission already exists");

test.each([
  ["a refusal", BUSY, "notStarted rejected"],
  ["a 429", THROTTLED, "notStarted rejected"],
  ["no answer", RESET, "unclear unknown"],
] as const)(
  "does not follow another submission than the one that the inputs name, found behind %s",
  async (_what, answer, end) => {
    const named = await play({ entries: OTHER_RUNS, configure: () => answer }, { wait: false, submissionId: NUMBER });
    expect(inShort(named.outcome)).toBe(end);
    expect(named.sendings).toBe(1);
  },
);

test("follows a go-live that runs behind a refusal, where the inputs name none", async () => {
  const { outcome } = await play({ entries: OTHER_RUNS, configure: () => BUSY }, { wait: false });
  expect(inShort(outcome)).toBe("underWay running adopted");
});

test.each([
  ["a job", jobReference(JOB, { product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT)],
  ["a submission", submissionReference({ product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT)],
] as const)(
  "does not announce the end of %s of another product, and does not wait for it either",
  async (_what, watchOnly) => {
    const service: Service = {
      entries: () => [LIVE],
      job: () => job("completed", "succeeded"),
      product: OTHER_PRODUCT,
    };
    for (const wait of [true, false]) {
      const { outcome, asked } = await play(service, { watchOnly, wait });
      expect(inShort(outcome)).toBe("lost unknown watched");
      expect(Math.max(...asked("submissions"))).toBeLessThanOrEqual(5 * 60);
    }
  },
);

test("does not announce the success of a job of which nobody knows what it pushes", async () => {
  const watchOnly: OperationReference = jobReference(JOB, undefined, ENDPOINT);
  const { outcome } = await play({ entries: () => [LIVE], job: () => job("completed", "succeeded") }, { watchOnly });
  expect(outcome).toMatchObject({ kind: "contradicted", contradiction: { kind: "perhapsPreview" } });
});
