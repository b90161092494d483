import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import {
  API_CHOICES,
  foundApiProblems,
  readApi,
  readProductId,
  readSubmissionInput,
} from "../../src/inputs/api-input.ts";
import { readInputs } from "../../src/inputs/inputs.ts";
import { readSubmissionId } from "../../src/marketplace/submission-id.ts";
import { problemOf } from "../harness/input-problem.ts";

type Texts = Readonly<Record<string, string>>;

const GUID = "3f0c7a11-2185-49fe-80d2-00000000b9aa";
const NUMBER = "1152921505690000222";
const JOB = "https://graph.microsoft.com/rp/product-ingestion/configure/7/status";
const OPERATION = "https://cloudpartner.azure.com/api/publishers/contoso/offers/contoso-vm/operations/7";
const INGESTION = { api: "productIngestion" } as const;

const reader = (texts: Texts) => (name: string) => texts[name] ?? "";

/** A token that says that it is for that. */
function tokenFor(aud: unknown): string {
  const parts = [JSON.stringify({ alg: "RS256" }), JSON.stringify({ aud }), "a signature of some length"];
  return parts.map((part) => Buffer.from(part).toString("base64url")).join(".");
}

/** The submission that is read; undefined when there is none, or it is refused. */
function submissionOf(submissionId: string): string | undefined {
  try {
    return readSubmissionInput(reader({ ...INGESTION, submissionId }));
  } catch {
    return undefined;
  }
}

const CHOICES: readonly (readonly [string, Texts, string, string])[] = [
  ["a token for Graph's address", { token: tokenFor("https://graph.microsoft.com") }, "productIngestion", "token"],
  ["the same with a slash", { token: tokenFor("https://graph.microsoft.com/") }, "productIngestion", "token"],
  ["a token for Graph's id", { token: tokenFor("00000003-0000-0000-c000-000000000000") }, "productIngestion", "token"],
  [
    "a token for Graph with `Bearer`",
    { token: `Bearer ${tokenFor("https://graph.microsoft.com")}\n` },
    "productIngestion",
    "token",
  ],
  ["a token for several", { token: tokenFor(["https://graph.microsoft.com"]) }, "productIngestion", "token"],
  ["a token for the other API", { token: tokenFor("https://cloudpartner.azure.com") }, "cloudPartnerPortal", "token"],
  ["a token for something else", { token: tokenFor("https://vault.azure.net") }, "cloudPartnerPortal", "default"],
  ["a token that says nothing", { token: tokenFor(undefined) }, "cloudPartnerPortal", "default"],
  ["an opaque token", { token: "opaque" }, "cloudPartnerPortal", "default"],
  ["an operation of this API", { operationLocation: JOB }, "productIngestion", "operationLocation"],
  ["an operation of the other", { operationLocation: OPERATION }, "cloudPartnerPortal", "operationLocation"],
  ["an operation that does not say whose it is", { operationLocation: "/x" }, "cloudPartnerPortal", "default"],
  [
    "an operation that stands elsewhere",
    { operationLocation: JOB.replace("https://graph.microsoft.com", "http://127.0.0.1:7") },
    "productIngestion",
    "operationLocation",
  ],
  [
    "an operation that is none, and a token",
    { operationLocation: "/api/x", token: tokenFor("https://graph.microsoft.com") },
    "productIngestion",
    "token",
  ],
  // What is followed decides before what the token is for: nothing is started there.
  [
    "an operation of the one and a token for the other",
    { operationLocation: OPERATION, token: tokenFor("https://graph.microsoft.com") },
    "cloudPartnerPortal",
    "operationLocation",
  ],
  ["its name", { api: "productIngestion" }, "productIngestion", "api"],
  ["the other's name", { api: "cloudPartnerPortal" }, "cloudPartnerPortal", "api"],
  // What people write counts before everything else.
  [
    "the other's name, a token and an operation",
    { api: "cloudPartnerPortal", token: tokenFor("https://graph.microsoft.com"), operationLocation: JOB },
    "cloudPartnerPortal",
    "api",
  ],
];

test.each(CHOICES)("with %s among the inputs an API is chosen", (_what, texts, name, by) => {
  expect(readApi(reader(texts))).toStrictEqual({ name, by });
});

test.each([
  ["nothing at all", {}],
  ["`auto` and a way to sign in", { api: "auto", tenantId: GUID, clientId: GUID }],
  ["no operation", { operationLocation: "none" }],
])("with %s among the inputs the API is to be found", (_what, texts) => {
  expect(readApi(reader(texts))).toBe("toBeFound");
});

test.each([
  ["", undefined],
  ["https://proxy.example", new URL("https://proxy.example")],
])("an API that is to be found is reached at the endpoint that is given, %j, or at its own", (endpoint, url) => {
  const texts = { publisherId: "contoso", offerId: "contoso-vm", tenantId: GUID, clientId: GUID, endpoint };
  const submissionId = `submission/${GUID}/${NUMBER}`;
  expect(readInputs(reader({ ...texts, productId: GUID, submissionId }), {})).toMatchObject({
    inputs: { api: "toBeFound", endpoint: url, productId: GUID, submissionId },
  });
});

const OF_UNKNOWN_API = "each API has its own, and which one serves the offer is still to be found out (`api: auto`).";

test.each([
  ["2017-10-31", OF_UNKNOWN_API],
  ["2022-07-01", OF_UNKNOWN_API],
  ["v1.0", OF_UNKNOWN_API],
  ["latest", 'got "latest".'],
  [`ghp_${"s3cr3t".repeat(6)}`, 'got "[token]".'],
  ['{"clientSecret":"4Fk8"}', "got a text of 23 characters that is not shown, for it may hold a secret."],
])("refuses the version %j while nobody knows which API it is for", (apiVersion, problem) => {
  const texts = { publisherId: "contoso", offerId: "contoso-vm", tenantId: GUID, clientId: GUID };
  const reading = readInputs(reader({ ...texts, apiVersion }), {});
  expect(reading.kind === "usable" ? [] : reading.problems.map(({ message }) => message)).toEqual([
    `\`apiVersion\`: ${problem} Leave it out, or name with \`api\` the API that it is for.`,
  ]);
});

function problems(...[api, named]: Parameters<typeof foundApiProblems>): readonly string[] {
  return foundApiProblems(api, named).map(({ message }) => message);
}

test("holds what the inputs name against the API that is found", () => {
  const none = { productId: undefined, submissionId: undefined };
  for (const api of ["cloudPartnerPortal", "productIngestion", "partnerCenter"] as const) {
    expect(problems(api, none)).toEqual([]);
  }
  expect(problems("productIngestion", { productId: GUID, submissionId: NUMBER })).toEqual([]);
  expect(problems("partnerCenter", { productId: GUID, submissionId: NUMBER })).toEqual([]);
  expect(problems("cloudPartnerPortal", { productId: undefined, submissionId: GUID })).toEqual([]);
  expect(problems("cloudPartnerPortal", { productId: GUID, submissionId: NUMBER })).toEqual([
    "`productId`: it is of no use to the Cloud Partner Portal API. Leave it out, or name with `api` the one that serves the offer.",
    `\`submissionId\`: got "${NUMBER}". Allowed is the id of a publish to preview, a GUID (of another API name that with \`api\`), as the output \`submissionId\` of a dry run has it.`,
  ]);
  expect(problems("productIngestion", { productId: undefined, submissionId: GUID })).toHaveLength(1);
});

test.each([GUID, NUMBER, `submission/${GUID}/${NUMBER}`])("takes %j while the API is to be found", (submissionId) => {
  expect(readSubmissionInput(reader({ tenantId: GUID, clientId: GUID, submissionId }))).toBe(submissionId);
});

test.each([
  ["0", "it names the draft, which cannot go live."],
  ["my preview", 'got "my preview".'],
])("refuses %j, which is a submission of no API", (submissionId, problem) => {
  expect(problemOf(() => readSubmissionInput(reader({ tenantId: GUID, clientId: GUID, submissionId }))).message).toBe(
    `\`submissionId\`: ${problem} Allowed is the id of a publish to preview, a GUID (of another API name that with \`api\`), or a number, or \`submission/<product id>/<number>\`, as the output \`submissionId\` of a dry run has it.`,
  );
});

test.each(["ProductIngestion", "product-ingestion", "graph", "partner-center", "Auto"])(
  "refuses the API %j, and names those that there are",
  (api) => {
    expect(problemOf(() => readApi(reader({ api }))).message).toBe(
      `\`api\`: got "${api}". Allowed are ${API_CHOICES.map((each) => `\`${each}\``).join(", ")}; mind the case.`,
    );
  },
);

test.each([
  ["", undefined],
  [GUID, GUID],
  [GUID.toUpperCase(), GUID],
  [`product/${GUID}`, GUID],
  [`PRODUCT/${GUID}`, GUID],
])("reads the product %j as %j", (productId, guid) => {
  expect(readProductId(reader({ ...INGESTION, productId }))).toBe(guid);
});

test.each([
  "contoso-vm",
  "7",
  GUID.slice(1),
  `${GUID}0`,
  `{${GUID}}`,
  `product/${GUID}/7`,
  `submission/${GUID}/7`,
  `https://partner.microsoft.com/offers/${GUID}/overview`,
  `../${GUID}`,
])("refuses the product %j", (productId) => {
  expect(problemOf(() => readProductId(reader({ ...INGESTION, productId })))).toMatchObject({ input: "productId" });
});

test.each([
  ["", undefined],
  [NUMBER, NUMBER],
  ["7", "7"],
  [`submission/${GUID}/${NUMBER}`, `submission/${GUID}/${NUMBER}`],
  [`SUBMISSION/${GUID.toUpperCase()}/${NUMBER}`, `submission/${GUID}/${NUMBER}`],
])("reads the submission %j as %j", (submissionId, text) => {
  expect(readSubmissionInput(reader({ ...INGESTION, submissionId }))).toBe(text);
});

test.each(["0", "00", `submission/${GUID}/0`])("refuses the submission %j, which is the draft", (submissionId) => {
  expect(problemOf(() => readSubmissionInput(reader({ ...INGESTION, submissionId }))).message).toBe(
    "`submissionId`: it names the draft, which cannot go live. Allowed is a number, or `submission/<product id>/<number>`, as the output `submissionId` of a dry run has it.",
  );
});

test.each([
  "-1",
  "1.5",
  "1e3",
  "0x7",
  "7 ",
  "１",
  "latest",
  `submission/${GUID}`,
  `submission/${GUID}/`,
  `submission/contoso-vm/7`,
  `submission/${GUID}/7/8`,
  `preview/${GUID}/7`,
  `product/${GUID}`,
  "1".repeat(31),
])("refuses the submission %j", (submissionId) => {
  expect(problemOf(() => readSubmissionInput(reader({ ...INGESTION, submissionId }))).message).toMatch(
    /^`submissionId`: got ".*"\. Allowed is a number, or /,
  );
});

test("whatever it reads names a submission that can go live, alone or with its product", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.stringMatching(/^\d{1,31}$/),
    fc
      .tuple(fc.constantFrom("submission", "Submission", "product"), fc.uuid(), fc.stringMatching(/^\d{0,20}$/))
      .map((parts) => parts.join("/")),
  );
  fc.assert(
    fc.property(texts, (submissionId) => {
      const text = submissionOf(submissionId) ?? `submission/${GUID}/1`;
      expect(readSubmissionId(text.includes("/") ? text : `submission/${GUID}/${text}`)).toBeDefined();
    }),
  );
});

test.each([
  GUID,
  // Even what cannot be read: the API is what has to be set right first.
  "contoso-vm",
])("refuses `productId` (%s) where the Cloud Partner Portal API serves the offer", (productId) => {
  const texts = { publisherId: "contoso", offerId: "contoso-vm", token: "opaque", productId };
  const reading = readInputs(reader(texts), {});
  expect(reading.kind === "usable" ? [] : reading.problems.map(({ message }) => message)).toEqual([
    `\`productId\`: it is of no use to the Cloud Partner Portal API. Leave it out, or name with \`api\` the one that serves the offer.`,
  ]);
});

test("an API brings its own address and version, which the inputs may replace", () => {
  const texts = { publisherId: "contoso", offerId: "contoso-vm", token: "opaque", ...INGESTION };
  expect(readInputs(reader(texts), {})).toMatchObject({
    inputs: {
      api: { name: "productIngestion", by: "api" },
      endpoint: new URL("https://graph.microsoft.com"),
      apiVersion: "2022-03-01-preview2",
      productId: undefined,
      submissionId: undefined,
    },
  });
  expect(
    readInputs(reader({ ...texts, endpoint: "https://proxy.example", apiVersion: "2022-07-01" }), {}),
  ).toMatchObject({ inputs: { endpoint: new URL("https://proxy.example"), apiVersion: "2022-07-01" } });
});

test.each([
  [INGESTION, OPERATION, "which is on another origin"],
  [{ api: "cloudPartnerPortal" }, JOB, "which is on another origin"],
  [INGESTION, JOB.replace("/status", ""), "which is not written as the address of an operation"],
  [INGESTION, `${JOB}#submission/${GUID}/0`, "which is not written as the address of an operation"],
])("with %j the operation %s is refused", (api, operationLocation, why) => {
  const texts = { publisherId: "contoso", offerId: "contoso-vm", token: "opaque", ...api, operationLocation };
  const reading = readInputs(reader(texts), {}, () => true);
  const messages = reading.kind === "usable" ? [] : reading.problems.map(({ message }) => message);
  expect(messages.find((message) => message.startsWith("`operationLocation`"))).toContain(why);
});

test.each([GUID, GUID.toUpperCase(), "contoso-publish_7"])(
  "reads %j as a publish of the Cloud Partner Portal, in lower case",
  (submissionId) => {
    expect(readSubmissionInput(reader({ api: "cloudPartnerPortal", submissionId }))).toBe(submissionId.toLowerCase());
  },
);

test.each([NUMBER, "0", `submission/${GUID}/7`, "a b", "..", "-", "7\n8", "${{ x }}"])(
  "refuses %j as a publish of the Cloud Partner Portal, and says what is one and where others belong",
  (submissionId) => {
    expect(problemOf(() => readSubmissionInput(reader({ api: "cloudPartnerPortal", submissionId }))).message).toContain(
      "Allowed is the id of a publish to preview, a GUID (of another API name that with `api`), as the output `submissionId` of a dry run has it.",
    );
  },
);
