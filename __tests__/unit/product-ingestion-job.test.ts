import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { Fault } from "../../src/marketplace/operation.ts";
import { readJob, readJobId } from "../../src/marketplace/product-ingestion/job.ts";

const JOB = "6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";
const SUBMISSION = "submission/3f0c7a11-2185-49fe-80d2-00000000b9aa/1152921505690000222";
const ACCEPTED = {
  $schema: "https://schema.mp.microsoft.com/schema/configure-status/2022-03-01-preview2",
  jobId: JOB,
  jobStatus: "notStarted",
  jobResult: "pending",
  jobStart: "2026-03-09T12:00:00.1234567Z",
  jobEnd: "0001-01-01T00:00:00",
  errors: [],
} as const;

/** What a failed job with these errors is told to be. */
function faultOf(errors: unknown): Fault | undefined {
  return readJob({ ...ACCEPTED, jobStatus: "completed", jobResult: "failed", errors })?.fault;
}

test.each([
  [ACCEPTED, JOB],
  [{ jobID: JOB }, JOB],
  [{ jobId: ` ${JOB} ` }, JOB],
  [{ jobId: "", jobID: JOB }, JOB],
  [{ jobId: "7" }, "7"],
  [{}, undefined],
  [{ jobId: null }, undefined],
  [{ jobId: 7 }, undefined],
  [{ jobId: "" }, undefined],
  [{ jobId: "../submission" }, undefined],
  [{ jobId: "a/b" }, undefined],
  [{ jobId: "a?b" }, undefined],
  [{ jobId: "a#b" }, undefined],
  [{ jobId: "$(id)" }, undefined],
  [{ jobId: "a".repeat(101) }, undefined],
  [{ job: { jobId: JOB } }, undefined],
  [[ACCEPTED], undefined],
  [JOB, undefined],
  [null, undefined],
  [undefined, undefined],
])("the job of %j is %j", (body, id) => {
  expect(readJobId(body)).toBe(id);
});

test.each([
  ["notStarted", "pending", "notStarted"],
  ["running", "pending", "running"],
  ["running", "succeeded", "running"],
  ["completed", "succeeded", "succeeded"],
  ["completed", "failed", "failed"],
  ["completed", "cancelled", "canceled"],
  ["Completed", "Succeeded", "succeeded"],
  ["completed", "pending", "running"],
  ["queued", "pending", "running"],
] as const)("a job with the status %s and the result %s is %s", (jobStatus, jobResult, status) => {
  expect(readJob({ ...ACCEPTED, jobStatus, jobResult })).toMatchObject({
    status,
    messages: [],
    steps: [],
    liveLinks: [],
  });
});

test.each(["2026-03-09T12:30:00Z", "0001-01-01", "0001-01-01T00:00:00", null, 7])(
  "the end %j proves nothing, neither of a job that runs nor of one that is over",
  (jobEnd) => {
    expect(readJob({ ...ACCEPTED, jobStatus: "running", jobEnd })?.status).toBe("running");
    expect(readJob({ ...ACCEPTED, jobStatus: "completed", jobResult: "succeeded", jobEnd })?.status).toBe("succeeded");
  },
);

test.each([
  {},
  { jobStatus: "" },
  { jobStatus: 7 },
  { jobStatus: null },
  { status: "completed" },
  [],
  "completed",
  null,
])("the body %j is of no job, for it names no status", (body) => {
  expect(readJob(body)).toBeUndefined();
});

test("tells of a certification the verdict alone, and which submission it is about", () => {
  const fault = faultOf([
    {
      resourceId: SUBMISSION,
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
  ]);
  expect(fault).toStrictEqual({
    code: "invalidState",
    text: "submission 1152921505690000222: Issues found during Certification.",
  });
});

const FAULTS: readonly (readonly [string, unknown, Fault | undefined])[] = [
  ["none", [], undefined],
  ["no list", { code: "x", message: "lost" }, undefined],
  ["a text", "failed", undefined],
  ["null", null, undefined],
  ["texts", ["failed"], undefined],
  ["an empty error", [{}], undefined],
  ["a message alone", [{ message: "No." }], { text: "No." }],
  ["a code alone", [{ code: "productLocked" }], { code: "productLocked", text: "productLocked" }],
  ["no details", [{ code: "conflict", message: "Busy.", details: null }], { code: "conflict", text: "Busy." }],
  ["details that are a text", [{ code: "a", message: "Busy.", details: "x" }], { code: "a", text: "Busy." }],
  ["details that say nothing", [{ code: "a", message: "Busy.", details: [{}, 7] }], { code: "a", text: "Busy." }],
  [
    "details that say a code",
    [{ code: "a", message: "Busy.", details: [{ code: "notDeployed" }] }],
    { code: "notDeployed", text: "notDeployed" },
  ],
  [
    "two leaves",
    [
      {
        message: "Outer",
        details: [
          { code: "a", message: "One." },
          { code: "b", message: "Two." },
        ],
      },
    ],
    { code: "a", text: "One. Two." },
  ],
  ["the same said twice", [{ message: "Same." }, { message: "Same." }], { text: "Same." }],
  [
    "resources in every form",
    [
      { resourceId: { externalId: "contoso-vm" }, message: "One." },
      { resourceId: { resourceName: "first" }, message: "Two." },
      { resourceId: "plan/3f0c7a11-2185-49fe-80d2-00000000b9aa/standard", message: "Three." },
      { resourceId: "plain", message: "Four." },
      { resourceId: 7, message: "Five." },
      { resourceId: {}, message: "Six." },
    ],
    { text: "contoso-vm: One. first: Two. plan standard: Three. plain: Four. Five. Six." },
  ],
  [
    "a resource of its own within another's",
    [{ resourceId: SUBMISSION, message: "Outer", details: [{ resourceId: "plan/x/basic", message: "Bad plan." }] }],
    { text: "plan basic: Bad plan." },
  ],
];

test.each(FAULTS)("reads errors that are %s", (_what, errors, fault) => {
  expect(faultOf(errors)).toStrictEqual(fault);
});

/** An error so deep, with that text at its bottom. */
function nested(depth: number, message: string): object {
  let error: object = { code: "inner", message };
  for (let level = 0; level < depth; level += 1) error = { code: "outer", message: `level ${level}`, details: [error] };
  return error;
}

test("reads nested details to a depth that is bounded, and shows the deepest that it has read", () => {
  expect(faultOf([nested(20, "The bottom.")])?.text).toBe("The bottom.");
  expect(faultOf([nested(21, "The bottom.")])?.text).toBe("level 0");
  expect(faultOf([nested(5_000, "The bottom.")])?.text).toMatch(/^level \d+$/);
});

test("reads no more than some errors, and none longer than a sentence has any use for", () => {
  const many = Array.from({ length: 5_000 }, (_, at) => ({ message: `Error ${at}.` }));
  expect(faultOf(many)?.text.split(". ")).toHaveLength(20);
  const wide = [{ details: many.map((error) => ({ details: [error] })) }];
  expect(faultOf(wide)?.text.split(". ")).toHaveLength(20);
  expect(faultOf([{ message: "x".repeat(100_000) }])?.text).toHaveLength(1_000);
});

test("is done soon with any errors, and never longer than what is read of them", () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant(undefined));
  const { error } = fc.letrec<{ error: unknown; list: unknown }>((tie) => ({
    error: fc.record(
      { code: leaf, message: leaf, resourceId: fc.oneof(leaf, fc.record({ externalId: leaf })), details: tie("list") },
      { requiredKeys: [] },
    ),
    list: fc.oneof({ depthSize: "large" }, leaf, fc.array(fc.oneof(leaf, tie("error")), { maxLength: 5 })),
  }));
  fc.assert(
    fc.property(fc.oneof(leaf, fc.array(error, { maxLength: 5 })), (errors) => {
      const fault = faultOf(errors);
      expect(fault?.text.length ?? 0).toBeLessThanOrEqual(20 * 1_400);
      expect(fault?.text).not.toBe("");
    }),
  );
});
