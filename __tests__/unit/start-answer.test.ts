import { expect, test } from "@jest/globals";
import type { BearerAnswer } from "../../src/bearer/bearer-client.ts";
import type { RequestError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { readAcceptance, readStartFailure } from "../../src/marketplace/cloud-partner-portal/start-answer.ts";
import { answerError, LOOKS_MS, serviceError } from "../harness/scripted-marketplace.ts";

const ROOT = "https://service.example/api/publishers/contoso/offers/contoso-vm";
const REQUEST = { method: "POST", url: `${ROOT}/golive` } as const;
const OPERATIONS = "/api/publishers/contoso/offers/contoso-vm/operations";
const SCOPE = {
  endpoint: new URL("https://service.example"),
  offer: { publisherId: "contoso", offerId: "contoso-vm" },
} as const;

/** Everything that is needed to look for what may have been started, for longer than lists lag. */
const unclear = (wasAccepted: boolean) =>
  ({ kind: "unclear", wasAccepted, looksMs: LOOKS_MS, whenAbsent: wasAccepted ? "unknown" : "sendAgain" }) as const;
const SOON_MS = [500, 2_000, 5_000, 10_000, 15_000];
const refused = (mayMeanRunning: boolean, looksMs = SOON_MS) => ({ kind: "refused", mayMeanRunning, looksMs }) as const;

const START_FAILURES: readonly (readonly [string, RequestError, object])[] = [
  ["no answer to what was sent", new NetworkError(REQUEST, "reset", true), unclear(false)],
  ["what was never sent", new NetworkError(REQUEST, "refused", false), { kind: "notSent" }],
  ["an answer that cannot be used", answerError(), unclear(false)],
  ["a sign-in that may pass", new SignInError("unreachable", { text: "t" }), { kind: "notSent" }],
  ["a sign-in that was refused", new SignInError("refused", { text: "t" }), refused(false)],
  ["HTTP 303", serviceError(303), unclear(true)],
  ["HTTP 429", serviceError(429), { kind: "notSent" }],
  ["HTTP 400", serviceError(400), refused(true, [0])],
  ["HTTP 409", serviceError(409), refused(true)],
  ...[300, 301, 302, 307, 308, 399, 401, 403, 404, 410, 422, 499].map(
    (status) => [`HTTP ${status}`, serviceError(status), refused(false)] as const,
  ),
  ...[100, 304, 408, 500, 502, 503, 504, 599].map(
    (status) => [`HTTP ${status}`, serviceError(status), unclear(false)] as const,
  ),
];

test.each(START_FAILURES)("of a go-live that ends in %s says no more than is certain", (_what, error, answer) => {
  expect(readStartFailure(error)).toStrictEqual({ ...answer, error });
});

const answerOf = (status: number, headers: BearerAnswer["headers"] = {}): BearerAnswer => ({
  ...{ request: REQUEST, status, headers, requestId: "id-1", retryAfterMs: undefined, serviceTimeMs: undefined },
  json: () => {
    throw new TypeError("nobody should read it");
  },
  text: () => "",
});

test.each([
  [{ "operation-location": [`${ROOT}/operations/7`] }, "7"],
  [{ location: [`${OPERATIONS}/7?api-version=2017-10-31`] }, "7"],
  [{ location: [`${OPERATIONS}/8`], "operation-location": [`${OPERATIONS}/7`] }, "7"],
  [{ location: [`${OPERATIONS}/7`], "operation-location": ["https://elsewhere.example/api/operations/8"] }, "7"],
  [{ location: [`${OPERATIONS}/7`], "operation-location": [" "] }, "7"],
  [{ location: ["", `${OPERATIONS}/7`] }, "7"],
])("finds the operation in %j", (headers, id) => {
  expect(readAcceptance(answerOf(202, headers), SCOPE)).toMatchObject({ kind: "accepted", reference: { id, key: id } });
});

test.each([200, 201, 204])("a go-live that was accepted with HTTP %d is where its answer says", (status) => {
  const answer = readAcceptance(answerOf(status, { location: [`${OPERATIONS}/7`] }), SCOPE);
  expect(answer).toMatchObject({ kind: "accepted", reference: { id: "7" } });
});

test("says what to make of a place that turns out to be that of an operation from before", () => {
  const answer = readAcceptance(answerOf(202, { location: [`${OPERATIONS}/7`] }), SCOPE);
  expect(answer).toMatchObject({ misplaced: { ...unclear(true), error: { reason: "noLocation", status: 202 } } });
});

const NO_LOCATIONS = [
  {},
  { location: [] },
  { location: [" "] },
  { location: [`https://elsewhere.example${OPERATIONS}/7`] },
  { location: ["/api/publishers/contoso/offers/contoso-app/operations/7"] },
  { "operation-location": [`${ROOT}/golive`], location: ["/api/operations/fabrikam$contoso-vm$2$preview"] },
];

test.each(NO_LOCATIONS.flatMap((headers) => [200, 201, 202, 204].map((status) => ({ status, headers }))))(
  "a go-live that was accepted without a usable location was accepted all the same: %j",
  ({ status, headers }) => {
    const answer = readAcceptance(answerOf(status, headers), SCOPE);
    expect(answer).toMatchObject({ ...unclear(true), error: { reason: "noLocation", status, requestId: "id-1" } });
    expect(answer.kind === "unclear" ? answer.error : undefined).toBeInstanceOf(AnswerError);
  },
);
