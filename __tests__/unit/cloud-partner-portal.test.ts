import { expect, test } from "@jest/globals";
import type { BearerAnswer, BearerRequest } from "../../src/bearer/bearer-client.ts";
import type { RequestError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { createCloudPartnerPortal } from "../../src/marketplace/cloud-partner-portal.ts";
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

const START_FAILURES: readonly (readonly [string, RequestError, "unclear" | "notSent" | "refused"])[] = [
  ["no answer to what was sent", new NetworkError(REQUEST, "reset", true), "unclear"],
  ["what was never sent", new NetworkError(REQUEST, "refused", false), "notSent"],
  ["an answer that cannot be used", answerError(), "unclear"],
  ["a sign-in that may pass", new SignInError("unreachable", { text: "t" }), "notSent"],
  ["a sign-in that was refused", new SignInError("refused", { text: "t" }), "refused"],
  ...[400, 401, 403, 404, 409, 422, 499].map((status) => [`HTTP ${status}`, serviceError(status), "refused"] as const),
  ...[301, 308, 399, 408, 500, 502, 503, 504].map(
    (status) => [`HTTP ${status}`, serviceError(status), "unclear"] as const,
  ),
  ["HTTP 429", serviceError(429), "notSent"],
];

test.each(START_FAILURES)("of a go-live that ends in %s says no more than is certain", async (_what, error, kind) => {
  expect(await portalOf(error).portal.start(signal)).toEqual({ kind, error });
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

test.each([{}, { location: [] }, { location: [" "] }, { location: ["https://elsewhere.example/api/operations/7"] }])(
  "a go-live that was accepted without a usable location may have been started: %j",
  async (headers) => {
    const answer = await portalOf({ headers }).portal.start(signal);
    expect(answer).toMatchObject({ kind: "unclear", error: { reason: "noLocation", status: 202, requestId: "id-1" } });
    expect(answer.kind === "unclear" ? answer.error : undefined).toBeInstanceOf(AnswerError);
  },
);

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
