import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { LocationFault } from "../../src/marketplace/location.ts";
import type { OperationReference } from "../../src/marketplace/marketplace.ts";
import {
  isJobId,
  jobReference,
  placeAt,
  previewReference,
  publishReference,
  readLocation,
  submissionReference,
} from "../../src/marketplace/product-ingestion/location.ts";
import { readSubmissionId, type SubmissionId, submissionText } from "../../src/marketplace/submission-id.ts";

const ORIGIN = "https://graph.example";
const SCOPE = { endpoint: new URL(ORIGIN), offer: { publisherId: "contoso", offerId: "contoso-vm" } } as const;
const ROOT = "/rp/product-ingestion";
const PRODUCT = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const NUMBER = "1152921505690000222";
const SUBMISSION = `submission/${PRODUCT}/${NUMBER}`;
const JOB = "6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";
const JOB_PATH = `${ROOT}/configure/${JOB}/status`;

const jobIds = fc.stringMatching(/^[A-Za-z0-9_-]{1,100}$/).filter((text) => /[A-Za-z0-9]/.test(text));
const numbers = fc.stringMatching(/^\d{1,19}$/).filter((text) => !/^0+$/.test(text));
const submissions: fc.Arbitrary<SubmissionId> = fc.record(
  { product: fc.uuid(), number: numbers },
  { noNullPrototype: true },
);

function read(text: string): OperationReference {
  const reference = readLocation(text, SCOPE);
  if (typeof reference === "string") throw new Error(`${text}: ${reference}`);
  return reference;
}

test("reads every address of a job that it writes, and knows the submission again", () => {
  fc.assert(
    fc.property(jobIds, fc.option(submissions, { nil: undefined }), (jobId, submission) => {
      const written = jobReference(jobId, submission, SCOPE.endpoint);
      expect(read(written.location.href)).toStrictEqual(written);
      expect(placeAt(written.location)).toStrictEqual({ kind: "job", jobId, submission });
      expect(written.location.origin).toBe(ORIGIN);
    }),
  );
});

test("reads every address of a submission that it writes", () => {
  fc.assert(
    fc.property(submissions, (submission) => {
      const written = submissionReference(submission, SCOPE.endpoint);
      expect(read(written.location.href)).toStrictEqual(written);
      expect(placeAt(written.location)).toStrictEqual({ kind: "submission", submission });
    }),
  );
});

test("reads every address of a publish, and of a preview, that it writes", () => {
  fc.assert(
    fc.property(jobIds, submissions, fc.array(numbers, { maxLength: 5 }), (jobId, submission, before) => {
      const publish = { product: submission.product, before };
      const written = [publishReference(jobId, publish, SCOPE.endpoint), previewReference(submission, SCOPE.endpoint)];
      expect(written.map(({ location }) => read(location.href))).toStrictEqual(written);
      expect(written.map(({ location }) => placeAt(location))).toStrictEqual([
        { kind: "publish", jobId, ...publish },
        { kind: "preview", submission },
      ]);
      expect(written.map(({ goal }) => goal)).toEqual(["preview", "preview"]);
    }),
  );
});

test("compares the push of a job and the submission in the list by one key", () => {
  const submission = { product: PRODUCT, number: NUMBER };
  const job = jobReference(JOB, submission, SCOPE.endpoint);
  const listed = submissionReference(submission, SCOPE.endpoint);
  expect([job.key, listed.key]).toEqual([`live ${SUBMISSION}`, `live ${SUBMISSION}`]);
  expect([job.id, listed.id]).toEqual([JOB, NUMBER]);
  expect([job.isListedWhenLive, listed.isListedWhenLive]).toEqual([true, true]);
  // A job of which nobody knows what it pushes is found in no list.
  expect(jobReference(JOB.toUpperCase(), undefined, SCOPE.endpoint)).toStrictEqual({
    id: JOB.toUpperCase(),
    location: new URL(`${ORIGIN}${ROOT}/configure/${JOB.toUpperCase()}/status`),
    key: `job ${JOB}`,
  });
});

test("writes the submission of a job behind the `#`, where it is never sent", () => {
  const { location } = jobReference(JOB, { product: PRODUCT, number: NUMBER }, SCOPE.endpoint);
  expect(location.href).toBe(`${ORIGIN}${JOB_PATH}#${SUBMISSION}`);
});

test.each([
  [`${ORIGIN}${JOB_PATH}`, `job ${JOB}`],
  [`  ${ORIGIN}${JOB_PATH}\n`, `job ${JOB}`],
  [`${ORIGIN}${JOB_PATH}?$version=2022-03-01-preview2`, `job ${JOB}`],
  [`${ORIGIN}${JOB_PATH}?$version=2022-03-01-preview2#${SUBMISSION}`, `live ${SUBMISSION}`],
  [`HTTPS://GRAPH.EXAMPLE:443${JOB_PATH}#${SUBMISSION.toUpperCase()}`, `live ${SUBMISSION}`],
  [`${ORIGIN}${ROOT}/${SUBMISSION}`, `live ${SUBMISSION}`],
  [`${ORIGIN}${ROOT}/${SUBMISSION}?$version=2022-03-01-preview2`, `live ${SUBMISSION}`],
  [`${ORIGIN}${ROOT}/submission/${PRODUCT.toUpperCase()}/${NUMBER}`, `live ${SUBMISSION}`],
])("the location %j is what the list shows as %j", (text, key) => {
  const reference = read(text);
  expect(reference.key).toBe(key);
  // Nothing of a query is kept: the version is the action's own.
  expect(reference.location.search).toBe("");
});

const REFUSED: readonly (readonly [LocationFault, readonly string[]])[] = [
  ["is not a URL", ["", "none", "https://", `http://a b${JOB_PATH}`, JOB_PATH, `${ROOT}/${SUBMISSION}`, SUBMISSION]],
  [
    "is on another origin",
    [
      `https://elsewhere.example${JOB_PATH}`,
      `http://graph.example${JOB_PATH}`,
      `https://graph.example:8443${JOB_PATH}`,
      `https://graph.example.elsewhere.example${JOB_PATH}`,
      `https://graph.example@elsewhere.example${JOB_PATH}`,
      `https:\\\\elsewhere.example${JOB_PATH}`,
      `https://product-ingestion.mp.microsoft.com/configure/${JOB}/status`,
      `javascript:${JOB_PATH}`,
      "data:text/plain,7",
    ],
  ],
  [
    "carries a user name or password",
    [
      `https://me@graph.example${JOB_PATH}`,
      `https://me:secret@graph.example${JOB_PATH}`,
      `https://:x@graph.example${JOB_PATH}`,
    ],
  ],
  [
    "is not written as the address of an operation",
    [
      ORIGIN,
      `${ORIGIN}${ROOT}`,
      `${ORIGIN}${ROOT}/configure`,
      `${ORIGIN}${ROOT}/configure/${JOB}`,
      `${ORIGIN}${ROOT}/configure/${JOB}/cancel`,
      `${ORIGIN}${ROOT}/configure//status`,
      `${ORIGIN}${ROOT}/configure/--_/status`,
      `${ORIGIN}${ROOT}/configure/${"a".repeat(101)}/status`,
      `${ORIGIN}${ROOT}/configure/$(id)/status`,
      `${ORIGIN}${ROOT}/configure/a%2f..%2fb/status`,
      `${ORIGIN}${ROOT}/configure/a%00/status`,
      `${ORIGIN}${ROOT}/configure/a/../${JOB}/status`,
      `${ORIGIN}${ROOT}/configure/./${JOB}/status`,
      `${ORIGIN}${ROOT}/configure\\${JOB}\\status`,
      `${ORIGIN}\\rp\\product-ingestion\\configure\\${JOB}\\status`,
      `${ORIGIN}${ROOT}/configure/${JOB.slice(0, 9)}\t${JOB.slice(9)}/status`,
      `${ORIGIN}${JOB_PATH}/`,
      `${ORIGIN}${JOB_PATH}/more`,
      `${ORIGIN}/v1.0${JOB_PATH}`,
      `${ORIGIN}${JOB_PATH.toUpperCase()}`,
      `${ORIGIN}${JOB_PATH}#x`,
      `${ORIGIN}${JOB_PATH}#submission/${PRODUCT}/0`,
      `${ORIGIN}${JOB_PATH}#${SUBMISSION}/more`,
      `${ORIGIN}${JOB_PATH}#preview/${PRODUCT}/`,
      `${ORIGIN}${JOB_PATH}#preview/${PRODUCT}/${NUMBER}/x`,
      `${ORIGIN}${JOB_PATH}#preview/${NUMBER}`,
      `${ORIGIN}${JOB_PATH}#flight/${PRODUCT}/${NUMBER}`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/0`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/000`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/-1`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/1e3`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/${NUMBER}/more`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT.slice(1)}/${NUMBER}`,
      `${ORIGIN}${ROOT}/submission/${PRODUCT}/${"1".repeat(31)}`,
      `${ORIGIN}/api/publishers/contoso/offers/contoso-vm/operations/${JOB}`,
    ],
  ],
];

test.each(REFUSED.flatMap(([fault, texts]) => texts.map((text) => [text, fault] as const)))(
  "the location %j %s",
  (text, fault) => {
    expect(readLocation(text, SCOPE)).toBe(fault);
  },
);

test("reads no location that leaves the endpoint or changes in the reading, whatever is written", () => {
  const piece = fc.constantFrom(
    ...[ORIGIN, ROOT, "/configure/", "/submission/", `/${JOB}`, "/status", `/${PRODUCT}`, `/${NUMBER}`, "/0"],
    ...["/..", "/.", "//", "\\", "%2e%2e", "%2f", "#", "?", "@", ":", "https:", "//elsewhere.example", "\t", "\u0000"],
    ...[`#${SUBMISSION}`, " ", "$(id)", "é"],
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 6 }).map((pieces) => ORIGIN + ROOT + pieces.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const reference = readLocation(text, SCOPE);
      if (typeof reference === "string") return;
      expect(reference.location.href).toMatch(
        new RegExp(
          `^${ORIGIN}${ROOT}/(configure/[A-Za-z0-9_-]+/status(#submission/.*)?|submission/[0-9a-f-]{36}/\\d+)$`,
        ),
      );
      expect(read(reference.location.href)).toStrictEqual(reference);
    }),
    { numRuns: 2_000 },
  );
});

test("a submission's number stays a text, for it does not fit a number", () => {
  const id = readSubmissionId(`submission/${PRODUCT}/9999999999999999999`);
  expect(id).toStrictEqual({ product: PRODUCT, number: "9999999999999999999" });
  expect(id && submissionText(id)).toBe(`submission/${PRODUCT}/9999999999999999999`);
});

test.each([
  "",
  NUMBER,
  `submission/${PRODUCT}/0`,
  `submission/${PRODUCT}/00`,
  `submission/${PRODUCT}`,
  `submission/${PRODUCT}/`,
  `submission/${PRODUCT}/1.5`,
  `submission/${PRODUCT}/１`,
  `submission//${NUMBER}`,
  `product/${PRODUCT}`,
  ` ${SUBMISSION}`,
  `${SUBMISSION}\n`,
])("%j names no submission that can go live", (text) => {
  expect(readSubmissionId(text)).toBeUndefined();
});

test.each([
  [JOB, true],
  ["7", true],
  ["a_b-C", true],
  ["", false],
  ["-", false],
  ["..", false],
  ["a/b", false],
  ["a%2f", false],
  ["a b", false],
  ["a#b", false],
  ["a?b", false],
  ["a".repeat(101), false],
])("the text %j as the id of a job: %s", (text, isOne) => {
  expect(isJobId(text)).toBe(isOne);
});
