import { expect, test } from "@jest/globals";
import { AnswerError, NetworkError, type NetworkReason, type RequestName } from "../../src/http/errors.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { readTrouble, REMEDIES } from "../../src/report/remedies.ts";

const REQUEST = { method: "POST", url: "https://service.example/api/golive" } as const;
const service = (status: number, said: Partial<ServiceError> = {}, request: RequestName = REQUEST): ServiceError =>
  new ServiceError(request, {
    status,
    code: undefined,
    serviceText: undefined,
    requestId: undefined,
    retryAfterMs: undefined,
    ...said,
  });

test.each([
  [301, "redirect"],
  [399, "redirect"],
  [100, "redirect"],
  [400, "badRequest"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "notFound"],
  [408, "timeout"],
  [409, "conflict"],
  [422, "badRequest"],
  [429, "tooManyRequests"],
  [402, "otherRefusal"],
  [418, "otherRefusal"],
  [499, "otherRefusal"],
  [500, "serviceFault"],
  [502, "serviceFault"],
  [503, "serviceFault"],
  [504, "serviceFault"],
  [599, "serviceFault"],
])("HTTP %d is the trouble %s", (status, trouble) => {
  expect(readTrouble(service(status))).toBe(trouble);
});

test.each([
  [{ code: "InvalidAPIVersion" }, "badVersion"],
  [{ serviceText: "The api-version 'latest' is not valid." }, "badVersion"],
  [{ serviceText: 'The schema "2022-03-01-preview3" is a deprecated schema.' }, "badVersion"],
  [{ code: "schemaValidationError", serviceText: "The offer's version is not valid." }, "badRequest"],
] as const)("a refusal that says %j is the trouble %s", (said, trouble) => {
  expect(readTrouble(service(400, said))).toBe(trouble);
});

test("a question that was refused says nothing of how the preview stands", () => {
  const question = { ...REQUEST, method: "GET" } as const;
  expect(readTrouble(service(400, {}, question))).toBe("otherRefusal");
  expect(readTrouble(service(400, { code: "InvalidAPIVersion" }, question))).toBe("badVersion");
});

test.each<NetworkReason>([
  "nameNotFound",
  "refused",
  "unreachable",
  "tls",
  "proxy",
  "connectTimeout",
  "timeout",
  "reset",
  "interrupted",
])("a network error is the trouble it names: %s", (reason) => {
  expect(readTrouble(new NetworkError(REQUEST, reason, false))).toBe(reason);
});

test.each([
  ["noLocation", "unusableAnswer"],
  ["otherOperation", "unusableAnswer"],
  ["otherOffer", "otherOffer"],
  ["notListed", "notShown"],
  ["notBegun", "notShown"],
  ["partialList", "partialList"],
] as const)("an answer that cannot be used is a trouble of its own: %s is %s", (reason, trouble) => {
  expect(readTrouble(new AnswerError({ request: REQUEST, status: 200, requestId: undefined }, reason))).toBe(trouble);
});

test.each<[keyof typeof REMEDIES, readonly string[]]>([
  ["badRequest", ["Read what the service says", "Partner Center", "preview is not ready", "run this job again"]],
  ["badVersion", ["Leave `apiVersion` out", "newer release"]],
  ["unauthorized", ["Get a new token", "https://cloudpartner.azure.com", "60 to 90 minutes"]],
  ["forbidden", ["service principal", "Manager or Owner", "publisher account", "Partner Center"]],
  ["notFound", ["`publisherId`", "`offerId`", "not the display names"]],
  ["conflict", ["Partner Center", "wait for it to end"]],
  ["tooManyRequests", ["too many", "Wait"]],
  ["serviceFault", ["service's side", "request id"]],
  ["redirect", ["not followed", "token must not leave", "`endpoint`"]],
  ["otherRefusal", ["Read what the service says", "support"]],
  ["unusableAnswer", ["`endpoint`", "proxy"]],
  ["otherOffer", ["`offerId`", "`productId`", "`operationLocation` do not belong together"]],
  ["notShown", ["Nobody can tell that one was started", "Partner Center", "`operationLocation`"]],
  ["partialList", ["may stand in the part", "no other is sent", "Partner Center", "report this"]],
  ["nameNotFound", ["`endpoint`", "DNS", "HTTPS_PROXY"]],
  ["refused", ["`endpoint`", "firewall", "HTTPS_PROXY"]],
  ["unreachable", ["network", "firewall", "HTTPS_PROXY"]],
  ["tls", ["NODE_EXTRA_CA_CERTS", "certificate authority"]],
  ["proxy", ["HTTPS_PROXY", "NO_PROXY", "CONNECT", "`endpoint`"]],
  ["connectTimeout", ["network", "firewall", "HTTPS_PROXY"]],
  ["timeout", ["slow or down", "Run this job again"]],
  ["reset", ["gave up the connection", "Run this job again"]],
  ["interrupted", ["Run this job again"]],
])("the remedy for %s says what to do", (trouble, words) => {
  for (const word of words) expect(REMEDIES[trouble]).toContain(word);
  expect(REMEDIES[trouble]).toMatch(/\.$/);
});
