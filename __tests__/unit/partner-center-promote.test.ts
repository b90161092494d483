import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import type { OperationAnswer, OperationReference } from "../../src/marketplace/marketplace.ts";
import { answerOrError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { submissionReference } from "../../src/marketplace/partner-center/location.ts";
import {
  answering,
  type CenterAnswers,
  createScriptedCenter,
  ENDPOINT,
  ID,
  listing,
  nameOf,
  NUMBER,
  OTHER_PRODUCT,
  PRODUCT,
  productBody,
  ROOT,
  serviceError,
  SUBMISSION,
  submissionBody,
} from "../harness/scripted-center.ts";
import type { ScriptedAnswer } from "../harness/scripted-client.ts";

const { signal } = new AbortController();
const PLACE = submissionReference(SUBMISSION, ENDPOINT);
const CANDIDATE = { submissionId: ID, key: `live ${ID}` } as const;
const PATH = `/products/${PRODUCT}/submissions/${NUMBER}`;
const FAILED = `${NUMBER} Published Failed Completed`;
const BACK = "It was on its way and waits for the publisher again: withdrawn, or failed.";

test("sends an empty object to the submission that was looked at, in one request that is given 120 s", async () => {
  const { marketplace, asked } = createScriptedCenter(answering({ promote: { body: [] } }));
  expect(await marketplace.start("live", CANDIDATE, signal)).toMatchObject({ kind: "accepted", reference: PLACE });
  const [{ wantsBody, ...request } = {}, ...others] = asked;
  expect(others).toEqual([]);
  expect(request).toStrictEqual({
    method: "POST",
    target: `${ROOT}${PATH}/promote`,
    body: "{}",
    limitMs: 120_000,
    // A new token is had before the next request, and nothing is sent again by itself.
    renewsToken: "nextTime",
  });
  // The body of an acceptance in JSON does not matter; that of a refusal is told, and what has no name may be a page.
  const json = { "content-type": ["application/json"] };
  expect([200, 204, 299, 300, 301, 400, 500].map((status) => wantsBody?.(status, json))).toEqual([
    ...[false, false, false],
    ...[true, true, true, true],
  ]);
  expect(wantsBody?.(200, {})).toBe(true);
});

test("sends each start to the very submission that it is told, and nothing but a promote", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uuid(), fc.stringMatching(/^[1-9]\d{0,18}$/), async (product, number) => {
      const { marketplace, asked } = createScriptedCenter(answering({ promote: serviceError(400) }));
      await marketplace.start("live", { submissionId: `submission/${product}/${number}`, sinceMs: 7 }, signal);
      expect(asked.map(({ method, target }) => `${method} ${target}`)).toEqual([
        `POST ${ROOT}/products/${product}/submissions/${number}/promote`,
      ]);
    }),
    { numRuns: 30 },
  );
});

test.each([undefined, "", NUMBER, `submission/${PRODUCT}/0`])(
  "sends nothing at all for the candidate %j, which nobody can have looked at",
  async (submissionId) => {
    const { marketplace, asked } = createScriptedCenter(answering({}));
    await expect(marketplace.start("live", { ...CANDIDATE, submissionId }, signal)).rejects.toThrow(
      `no submission to start: ${submissionId}`,
    );
    expect(asked).toEqual([]);
  },
);

test("returns what a failed sending means, and throws a bug", async () => {
  const reset = new NetworkError({ method: "POST", url: "x" }, "reset", true);
  const lost = createScriptedCenter(answering({ promote: reset }));
  expect(await lost.marketplace.start("live", CANDIDATE, signal)).toMatchObject({ kind: "unclear", error: reset });
  const broken = createScriptedCenter(answering({ promote: new TypeError("a bug") }));
  await expect(broken.marketplace.start("live", CANDIDATE, signal)).rejects.toThrow(TypeError);
});

test("reads a page in place of an acceptance as none", async () => {
  const headers = { "content-type": ["text/html"] };
  const { marketplace } = createScriptedCenter(answering({ promote: { body: undefined, headers } }));
  expect(await marketplace.start("live", CANDIDATE, signal)).toMatchObject({ kind: "unclear", wasAccepted: false });
});

test.each([
  [
    [401, 401],
    ["notSent", "refused"],
  ],
  [
    [401, 429, 401],
    ["notSent", "notSent", "refused"],
  ],
  [
    [429, 429, 401, 401],
    ["notSent", "notSent", "notSent", "refused"],
  ],
  [
    [500, 401, 401],
    ["unclear", "notSent", "refused"],
  ],
])("lets a sending that was turned away at the door be sent once more, with answers %j", async (statuses, kinds) => {
  const { marketplace } = createScriptedCenter((_request, nth) => serviceError(statuses[nth - 1] ?? 0));
  const answers: string[] = [];
  while (answers.length < statuses.length) answers.push((await marketplace.start("live", CANDIDATE, signal)).kind);
  expect(answers).toEqual(kinds);
});

test("cannot cancel, before or after, and sends nothing for it", async () => {
  const { marketplace, asked } = createScriptedCenter(answering({}));
  expect(await marketplace.cancel(PLACE, signal)).toBe("impossible");
  expect(asked).toEqual([]);
});

/** One look at the submission, in those words, and what else the service answers. */
async function follow(words: string, answers: CenterAnswers = {}, reference: OperationReference = PLACE) {
  const submission = { body: submissionBody(`${NUMBER} ${words}`) };
  const center = createScriptedCenter(answering({ submission, ...answers }));
  const answer: OperationAnswer = await center.marketplace.operation(reference, signal);
  return { ...center, ...answer };
}

test.each([
  ["Published Publishing Completed", "running", true],
  ["Published Published Completed", "running", true],
  ["Published Pondering Completed", "running", false],
  ["Published ReadyToPublish Running", "running", true],
  ["InProgress Submitted Completed", "running", true],
  ["Published InStore Running", "running", true],
])(
  "a submission in the words %s is %s: by them alone, with the steps of its way",
  async (words, status, isKnownWord) => {
    const { operation, targets } = await follow(words);
    const [state, substate] = words.split(" ");
    expect(operation).toStrictEqual({
      ...{ status, statusWord: `${state}/${substate}`, isKnownWord },
      ...{ messages: [], steps: [], liveLinks: [] },
    });
    expect(targets()).toEqual([
      `GET ${PATH}`,
      expect.stringMatching(/^GET \/products\?/),
      `GET ${PATH}/workflowdetails`,
    ]);
  },
);

test("a submission in the store has gone live, and is its own entry of the list", async () => {
  const { operation } = await follow("Published InStore Completed");
  expect(operation).toStrictEqual({
    ...{ status: "succeeded", statusWord: "Published/InStore", isKnownWord: true, isListedLive: true },
    ...{ messages: [], steps: [], liveLinks: [] },
  });
});

test("a preview that waits after it was sent has not begun, and nobody needs the steps of its way", async () => {
  const submission = { body: submissionBody(`${NUMBER} Published ReadyToPublish Completed`) };
  const { marketplace, targets } = createScriptedCenter(answering({ submission, workflowdetails: { body: DETAILS } }));
  await marketplace.start("live", { submissionId: ID }, signal);
  const { operation } = await marketplace.operation(PLACE, signal);
  expect(operation).toStrictEqual({
    ...{ status: "notStarted", statusWord: "Published/ReadyToPublish", isKnownWord: true },
    ...{ messages: [], steps: [], liveLinks: [] },
  });
  expect(targets().filter((target) => target.endsWith("/workflowdetails"))).toEqual([]);
});

test("asks for the submission alone with 60 s of patience, and waits as long as the service asks", async () => {
  const submission = { body: submissionBody(`${NUMBER} Published Publishing`), retryAfterMs: 9_000 };
  const { asked, retryAfterMs } = await follow("", { submission });
  expect(asked[0]).toStrictEqual({ method: "GET", target: `${ROOT}${PATH}`, limitMs: 60_000 });
  expect(retryAfterMs).toBe(9_000);
  const failed = await follow("", { submission: { ...submission, body: submissionBody(FAILED) } });
  expect(failed.retryAfterMs).toBe(9_000);
  expect((await follow("Published Publishing")).retryAfterMs).toBeUndefined();
});

const DETAILS = {
  value: [
    { targetEnvironment: "Preview", workflowSteps: [{ name: "Preview Creation", state: "Success" }] },
    { targetEnvironment: "Live", workflowSteps: [{ name: "Certification", state: "InProgress" }] },
  ],
} as const;

test.each([["Published Publishing"], ["Published InStore"], ["Published Failed"]])(
  "shows the steps of the way to the store of a submission in the words %s",
  async (words) => {
    const { operation } = await follow(words, { workflowdetails: { body: DETAILS } });
    expect(operation.steps.map(({ name }) => name)).toEqual(["Certification"]);
  },
);

test.each([
  ["not there", serviceError(404)],
  ["not to be had", new NetworkError({ method: "GET", url: "x" }, "reset", true)],
  ["empty", { body: { value: [] } }],
  [
    "no JSON",
    { body: new AnswerError({ request: { method: "GET", url: "x" }, status: 200, requestId: "r" }, "notJson") },
  ],
] as const)("carries on where the details of the workflow are %s", async (_what, workflowdetails) => {
  const { operation } = await follow("Published Publishing", { workflowdetails });
  expect(operation).toMatchObject({ status: "running", steps: [] });
});

test("never hides a bug behind details that are not to be had", async () => {
  await expect(follow("Published Publishing", { workflowdetails: new TypeError("a bug") })).rejects.toThrow(TypeError);
});

/** Everything that the service can say of a failure, each thing with its own words. */
const REASONS = {
  submission: {
    body: {
      ...submissionBody(FAILED),
      pendingUpdateInfo: { status: "Failed", failureReason: "Active validation errors." },
    },
  },
  validations: { body: { value: [{ errorCode: "E-1", message: "No." }, { message: "Nor that." }] } },
  reports: { body: { value: [{ status: "Failed", fileUri: "https://reports.example/7?sig=secret" }] } },
} as const satisfies CenterAnswers;
const UNREAD = "The reason could not be read.";
const NONE: ScriptedAnswer = { body: { value: [] } };
const NO_JSON = new AnswerError({ request: { method: "GET", url: "x" }, status: 200, requestId: "r" }, "notJson");
const REPORT = "There is a report of the certification (Failed): see Partner Center.";

const { submission: _, ...REASONS_WITHOUT_SUBMISSION } = REASONS;
const NO_SENTENCES = {
  submission: {
    body: { ...submissionBody(FAILED), pendingUpdateInfo: { failureReason: "Active validation errors" } },
  },
  validations: {
    body: { value: [{ errorCode: "E-1" }, { message: "Why?" }, { message: "Because!" }, { errorCode: "E-2" }] },
  },
} as const satisfies CenterAnswers;

test.each([
  ["everything", REASONS, `Active validation errors. E-1: No. Nor that. ${REPORT}`],
  ["no validations", { ...REASONS, validations: serviceError(404) }, `Active validation errors. ${REPORT}`],
  ["odd validations", { ...REASONS, validations: { body: "<html>" } }, `Active validation errors. ${REPORT}`],
  ["no reports", { ...REASONS, reports: serviceError(500) }, "Active validation errors. E-1: No. Nor that."],
  ["validations alone", { validations: REASONS.validations }, "E-1: No. Nor that."],
  ["reasons that are no sentences", NO_SENTENCES, "Active validation errors. E-1. Why? Because! E-2."],
  ["a report alone", { reports: REASONS.reports }, REPORT],
  ["nothing", {}, "The service gives no reason."],
  ["nothing in either", { validations: NONE, reports: NONE }, "The service gives no reason."],
  ["no answer about the validations", { validations: serviceError(500) }, UNREAD],
  ["no answer about the reports", { validations: NONE, reports: serviceError(403) }, UNREAD],
  ["no JSON about the reports", { reports: { body: NO_JSON } }, UNREAD],
] as const)("tells the reasons of a failure in their order, where there is %s", async (_what, answers, text) => {
  const { operation, targets } = await follow("Published Failed Completed", answers);
  expect(operation).toStrictEqual({
    ...{ status: "failed", statusWord: "Published/Failed", isKnownWord: true },
    ...{ messages: [], steps: [], liveLinks: [], fault: { text } },
  });
  expect(targets().slice(2)).toEqual(
    ["workflowdetails", "validations", "reports"].map((name) => `GET ${PATH}/${name}`),
  );
});

test.each([
  ["Published Cancelled Completed", "canceled"],
  ["Cancelled ReadyToPublish Completed", "canceled"],
  ["Published FailedInCertification Completed", "failed"],
  ["InProgress Failed Completed", "failed"],
  ["InProgress InDraft Failed", "failed"],
  ["Published ReadyToPublish Failed", "failed"],
])("an end in the words %s is %s, and its reason is asked for", async (words, status) => {
  const { operation } = await follow(words, { validations: REASONS.validations });
  expect(operation).toMatchObject({ status, fault: { text: "E-1: No. Nor that." } });
});

test.each(["Publishing", "InStore", "Pondering"])(
  "asks for no reason of a submission that has not failed: %s",
  async (substate) => {
    const { operation, targets } = await follow(`Published ${substate} Completed`, REASONS_WITHOUT_SUBMISSION);
    expect(operation.fault).toBeUndefined();
    expect(targets().filter((target) => /validations|reports/.test(target))).toEqual([]);
  },
);

/** The service, whose submission stands in those words at each question after the other, and then stays so. */
function moving(...words: readonly string[]) {
  let looks = 0;
  const rest = answering({ submissions: listing(`${NUMBER} Published Publishing`), validations: REASONS.validations });
  return createScriptedCenter((request, nth) => {
    if (nameOf(request) !== "submission") return rest(request, nth);
    looks += 1;
    return { body: submissionBody(`${NUMBER} ${words[Math.min(looks, words.length) - 1]}`) };
  });
}

test("takes a preview that waits again after it was seen on its way for a failure, and says so first", async () => {
  const { marketplace, targets } = moving("Published Publishing", "Published ReadyToPublish");
  expect((await marketplace.operation(PLACE, signal)).operation.status).toBe("running");
  const { operation } = await marketplace.operation(PLACE, signal);
  expect(operation).toMatchObject({
    ...{ status: "failed", statusWord: "Published/ReadyToPublish", isKnownWord: true },
    fault: { text: `${BACK} E-1: No. Nor that.` },
  });
  // Where it stopped is of interest.
  expect(targets().filter((target) => target.endsWith("/workflowdetails"))).toHaveLength(2);
  // And it stays so.
  expect((await marketplace.operation(PLACE, signal)).operation.status).toBe("failed");
});

test("takes it for the same where only the list has shown it on its way", async () => {
  const { marketplace } = moving("Published ReadyToPublish");
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "notBegun" });
  await marketplace.look(signal);
  expect((await marketplace.operation(PLACE, signal)).operation).toMatchObject({ status: "failed" });
});

test.each(["Published Published", "InProgress Publishing"])(
  "knows one that was %s for one that was on its way",
  async (words) => {
    const { marketplace } = moving(words, "Published ReadyToPublish");
    await marketplace.operation(PLACE, signal);
    expect((await marketplace.operation(PLACE, signal)).operation.status).toBe("failed");
  },
);

test.each(["InProgress Submitted", "Published ReadyToPublish Running", "Published Pondering", "Published InStore"])(
  "takes one that waits for the publisher after %s for one that has not begun",
  async (words) => {
    const { marketplace } = moving(words, "Published ReadyToPublish");
    await marketplace.operation(PLACE, signal);
    expect((await marketplace.operation(PLACE, signal)).operation.status).toBe("notStarted");
  },
);

test("shows no go-live of a preview that was only seen ready, however often", async () => {
  const { marketplace } = moving("Published ReadyToPublish");
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "notBegun" });
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "notBegun" });
});

test("goes by what was seen of that very submission, not of another one", async () => {
  const rest = answering({ submissions: listing("7 Published Publishing", `${NUMBER} Published ReadyToPublish`) });
  const { marketplace } = createScriptedCenter((request, nth) =>
    nameOf(request) === "submission"
      ? { body: submissionBody(`${NUMBER} Published ReadyToPublish`) }
      : rest(request, nth),
  );
  await marketplace.look(signal);
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "notBegun" });
});

test.each([
  [
    "no JSON",
    new AnswerError({ request: { method: "GET", url: "x" }, status: 200, requestId: "r" }, "notJson"),
    "notJson",
  ],
  ["nothing", {}, "wrongShape"],
  ["a list", [submissionBody(`${NUMBER} Published InStore`)], "wrongShape"],
  ["no word of how it stands", { id: NUMBER }, "wrongShape"],
  ["another submission", submissionBody("7 Published InStore"), "otherOperation"],
])("an answer with %s is no word about the submission", async (_what, body, reason) => {
  await expect(follow("", { submission: { body } })).rejects.toMatchObject({ name: "AnswerError", reason });
});

test("asks after nothing that is no submission of this API", async () => {
  const { marketplace, asked } = createScriptedCenter(answering({}));
  const location = new URL("/rp/product-ingestion/configure/7/status", ENDPOINT);
  expect(() => marketplace.operation({ ...PLACE, location }, signal)).toThrow(
    "no submission of this API: /rp/product-ingestion/configure/7/status",
  );
  expect(asked).toEqual([]);
});

const OTHER = submissionReference({ product: OTHER_PRODUCT, number: NUMBER }, ENDPOINT);
const REFUSED = serviceError(400, { serviceText: "ICH50400" });
const OWN: ScriptedAnswer = { body: productBody() };
const OTHERS: ScriptedAnswer = { body: productBody(PRODUCT, "contoso-vm") };
const SEVERAL: ScriptedAnswer = {
  body: { value: [productBody(), productBody("3f0c7a11-2185-49fe-80d2-00000000dddd")] },
};

/** Where the end of a submission that is asked after may be announced, and where it is another offer's. */
const OWNERS: readonly (readonly [string, CenterAnswers, OperationReference, boolean])[] = [
  ["the product is found by its offer's id", {}, PLACE, true],
  ["another product is found by its offer's id", {}, OTHER, false],
  ["it is one of several products with the offer's id", { products: SEVERAL }, PLACE, true],
  ["it is none of several products with the offer's id", { products: SEVERAL }, OTHER, false],
  ["no product is found, and its own route shows this offer", { products: NONE, product: OWN }, PLACE, true],
  ["no product is found, and its own route is down", { products: NONE }, PLACE, true],
  ["no product is found, and its own route shows another offer", { products: NONE, product: OTHERS }, PLACE, false],
  ["the look-up is refused, and its own route shows this offer", { products: REFUSED, product: OWN }, PLACE, true],
  ["the look-up is refused, and its own route is down", { products: REFUSED }, PLACE, true],
  ["the look-up is refused, and its own route shows another", { products: REFUSED, product: OTHERS }, PLACE, false],
];

test.each(OWNERS)("where %s, its end is taken for the offer's own: %#", async (_what, answers, reference, isOwn) => {
  const submission = { body: submissionBody(`${NUMBER} Published InStore`) };
  const { marketplace } = createScriptedCenter(answering({ submission, ...answers }));
  const ask = async (): Promise<string> => {
    const answer = await answerOrError(marketplace.operation(reference, signal));
    return answer instanceof Error ? answer.message : answer.operation.status;
  };
  const says = expect.stringMatching(isOwn ? /^succeeded$/ : /the operation is one of another offer$/);
  // The first answer may have been about what was not known yet.
  expect([await ask(), await ask()]).toEqual([says, says]);
});

test.each([
  [OWN, true],
  [OTHERS, false],
])("goes by the product that the inputs name: %#", async (product, isOwn) => {
  const submission = { body: submissionBody(`${NUMBER} Published InStore`) };
  const { marketplace } = createScriptedCenter(answering({ submission, product }), { productId: PRODUCT });
  const answers = await Promise.all([PLACE, OTHER].map((place) => answerOrError(marketplace.operation(place, signal))));
  expect(answers.map((answer) => answer instanceof Error)).toEqual([!isOwn, true]);
});

test("asks no other product than the one that the inputs name whose it is", async () => {
  const submission = { body: submissionBody(`${NUMBER} Published InStore`) };
  const rest = answering({ submission, product: OWN });
  const { marketplace } = createScriptedCenter(
    (request, nth) =>
      request === `GET ${ROOT}/products/${OTHER_PRODUCT}`
        ? { body: productBody(OTHER_PRODUCT, "contoso-vm") }
        : rest(request, nth),
    { productId: OTHER_PRODUCT },
  );
  await expect(marketplace.operation(PLACE, signal)).rejects.toMatchObject({ reason: "otherOffer" });
});

test("asks whose a submission is once, and shows a question that fails", async () => {
  const { marketplace, targets } = createScriptedCenter(
    answering({ submission: { body: submissionBody(`${NUMBER} Published Publishing`) } }),
  );
  await marketplace.operation(PLACE, signal);
  await marketplace.operation(PLACE, signal);
  expect(targets().filter((target) => target.startsWith("GET /products?"))).toHaveLength(1);
  const error = serviceError(500);
  await expect(follow("Published Publishing", { products: error })).rejects.toBe(error);
});
