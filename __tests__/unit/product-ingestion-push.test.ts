import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { jobReference, submissionReference } from "../../src/marketplace/product-ingestion/location.ts";
import {
  createScriptedIngestion,
  ENDPOINT,
  entryBody,
  JOB,
  NUMBER,
  OTHER_PRODUCT,
  PRODUCT,
  productBody,
  ROOT,
  type ScriptedAnswer,
  serviceError,
} from "../harness/scripted-ingestion.ts";

const { signal } = new AbortController();
const SUBMISSION = { product: PRODUCT, number: NUMBER } as const;
const ID = `submission/${PRODUCT}/${NUMBER}`;
const CANDIDATE = { submissionId: ID, key: `live ${ID}` } as const;
const VERSION = "$version=2022-03-01-preview2";
const JOB_PLACE = jobReference(JOB, SUBMISSION, ENDPOINT);
const PLACE = submissionReference(SUBMISSION, ENDPOINT);

test("sends exactly four members, on the schemas' own host, in one request that is given 120 s", async () => {
  const { marketplace, asked } = createScriptedIngestion(() => ({ status: 202, body: { jobId: JOB } }));
  expect(await marketplace.start("live", CANDIDATE, signal)).toMatchObject({ kind: "accepted", reference: JOB_PLACE });
  expect(asked).toStrictEqual([
    {
      method: "POST",
      target: `${ROOT}/configure?${VERSION}`,
      limitMs: 120_000,
      renewsToken: true,
      body: JSON.stringify({
        $schema: "https://schema.mp.microsoft.com/schema/configure/2022-03-01-preview2",
        resources: [
          {
            $schema: "https://schema.mp.microsoft.com/schema/submission/2022-03-01-preview2",
            id: ID,
            product: `product/${PRODUCT}`,
            target: { targetType: "live" },
          },
        ],
      }),
    },
  ]);
});

test("sends nothing of a submission but its id, whatever product and number it has", async () => {
  const numbers = fc.stringMatching(/^[1-9]\d{0,18}$/);
  await fc.assert(
    fc.asyncProperty(fc.uuid(), numbers, async (product, number) => {
      const { marketplace, asked } = createScriptedIngestion(() => serviceError(400, "badRequest"));
      const submissionId = `submission/${product}/${number}`;
      await marketplace.start("live", { submissionId, sinceMs: 7 }, signal);
      expect(asked).toHaveLength(1);
      expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({ resources: [{ id: submissionId }] });
      expect(asked[0]?.body).not.toMatch(/lifecycleState|created|status|result/);
    }),
    { numRuns: 30 },
  );
});

test.each([undefined, "", NUMBER, `submission/${PRODUCT}/0`])(
  "sends nothing at all for the candidate %j, which nobody can have looked at",
  async (submissionId) => {
    const { marketplace, asked } = createScriptedIngestion(() => ({ body: {} }));
    await expect(marketplace.start("live", { ...CANDIDATE, submissionId }, signal)).rejects.toThrow("no submission");
    expect(asked).toEqual([]);
  },
);

test("returns what a failed sending means, and throws a bug", async () => {
  const reset = new NetworkError({ method: "POST", url: "x" }, "reset", true);
  const lost = createScriptedIngestion(() => reset);
  expect(await lost.marketplace.start("live", CANDIDATE, signal)).toMatchObject({ kind: "unclear", error: reset });
  const broken = createScriptedIngestion(() => new TypeError("a bug"));
  await expect(broken.marketplace.start("live", CANDIDATE, signal)).rejects.toThrow(TypeError);
});

/** A service with a job in that state and these submissions. */
function following(job: ScriptedAnswer, ...texts: readonly string[]) {
  return createScriptedIngestion((request) => {
    if (request.includes("/product?")) return { body: productBody() };
    if (request.includes("/configure/")) return job;
    return { body: { value: texts.map((text) => entryBody(text)) } };
  });
}

const job = (jobStatus: string, jobResult: string): ScriptedAnswer => ({ body: { jobId: JOB, jobStatus, jobResult } });

test("asks for the job alone while it runs, without what stands behind the `#`", async () => {
  const { marketplace, asked } = following(job("running", "pending"));
  expect(await marketplace.operation(JOB_PLACE, signal)).toMatchObject({ operation: { status: "running" } });
  expect(asked).toStrictEqual([
    { method: "GET", target: `${ROOT}/configure/${JOB}/status?${VERSION}`, limitMs: 60_000 },
    // Whose it is, once.
    { method: "GET", target: `${ROOT}/product?externalId=contoso-vm&$version=2022-07-01`, limitMs: 60_000 },
  ]);
  await marketplace.operation(JOB_PLACE, signal);
  expect(asked).toHaveLength(3);
});

test.each([
  // The job's word, and what is listed as live.
  ["completed succeeded", [`live ${NUMBER} completed succeeded`], "succeeded"],
  ["completed succeeded", [], "succeeded"],
  ["completed succeeded", [`preview ${NUMBER} completed succeeded`], "succeeded"],
  // Another submission's state is no word about this one.
  ["completed succeeded", ["live 7 running pending"], "succeeded"],
  // A job that is done with a submission that is not is not over.
  ["completed succeeded", [`live ${NUMBER} running pending`], "running"],
  ["completed succeeded", [`live ${NUMBER} notStarted pending`], "notStarted"],
  // Two ends that contradict each other are held against each other elsewhere.
  ["completed succeeded", [`live ${NUMBER} completed failed`], "succeeded"],
  ["completed failed", [`live ${NUMBER} running pending`], "failed"],
  ["completed cancelled", [], "canceled"],
] as const)("a job that is %s, with %j listed, is %s", async (words, listed, status) => {
  const [jobStatus = "", jobResult = ""] = words.split(" ");
  const { marketplace } = following(job(jobStatus, jobResult), ...listed);
  expect((await marketplace.operation(JOB_PLACE, signal)).operation.status).toBe(status);
});

test.each([
  [`live ${NUMBER} completed succeeded`, true],
  [`live ${NUMBER} completed failed`, undefined],
  [`preview ${NUMBER} completed succeeded`, undefined],
] as const)("a job that has succeeded, with %s listed, says whether the list shows that", async (listed, expected) => {
  const { marketplace } = following(job("completed", "succeeded"), listed);
  expect((await marketplace.operation(JOB_PLACE, signal)).operation.isListedLive).toBe(expected);
});

test.each([
  [
    "no JSON",
    new AnswerError({ request: { method: "GET", url: "x" }, status: 200, requestId: "r" }, "notJson"),
    "notJson",
  ],
  ["no status", { jobId: JOB }, "noStatus"],
  ["a list", [{ jobStatus: "completed", jobResult: "succeeded" }], "noStatus"],
])("an answer with %s is no word about the job", async (_what, body, reason) => {
  const { marketplace } = following({ body });
  await expect(marketplace.operation(JOB_PLACE, signal)).rejects.toMatchObject({ name: "AnswerError", reason });
});

test.each([
  [`live ${NUMBER} running pending`, "running"],
  [`live ${NUMBER} completed succeeded`, "succeeded"],
  [`live ${NUMBER} completed failed`, "failed"],
])("follows a submission without a job by its entry among what is live: %s", async (text, status) => {
  const { marketplace, asked } = following(serviceError(404), `preview ${NUMBER} completed succeeded`, text);
  const { operation } = await marketplace.operation(PLACE, signal);
  expect(operation).toMatchObject({ status, messages: [], steps: [] });
  expect(operation.fault).toBeUndefined();
  expect(asked.filter(({ target }) => target.includes("/configure/"))).toEqual([]);
});

test("a submission that is listed as a preview alone is none that goes live", async () => {
  const { marketplace } = following(serviceError(404), `preview ${NUMBER} completed succeeded`);
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "notListed" });
});

test.each([
  ["a job", jobReference(JOB, { product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT)],
  ["a submission", submissionReference({ product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT)],
])("takes no end from %s of another product than the offer's", async (_what, reference) => {
  const { marketplace } = createScriptedIngestion((request) => {
    if (request.includes("/product?")) return { body: productBody() };
    if (request.includes("/configure/")) return job("completed", "succeeded");
    return { body: { value: [entryBody(`live ${NUMBER} completed succeeded`, OTHER_PRODUCT)] } };
  });
  await expect(marketplace.operation(reference, signal)).rejects.toMatchObject({ reason: "otherOffer" });
});

test.each([
  ["completed", "cancelled", "done"],
  ["running", "pending", "underWay"],
  ["completed", "succeeded", "underWay"],
] as const)("a cancel that is answered with a job that is %s, %s: %s", async (jobStatus, jobResult, answer) => {
  const { marketplace, asked } = createScriptedIngestion(() => job(jobStatus, jobResult));
  expect(await marketplace.cancel(JOB_PLACE, signal)).toBe(answer);
  expect(asked).toStrictEqual([
    { method: "POST", target: `${ROOT}/configure/${JOB}/cancel?${VERSION}`, limitMs: 60_000, renewsToken: true },
  ]);
});

test("a cancel that is answered with nothing was taken", async () => {
  const nothing = new AnswerError({ request: { method: "POST", url: "x" }, status: 202, requestId: "r" }, "notJson");
  const { marketplace } = createScriptedIngestion(() => ({ status: 202, body: nothing }));
  expect(await marketplace.cancel(JOB_PLACE, signal)).toBe("underWay");
});

test("a cancel comes too late for a job that has ended, and every other refusal is one", async () => {
  const text = "Cannot cancel job, job has already completed.";
  const late = createScriptedIngestion(() => serviceError(400, "badRequest", text));
  expect(await late.marketplace.cancel(JOB_PLACE, signal)).toBe("tooLate");
  for (const error of [
    serviceError(400, "badRequest", "Cannot cancel job, job has progressed too far."),
    serviceError(404, "notFound", text),
    serviceError(500, "internalServerError", text),
    new NetworkError({ method: "POST", url: "x" }, "reset", true),
  ]) {
    const { marketplace } = createScriptedIngestion(() => error);
    await expect(marketplace.cancel(JOB_PLACE, signal)).rejects.toBe(error);
  }
});

test("asks nobody to cancel what has no job", async () => {
  const { marketplace, asked } = createScriptedIngestion(() => new TypeError("nobody should ask"));
  expect(await marketplace.cancel(PLACE, signal)).toBe("impossible");
  expect(asked).toEqual([]);
});

test("asks for nothing at a place that is none of this API's", async () => {
  const { marketplace, asked } = createScriptedIngestion(() => ({ body: {} }));
  const location = new URL("https://graph.example/api/operations/7");
  await expect(marketplace.operation({ id: "7", location, key: "7" }, signal)).rejects.toThrow("no operation");
  expect(await marketplace.cancel({ id: "7", location, key: "7" }, signal)).toBe("impossible");
  expect(asked).toEqual([]);
});
