import { expect, test } from "@jest/globals";
import type { BearerAnswer } from "../../src/bearer/bearer-client.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { readAcceptance, readStartFailure, wantsBody } from "../../src/marketplace/partner-center/start-answer.ts";

const REQUEST = { method: "POST", url: "https://center.example/promote" } as const;
const ENDPOINT = new URL("https://center.example");
const SUBMISSION = { product: "3f0c7a11-2185-49fe-80d2-00000000b9aa", number: "1152921505690000222" } as const;
const PAGE = "<!doctype html><title>Sign in</title>";
const LOST = new NetworkError(REQUEST, "reset", true);

/** An answer with that content type; the body is what was read, or why it could not be. */
function accepted(type: string | undefined, body: string | Error, status = 200): BearerAnswer {
  const headers = type === undefined ? {} : { "content-type": [type] };
  const text = (): string => {
    if (!wantsBody(status, headers)) throw new TypeError("nobody should read it");
    if (body instanceof Error) throw body;
    return body;
  };
  const ids = { requestId: "7", retryAfterMs: undefined, serviceTimeMs: undefined };
  return { request: REQUEST, status, headers, text, json: () => undefined, ...ids };
}

test.each([
  ["JSON, which nobody reads", "application/json; charset=utf-8", LOST, "accepted"],
  ["JSON by another name", "application/problem+json", LOST, "accepted"],
  ["a page that says so", "text/html", "", "unclear"],
  ["a page that says so in capitals", "Text/HTML; charset=utf-8", PAGE, "unclear"],
  ["a page without a type", undefined, PAGE, "unclear"],
  ["a page behind blanks", undefined, `\r\n  ${PAGE}`, "unclear"],
  ["a page that calls itself text", "text/plain", PAGE, "unclear"],
  ["a page of unnamed bytes", "application/octet-stream", "<HTML>", "unclear"],
  ["something without a type that was cut off", undefined, LOST, "unclear"],
  ["text that was cut off", "text/plain", LOST, "unclear"],
  ["nothing at all", undefined, "", "accepted"],
  ["text", "text/plain", "Accepted", "accepted"],
  ["JSON without a type", undefined, "{}", "accepted"],
] as const)("of a 2xx with %s, only a page, or what may be one, is unclear", (_what, type, body, kind) => {
  for (const status of [200, 202, 204]) {
    expect(readAcceptance(accepted(type, body, status), SUBMISSION, ENDPOINT).kind).toBe(kind);
  }
});

test("says where an accepted submission is, and what to say if it was there before", () => {
  expect(readAcceptance(accepted("application/json", ""), SUBMISSION, ENDPOINT)).toMatchObject({
    kind: "accepted",
    reference: {
      location: new URL(
        `https://center.example/v1.0/ingestion/products/${SUBMISSION.product}/submissions/${SUBMISSION.number}`,
      ),
    },
    misplaced: { kind: "unclear", whenAbsent: "unknown" },
  });
});

test("passes a bug on instead of calling it an answer", () => {
  const bug = new TypeError("a bug");
  expect(() => readAcceptance(accepted(undefined, bug), SUBMISSION, ENDPOINT)).toThrow(bug);
});

const withStatus = (status: number): ServiceError =>
  new ServiceError(REQUEST, {
    ...{ status, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined },
  });

test.each([400, 403, 404, 405, 409, 422])(
  "takes a %i for a refusal that the submission may belie, now and a minute later",
  (status) => {
    const error = withStatus(status);
    const looksMs = [500, 60_000];
    const answer = { kind: "refused", error, mayMeanRunning: true, mayBeUntrue: true, looksMs };
    expect(readStartFailure(error, false)).toStrictEqual(answer);
  },
);

test.each([401, 429])("takes a %i for a door that was closed: to be sent again after a look", (status) => {
  const error = withStatus(status);
  expect(readStartFailure(error, false)).toStrictEqual({ kind: "notSent", error, looksFirst: true });
});

test("takes a second 401 for the last word, and for a true one", () => {
  const error = withStatus(401);
  expect(readStartFailure(error, true)).toMatchObject({ kind: "refused" });
  expect(readStartFailure(error, true)).not.toHaveProperty("mayBeUntrue");
});

test.each([
  ...[301, 302, 303, 304, 307, 308, 402, 406, 408, 410, 411, 423, 425, 499, 500, 501, 502, 503, 504, 599].map(
    withStatus,
  ),
  LOST,
  new AnswerError({ request: REQUEST, status: 200, requestId: undefined }, "wrongShape"),
])("cannot tell what became of a promote that ends in %s, whatever the looks show", (error) => {
  const answer = readStartFailure(error, false);
  expect(answer).toMatchObject({ kind: "unclear", error, whenAbsent: "unknown" });
  expect("looksMs" in answer && answer.looksMs.at(-1)).toBe(600_000);
});
