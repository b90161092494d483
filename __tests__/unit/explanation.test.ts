import { expect, test } from "@jest/globals";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { readTokenFacts } from "../../src/token/json-web-token.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import { AlreadyRunningError, InterruptedError } from "../../src/go-live/outcome.ts";
import { explain, requestLine, requestReason } from "../../src/report/explanation.ts";
import { REMEDIES } from "../../src/report/remedies.ts";
import { followed, LOCATION } from "../harness/operation.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const REQUEST = { method: "POST", url: "https://service.example/api/golive" } as const;
const ASKED = "POST https://service.example/api/golive was answered with";

const service = (status: number, parts: Partial<ServiceError> = {}): ServiceError =>
  new ServiceError(REQUEST, {
    status,
    code: undefined,
    serviceText: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
    ...parts,
  });

test.each([
  [302, "HTTP 302 (redirect, not followed)"],
  [400, "HTTP 400 (bad request)"],
  [401, "HTTP 401 (the token was not accepted)"],
  [403, "HTTP 403 (not allowed)"],
  [408, "HTTP 408 (request time-out)"],
  [409, "HTTP 409 (conflict)"],
  [418, "HTTP 418"],
  [422, "HTTP 422 (validation failed)"],
  [429, "HTTP 429 (too many requests)"],
  [500, "HTTP 500 (internal error)"],
  [502, "HTTP 502 (bad gateway)"],
  [503, "HTTP 503 (unavailable)"],
  [504, "HTTP 504 (gateway time-out)"],
  [507, "HTTP 507"],
])("says what HTTP %d means", (status, text) => {
  expect(requestReason(service(status), OFFER)).toBe(`the service answered ${text}`);
  expect(requestLine(service(status), OFFER)).toBe(`${ASKED} ${text}`);
});

test("names publisher and offer where nothing was found", () => {
  expect(requestReason(service(404), OFFER)).toBe(
    "the service answered HTTP 404 (not found) for publisher contoso, offer contoso-vm",
  );
  expect(requestLine(service(404), OFFER)).toBe(
    `${ASKED} HTTP 404 (not found) for publisher contoso, offer contoso-vm`,
  );
  expect(requestLine(service(404), undefined)).toBe(`${ASKED} HTTP 404 (not found)`);
});

test.each<[Partial<ServiceError>, string]>([
  [{ code: "C", serviceText: "Text.", requestId: "id-1" }, " and said “C: Text.” [request id id-1]"],
  [{ serviceText: "Text." }, " and said “Text.”"],
  [{ code: "C" }, " and said “C”"],
  [{ requestId: "id-1" }, " [request id id-1]"],
  [{ serviceText: "::error::a\n##[b]\u001b[31m" }, " and said “: :error::a ## [b]”"],
  [{ serviceText: "x".repeat(900) }, ` and said “${"x".repeat(799)}…”`],
  [{ requestId: `a\n${"x".repeat(200)}` }, ` [request id a ${"x".repeat(97)}…]`],
])("quotes in a line of the log what the service said, harmlessly (%#)", (parts, text) => {
  expect(requestLine(service(400, parts), OFFER)).toBe(`${ASKED} HTTP 400 (bad request)${text}`);
});

test.each<[Partial<ServiceError>, string]>([
  [{ code: "C", serviceText: "Text.", requestId: "id-1" }, "“Text.” [HTTP 400 (bad request), C]"],
  [{ serviceText: "Text." }, "“Text.” [HTTP 400 (bad request)]"],
  [{ code: "C" }, "“C” [HTTP 400 (bad request)]"],
  [{ serviceText: "::error::a\n##[b]\u001b[31m" }, "“: :error::a ## [b]” [HTTP 400 (bad request)]"],
  [{ serviceText: "x".repeat(900) }, `“${"x".repeat(799)}…” [HTTP 400 (bad request)]`],
])("gives for a reason what the service said, before anything else (%#)", (parts, text) => {
  expect(requestReason(service(400, parts), OFFER)).toBe(text);
});

test("says first what the token shows of itself, then what helps in general", () => {
  const sighted = service(401, {
    token: readTokenFacts(`h.${btoa(JSON.stringify({ aud: "https://elsewhere.example" }))}.s`),
  });
  const { remedy } = explain(sighted, OFFER);
  expect(remedy.endsWith(` ${REMEDIES.unauthorized}`)).toBe(true);
  expect(remedy).toContain("https://elsewhere.example");
  expect(explain(service(401, { token: readTokenFacts("opaque") }), OFFER).remedy).toBe(REMEDIES.unauthorized);
});

test("explains why there is no token to send", () => {
  const error = new SignInError("unavailable", { text: "nothing\nhere" });
  expect(requestReason(error, OFFER)).toBe("sign-in failed: “nothing here”");
  expect(requestLine(error, OFFER)).toBe("sign-in failed: “nothing here”");
  expect(explain(error, OFFER).remedy).toMatch(/^Pass `token`/);
});

test("says what went wrong with the network, and with an answer", () => {
  const cause = Object.assign(new Error("x"), { code: "ECONN\nRESET" });
  const reset = new NetworkError(REQUEST, "reset", true, cause);
  expect(requestReason(reset, OFFER)).toBe("the connection broke (ECONN RESET): service.example");
  expect(requestLine(reset, OFFER)).toBe("POST https://service.example/api/golive: the connection broke (ECONN RESET)");
  const answer = new AnswerError({ request: REQUEST, status: 202, requestId: "id-2" }, "noLocation");
  expect(requestReason(answer, OFFER)).toBe("the answer named no usable location of the operation");
  expect(requestLine(answer, OFFER)).toBe(
    "POST https://service.example/api/golive: the answer named no usable location of the operation [request id id-2]",
  );
});

test.each([
  [service(403), "the service answered HTTP 403 (not allowed)", REMEDIES.forbidden],
  [
    service(404),
    "the service answered HTTP 404 (not found) for publisher contoso, offer contoso-vm",
    REMEDIES.notFound,
  ],
  [new NetworkError(REQUEST, "tls", false), "no secure connection (TLS) could be made: service.example", REMEDIES.tls],
  [
    new AlreadyRunningError(OFFER, followed().reference),
    `a go-live of this offer is already running and \`ifRunning\` is \`fail\` (${LOCATION})`,
    "Wait for it to end, or set `ifRunning: attach` to follow it.",
  ],
  [new InterruptedError(), "the run was cancelled", "Run this job again when you are ready."],
  [
    new TypeError("x is\nnot"),
    "a bug in this action: TypeError: x is not",
    "Please report it with the log of this step.",
  ],
])("explains %p", (error, reason, remedy) => {
  expect(explain(error, OFFER)).toEqual({ reason, remedy });
});
