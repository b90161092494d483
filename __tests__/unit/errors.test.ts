import { expect, test } from "@jest/globals";
import {
  askedPauseMs,
  errorKind,
  isMissing,
  isPassing,
  isRequestError,
  type RequestError,
  ServiceError,
} from "../../src/bearer/request-error.ts";
import { AnswerError, type AnswerReason, NetworkError, type NetworkReason } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";

const POST = { method: "POST", url: "https://service.example/api/golive" } as const;
const GET = { method: "GET", url: "https://service.example/api/operations/7" } as const;

const service = (status: number, retryAfterMs?: number): ServiceError =>
  new ServiceError(POST, { status, code: "C", serviceText: "T", requestId: "R", retryAfterMs });
const answer = (reason: AnswerReason): AnswerError =>
  new AnswerError({ request: GET, status: 200, requestId: "R" }, reason);

test.each<[NetworkReason, string]>([
  ["nameNotFound", "the host name could not be found"],
  ["refused", "the connection was refused"],
  ["unreachable", "the host could not be reached"],
  ["tls", "no secure connection (TLS) could be made"],
  ["proxy", "the proxy could not be used"],
  ["connectTimeout", "no connection could be made in time"],
  ["timeout", "no complete answer came in time"],
  ["reset", "the connection broke"],
  ["interrupted", "the request was given up because the run was cancelled"],
])("the network error %s reads: %s", (reason, text) => {
  const error = new NetworkError(POST, reason, false);
  expect(error.message).toBe(`POST https://service.example/api/golive: ${text}`);
  expect(error).toMatchObject({ name: "NetworkError", request: POST, reason, wasSent: false });
  expect(error.cause).toBeUndefined();
});

test("a network error shows its cause's code, and keeps the cause", () => {
  const cause = Object.assign(new Error("read"), { code: "ECONNRESET" });
  const error = new NetworkError(GET, "reset", true, cause);
  expect(error.message).toBe("GET https://service.example/api/operations/7: the connection broke (ECONNRESET)");
  expect(error.cause).toBe(cause);
  expect(error.wasSent).toBe(true);
});

test.each([new Error("no code"), { code: "X" }, Object.assign(new Error("x"), { code: 7 }), "X", null])(
  "a network error shows no code where its cause (%p) has none",
  (cause) => {
    expect(new NetworkError(POST, "reset", true, cause).message).toMatch(/: the connection broke$/);
  },
);

test("a service error names the request and the status, and keeps what the service said", () => {
  const error = service(400, 7_000);
  expect(error.message).toBe("POST https://service.example/api/golive: HTTP 400");
  expect(error).toMatchObject({
    name: "ServiceError",
    request: POST,
    status: 400,
    code: "C",
    serviceText: "T",
    requestId: "R",
    retryAfterMs: 7_000,
  });
});

test.each<[AnswerReason, string]>([
  ["notJson", "the answer was not JSON"],
  ["wrongShape", "the answer had an unexpected form"],
  ["noStatus", "the answer named no status"],
  ["noLocation", "the answer named no usable location of the operation"],
  ["otherOperation", "the answer was about another operation than the one asked for"],
  ["notBegun", "the preview is ready, and no go-live of it shows"],
  ["partialList", "the answer was a part of the list, with no readable rest"],
  ["tooLarge", "the answer was larger than 4 MiB"],
])("the answer error %s reads: %s", (reason, text) => {
  const cause = new Error("why");
  const error = new AnswerError({ request: GET, status: 202, requestId: "R" }, reason, cause);
  expect(error.message).toBe(`GET https://service.example/api/operations/7: ${text}`);
  expect(error).toMatchObject({ name: "AnswerError", request: GET, reason, status: 202, requestId: "R" });
  expect(error.cause).toBe(cause);
});

test.each([
  [new NetworkError(POST, "reset", true), true],
  [service(500), true],
  [answer("notJson"), true],
  [new Error("a bug"), false],
  [{ name: "ServiceError", status: 500 }, false],
  [undefined, false],
])("%p is an error of a request: %s", (error, expected) => {
  expect(isRequestError(error)).toBe(expected);
});

test.each([
  [100, true],
  [204, true],
  [301, true],
  [399, true],
  [400, false],
  [401, false],
  [403, false],
  [404, false],
  [407, false],
  [408, true],
  [409, false],
  [422, false],
  [428, false],
  [429, true],
  [430, false],
  [499, false],
  [500, true],
  [501, true],
  [503, true],
  [599, true],
])("HTTP %d may pass: %s", (status, expected) => {
  expect(isPassing(service(status))).toBe(expected);
});

test("whatever is wrong with the network or with the form of an answer may pass", () => {
  expect(isPassing(new NetworkError(GET, "nameNotFound", false))).toBe(true);
  expect(isPassing(answer("wrongShape"))).toBe(true);
  expect(isPassing(new SignInError("unreachable", { text: "" }))).toBe(true);
  expect(isPassing(new SignInError("refused", { text: "" }))).toBe(false);
});

test("only a refusal can ask for a pause", () => {
  expect(askedPauseMs(service(429, 5_000))).toBe(5_000);
  expect(askedPauseMs(service(429))).toBeUndefined();
  expect(askedPauseMs(new NetworkError(GET, "reset", true))).toBeUndefined();
  expect(askedPauseMs(answer("notJson"))).toBeUndefined();
});

test.each<[RequestError, boolean]>([
  [service(404), true],
  [service(403), false],
  [service(410), false],
  [new NetworkError(GET, "nameNotFound", false), false],
  [new AnswerError({ request: GET, status: 404, requestId: "R" }, "notJson"), false],
  [new SignInError("refused", { text: "404" }), false],
])("%p says that there is no such thing: %s", (error, expected) => {
  expect(isMissing(error)).toBe(expected);
});

/** Errors of which no two are the same answer. */
const KINDS: readonly RequestError[] = [
  service(403),
  service(404),
  new NetworkError(GET, "reset", true),
  new NetworkError(GET, "timeout", true),
  answer("notJson"),
  answer("noStatus"),
  new SignInError("refused", { text: "a" }),
  new SignInError("unreachable", { text: "a" }),
  new SignInError("refused", { text: "a", code: "AADSTS700016" }),
  new SignInError("refused", { text: "a", code: "AADSTS7000215" }),
];

test("tells one answer from every other one", () => {
  expect(new Set(KINDS.map(errorKind)).size).toBe(KINDS.length);
});

test.each<[string, RequestError, RequestError]>([
  ["a status", service(403), new ServiceError(GET, { ...service(403, 5_000), code: "X", requestId: "R2" })],
  ["a broken connection", new NetworkError(GET, "reset", true), new NetworkError(POST, "reset", false)],
  ["an unusable answer", answer("notJson"), new AnswerError({ request: POST, status: 500, requestId: "" }, "notJson")],
  [
    "a refused sign-in",
    new SignInError("refused", { text: "a", code: "AADSTS7" }),
    new SignInError("refused", { text: "b, at another time", code: "AADSTS7" }),
  ],
])("takes %s given twice for the same answer, whatever else differs", (_what, one, other) => {
  expect(errorKind(one)).toBe(errorKind(other));
});
