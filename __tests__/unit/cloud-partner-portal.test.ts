import { expect, test } from "@jest/globals";
import type { BearerAnswer, BearerRequest } from "../../src/bearer/bearer-client.ts";
import type { RequestError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createCloudPartnerPortal } from "../../src/marketplace/cloud-partner-portal/cloud-partner-portal.ts";
import type { Marketplace } from "../../src/marketplace/marketplace.ts";
import { answerError, serviceError } from "../harness/scripted-marketplace.ts";

const ROOT = "https://service.example/api/publishers/contoso/offers/contoso-vm";
const REQUEST = { method: "POST", url: `${ROOT}/golive` } as const;
const { signal } = new AbortController();

/** A portal whose requests are all answered with that, and the requests. */
function portalOf(answer: Partial<BearerAnswer> | Error, json: unknown = {}) {
  const requests: BearerRequest[] = [];
  const portal: Marketplace = createCloudPartnerPortal({
    endpoint: new URL("https://service.example"),
    apiVersion: "2017-10-31",
    offer: { publisherId: "contoso", offerId: "contoso-vm" },
    toText: (html) => Promise.resolve(html),
    client: async (request) => {
      requests.push(request);
      if (answer instanceof Error) throw answer;
      return {
        request: { method: request.method, url: request.url.href },
        ...{
          status: 202,
          headers: {},
          requestId: "id-1",
          retryAfterMs: undefined,
          serviceTimeMs: undefined,
          json: () => json,
        },
        ...answer,
      };
    },
  });
  return { portal, requests };
}

const START_FAILURES: readonly (readonly [string, RequestError, object])[] = [
  ["no answer to what was sent", new NetworkError(REQUEST, "reset", true), { kind: "unclear", wasAccepted: false }],
  ["what was never sent", new NetworkError(REQUEST, "refused", false), { kind: "notSent" }],
  ["an answer that cannot be used", answerError(), { kind: "unclear", wasAccepted: false }],
  ["a sign-in that may pass", new SignInError("unreachable", { text: "t" }), { kind: "notSent" }],
  ["a sign-in that was refused", new SignInError("refused", { text: "t" }), { kind: "refused" }],
  ["HTTP 303", serviceError(303), { kind: "unclear", wasAccepted: true }],
  ["HTTP 429", serviceError(429), { kind: "notSent" }],
  ...[300, 301, 302, 307, 308, 399, 400, 401, 403, 404, 409, 422, 499].map(
    (status) => [`HTTP ${status}`, serviceError(status), { kind: "refused" }] as const,
  ),
  ...[100, 304, 408, 500, 502, 503, 504, 599].map(
    (status) => [`HTTP ${status}`, serviceError(status), { kind: "unclear", wasAccepted: false }] as const,
  ),
];

test.each(START_FAILURES)("of a go-live that ends in %s says no more than is certain", async (_what, error, answer) => {
  expect(await portalOf(error).portal.start(signal)).toStrictEqual({ ...answer, error });
});

test("throws a bug in the sending, which is no answer", async () => {
  const bug = new TypeError("a bug");
  await expect(portalOf(bug).portal.start(signal)).rejects.toBe(bug);
});

const OPERATION = "/api/publishers/contoso/offers/contoso-vm/operations";

test.each([
  [{ "operation-location": [`${ROOT}/operations/7`] }, "7"],
  [{ location: [`${OPERATION}/7?api-version=2017-10-31`] }, "7"],
  [{ location: [`${OPERATION}/8`], "operation-location": [`${OPERATION}/7`] }, "7"],
  [{ location: [`${OPERATION}/7`], "operation-location": ["https://elsewhere.example/api/operations/8"] }, "7"],
  [{ location: [`${OPERATION}/7`], "operation-location": [" "] }, "7"],
  [{ location: ["", `${OPERATION}/7`] }, "7"],
])("finds the operation in %j", async (headers, id) => {
  const { portal, requests } = portalOf({ headers });
  expect(await portal.start(signal)).toMatchObject({ kind: "accepted", reference: { id } });
  expect(requests).toMatchObject([{ method: "POST", url: new URL(`${ROOT}/golive?api-version=2017-10-31`), signal }]);
  expect(requests[0]).not.toHaveProperty("body");
});

const NO_LOCATIONS = [
  {},
  { location: [] },
  { location: [" "] },
  { location: [`https://elsewhere.example${OPERATION}/7`] },
  { location: ["/api/publishers/contoso/offers/contoso-app/operations/7"] },
  { "operation-location": [`${ROOT}/golive`], location: ["/api/operations/fabrikam$contoso-vm$2$preview"] },
];

test.each(NO_LOCATIONS.flatMap((headers) => [200, 201, 202, 204].map((status) => ({ status, headers }))))(
  "a go-live that was accepted without a usable location was accepted all the same: %j",
  async (answer) => {
    const { status } = answer;
    const started = await portalOf(answer).portal.start(signal);
    expect(started).toMatchObject({
      ...{ kind: "unclear", wasAccepted: true, error: { reason: "noLocation", status, requestId: "id-1" } },
    });
    expect(started.kind === "unclear" ? started.error : undefined).toBeInstanceOf(AnswerError);
  },
);

test.each([200, 201, 204])("a go-live that was accepted with HTTP %d is where its answer says", async (status) => {
  const { portal } = portalOf({ status, headers: { location: [`${OPERATION}/7`] } });
  expect(await portal.start(signal)).toMatchObject({ kind: "accepted", reference: { id: "7" } });
});

test("waits for no body of what was accepted, but for that of a refusal", async () => {
  const { portal, requests } = portalOf({ headers: { location: [`${OPERATION}/7`] } });
  await portal.start(signal);
  await portal.cancel(signal);
  expect(requests.map(({ wantsBody }) => [200, 202, 299, 300, 400, 500].map((status) => wantsBody?.(status)))).toEqual([
    [false, false, false, true, true, true],
    [false, false, false, true, true, true],
  ]);
});

test("asks to cancel what runs, and returns the status of the answer", async () => {
  const { portal, requests } = portalOf({ status: 200 });
  expect(await portal.cancel(signal)).toBe(200);
  expect(requests).toMatchObject([{ method: "POST", url: new URL(`${ROOT}/cancel?api-version=2017-10-31`), signal }]);
  expect(requests[0]).not.toHaveProperty("body");
});

test.each<[string, (portal: Marketplace) => Promise<unknown>, unknown, string]>([
  ["the list", (portal) => portal.submissions(signal), { no: "list" }, "wrongShape"],
  ["the offer's status", (portal) => portal.offerStatus(signal), {}, "noStatus"],
  ["the offer's status", (portal) => portal.offerStatus(signal), [], "wrongShape"],
])("an answer that cannot be read as %s is an error of that answer", async (_what, ask, json, reason) => {
  await expect(ask(portalOf({ status: 200 }, json).portal)).rejects.toMatchObject({
    ...{ name: "AnswerError", reason, status: 200, requestId: "id-1" },
  });
});

test("an answer that cannot be read as an operation is an error of that answer, never an end", async () => {
  const { portal, requests } = portalOf({ status: 200 }, { steps: [] });
  const reference = { id: "7", location: new URL(`${ROOT}/operations/7`) };
  await expect(portal.operation(reference, signal)).rejects.toMatchObject({ name: "AnswerError", reason: "noStatus" });
  expect(requests).toMatchObject([{ method: "GET", url: new URL(`${ROOT}/operations/7?api-version=2017-10-31`) }]);
});

test("an answer about another operation is an error of that answer, never an end", async () => {
  const { portal } = portalOf({ status: 200 }, [{ id: "8", status: "completed" }]);
  const reference = { id: "7", location: new URL(`${ROOT}/operations/7`) };
  await expect(portal.operation(reference, signal)).rejects.toMatchObject({
    ...{ name: "AnswerError", reason: "otherOperation", status: 200, requestId: "id-1" },
  });
});
