import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { LocationFault } from "../../src/marketplace/location.ts";
import type { OperationReference } from "../../src/marketplace/marketplace.ts";
import {
  readLocation,
  submissionAt,
  submissionPath,
  submissionReference,
} from "../../src/marketplace/partner-center/location.ts";
import type { SubmissionId } from "../../src/marketplace/submission-id.ts";
import { ENDPOINT, ID, NUMBER, PRODUCT, ROOT, SUBMISSION } from "../harness/scripted-center.ts";

const ORIGIN = ENDPOINT.origin;
const SCOPE = { endpoint: ENDPOINT, offer: { publisherId: "contoso", offerId: "contoso-app" } } as const;
const PATH = `${ROOT}/products/${PRODUCT}/submissions/${NUMBER}`;

const submissions: fc.Arbitrary<SubmissionId> = fc.record(
  { product: fc.uuid(), number: fc.stringMatching(/^\d{1,30}$/).filter((text) => !/^0+$/.test(text)) },
  { noNullPrototype: true },
);

function read(text: string): OperationReference {
  const reference = readLocation(text, SCOPE);
  if (typeof reference === "string") throw new Error(`${text}: ${reference}`);
  return reference;
}

test("a go-live is where its submission is, under the key of the list, and begins within fifteen minutes", () => {
  expect(submissionReference(SUBMISSION, ENDPOINT)).toStrictEqual({
    id: NUMBER,
    location: new URL(`${ORIGIN}${PATH}`),
    key: `live ${ID}`,
    submissionId: ID,
    isListedWhenLive: true,
    beginsWithinMs: 900_000,
  });
  expect(submissionPath(SUBMISSION)).toBe(`/products/${PRODUCT}/submissions/${NUMBER}`);
});

test("stays at the endpoint's origin, whatever else the endpoint names", () => {
  const endpoint = new URL("https://api.partner.example:8443/somewhere/else?x#y");
  const { location } = submissionReference(SUBMISSION, endpoint);
  expect(location.href).toBe(`https://api.partner.example:8443${PATH}`);
});

test("reads every address that it writes", () => {
  fc.assert(
    fc.property(submissions, (submission) => {
      const written = submissionReference(submission, ENDPOINT);
      expect(read(written.location.href)).toStrictEqual(written);
      expect(submissionAt(written.location)).toStrictEqual(submission);
    }),
  );
});

test.each([
  `${ORIGIN}${PATH}`,
  `  ${ORIGIN}${PATH}\n`,
  `${ORIGIN}${PATH}?$expand=PublishOption`,
  `${ORIGIN}${PATH}?`,
  `HTTPS://API.PARTNER.EXAMPLE:443${PATH}`,
  `${ORIGIN}${ROOT}/products/${PRODUCT.toUpperCase()}/submissions/${NUMBER}`,
  `${ORIGIN}/V1.0/Ingestion/Products/${PRODUCT}/Submissions/${NUMBER}`,
])("the location %j is that of the submission, and nothing of a query is kept", (text) => {
  expect(read(text)).toStrictEqual(submissionReference(SUBMISSION, ENDPOINT));
});

test("reads a location over HTTP where the endpoint is there", () => {
  const endpoint = new URL("http://127.0.0.1:8789");
  const { location } = submissionReference(SUBMISSION, endpoint);
  expect(readLocation(location.href, { ...SCOPE, endpoint })).toStrictEqual(submissionReference(SUBMISSION, endpoint));
});

const REFUSED: readonly (readonly [LocationFault, readonly string[]])[] = [
  ["is not a URL", ["", " ", "none", "https://", `http://a b${PATH}`, PATH, ID, NUMBER]],
  [
    "is on another origin",
    [
      `https://elsewhere.example${PATH}`,
      `http://api.partner.example${PATH}`,
      `https://api.partner.example:8443${PATH}`,
      `https://api.partner.example.elsewhere.example${PATH}`,
      `https://api.partner.example@elsewhere.example${PATH}`,
      `https:\\\\elsewhere.example${PATH}`,
      `javascript:${PATH}`,
      "data:text/plain,7",
    ],
  ],
  [
    "carries a user name or password",
    [
      `https://me@api.partner.example${PATH}`,
      `https://me:secret@api.partner.example${PATH}`,
      `https://:x@api.partner.example${PATH}`,
    ],
  ],
  [
    "is not written as the address of an operation",
    [
      ORIGIN,
      `${ORIGIN}${ROOT}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/`,
      `${ORIGIN}${PATH}/`,
      `${ORIGIN}${PATH}/promote`,
      `${ORIGIN}${PATH}/workflowdetails`,
      `${ORIGIN}${PATH}/..`,
      `${ORIGIN}${PATH}#x`,
      `${ORIGIN}${PATH}#`,
      `${ORIGIN}${PATH}?x#y`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/0`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/000`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/-1`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/1e3`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/${"1".repeat(31)}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/$(id)`,
      `${ORIGIN}${ROOT}/products/${PRODUCT.slice(1)}/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}0/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT.replace("-2185", "")}/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT.replaceAll("-", "")}/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/products/../products/${PRODUCT}/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/./products/${PRODUCT}/submissions/${NUMBER}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}/submissions/${NUMBER.slice(0, 3)}\t${NUMBER.slice(3)}`,
      `${ORIGIN}${ROOT}/products/${PRODUCT}%2fsubmissions%2f${NUMBER}`,
      `${ORIGIN}${PATH.replaceAll("/", "\\")}`,
      `https:/api.partner.example${PATH}`,
      `${ORIGIN}/x${PATH}`,
      `${ORIGIN}${PATH.replace("1.0", "1x0")}`,
      `${ORIGIN}/rp/product-ingestion/${ID}`,
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
    ...[ORIGIN, ROOT, "/products/", PRODUCT, "/submissions/", NUMBER, "/0", "/promote", "/..", "/.", "//", "\\"],
    ...["%2e%2e", "%2f", "#", "?", "@", ":", "https:", "//elsewhere.example", "\t", "\u0000", " ", "$(id)", "é"],
  );
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    fc.array(piece, { maxLength: 5 }).map((pieces) => ORIGIN + ROOT + pieces.join("")),
    fc.array(piece, { maxLength: 3 }).map((pieces) => ORIGIN + PATH + pieces.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const reference = readLocation(text, SCOPE);
      if (typeof reference === "string") return;
      expect(reference.location.href).toMatch(new RegExp(`^${ORIGIN}${ROOT}/products/[0-9a-f-]{36}/submissions/\\d+$`));
      expect(read(reference.location.href)).toStrictEqual(reference);
    }),
    { numRuns: 2_000 },
  );
});

test.each(["/", ROOT, `${PATH}/promote`, `/api/publishers/contoso/offers/contoso-vm/operations/7`])(
  "there is no submission at the path %s",
  (path) => {
    expect(submissionAt(new URL(path, ENDPOINT))).toBeUndefined();
  },
);
