import { expect, test } from "@jest/globals";
import type { BearerAnswer } from "../../src/bearer/bearer-client.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import type { StartAnswer } from "../../src/marketplace/marketplace.ts";
import { jobReference } from "../../src/marketplace/product-ingestion/location.ts";
import { readAcceptance, readStartFailure } from "../../src/marketplace/product-ingestion/start-answer.ts";

const REQUEST = { method: "POST", url: "https://graph.example/rp/product-ingestion/configure" } as const;
const ENDPOINT = new URL("https://graph.example");
const SUBMISSION = { product: "3f0c7a11-2185-49fe-80d2-00000000b9aa", number: "1152921505690000222" } as const;
const JOB = "6b1f7c0e-52d4-4e0b-9a3e-8f1d2c3b4a5d";

function serviceError(status: number, code?: string, serviceText?: string): ServiceError {
  return new ServiceError(REQUEST, { status, code, serviceText, requestId: undefined, retryAfterMs: undefined });
}

function accepted(status: number, body: unknown): BearerAnswer {
  return {
    request: REQUEST,
    status,
    headers: {},
    json: () => {
      if (body instanceof Error) throw body;
      return body;
    },
    text: () => "",
    ...{ requestId: "7", retryAfterMs: undefined, serviceTimeMs: undefined },
  };
}

/** A verdict in short. */
function inShort(answer: StartAnswer): string {
  switch (answer.kind) {
    case "accepted":
      return "accepted";
    case "unclear":
      return answer.wasAccepted ? "unclear, taken" : "unclear";
    case "notSent":
      return answer.looksFirst === true ? "notSent, looks first" : "notSent";
    case "refused":
      return answer.mayMeanRunning ? "refused, may mean running" : "refused";
  }
}

/** The table of the wire facts, row by row: what the POST gave, and the verdict. */
const REFUSALS: readonly (readonly [number, string | undefined, string | undefined, string])[] = [
  // With the service's own error a 4xx is its word.
  ...[400, 403, 404, 405, 422].map((status) => [status, "badRequest", "Invalid resource", "refused"] as const),
  [409, "conflict", "No.", "refused, may mean running"],
  [423, "locked", "No.", "refused, may mean running"],
  [409, "somethingNew", undefined, "refused, may mean running"],
  [410, "gone", "No.", "refused"],
  // What it says may be about a go-live that runs.
  [400, "badRequest", "Invalid resource An In Progress submission already exists", "refused, may mean running"],
  [400, "badRequest", "an in-progress submission", "refused, may mean running"],
  [400, "badRequest", "inprogress", "refused, may mean running"],
  [400, "Conflict", "No.", "refused, may mean running"],
  [400, "productLocked", "No.", "refused, may mean running"],
  [403, "forbidden", "The product is locked.", "refused, may mean running"],
  [400, "badRequest", "The submission cannot be pushed to as its not the latest", "refused, may mean running"],
  [400, "badRequest", "it's not the latest", "refused, may mean running"],
  [
    400,
    "businessValidationError",
    "Expected a submission id that isn't null or 0 since target type is Live",
    "refused",
  ],
  [400, "badRequest", '"2022-03-01-preview3" is a deprecated schema', "refused"],
  [400, "badRequest", "Schema … could not be accessed", "refused"],
  [400, "badRequest", "Type AzureApplication is not supported", "refused"],
  // Without one it may be a gateway's, which knows nothing of what is behind it.
  ...[400, 403, 404, 409, 423].map((status) => [status, undefined, "Bad Gateway", "unclear"] as const),
  // Turned away at the door.
  [401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.", "refused"],
  [401, undefined, undefined, "refused"],
  // Throttled: what happened meanwhile must be seen before anything is sent again.
  [429, "tooManyRequests", "Slow down", "notSent, looks first"],
  [429, undefined, undefined, "notSent, looks first"],
  // Nobody can tell.
  ...[408, 500, 501, 502, 503, 504, 599].map((status) => [status, undefined, "down", "unclear"] as const),
  [408, "requestTimeout", "Late", "unclear"],
  [500, "internalServerError", "Operation failed", "unclear"],
  [503, "serviceUnavailable", "An In Progress submission already exists", "unclear"],
  // A redirect leads elsewhere without having done anything, but for the one that says that it has.
  [301, undefined, undefined, "refused"],
  [302, undefined, undefined, "refused"],
  [307, undefined, undefined, "refused"],
  [308, undefined, undefined, "refused"],
  [303, undefined, undefined, "unclear, taken"],
  [304, undefined, undefined, "unclear"],
];

test.each(REFUSALS)("HTTP %i with the code %j and the text %j: %s", (status, code, text, verdict) => {
  const error = serviceError(status, code, text);
  const answer = readStartFailure(error);
  expect(inShort(answer)).toBe(verdict);
  expect("error" in answer && answer.error).toBe(error);
});

test.each([
  ["nameNotFound", false, "notSent"],
  ["refused", false, "notSent"],
  ["unreachable", false, "notSent"],
  ["tls", false, "notSent"],
  ["proxy", false, "notSent"],
  ["connectTimeout", false, "notSent"],
  ["interrupted", false, "notSent"],
  ["timeout", true, "unclear"],
  ["reset", true, "unclear"],
  ["notHttp", true, "unclear"],
  ["interrupted", true, "unclear"],
] as const)("no answer (%s, perhaps sent: %s): %s", (reason, wasSent, verdict) => {
  expect(inShort(readStartFailure(new NetworkError(REQUEST, reason, wasSent)))).toBe(verdict);
});

test("without a token nothing was sent: for now, or for good", () => {
  const down = new SignInError("unreachable", { text: "down" });
  const wrong = new SignInError("refused", { text: "wrong" });
  expect(readStartFailure(down)).toStrictEqual({ kind: "notSent", error: down });
  expect(inShort(readStartFailure(wrong))).toBe("refused");
});

const locate = (jobId: string) => jobReference(jobId, SUBMISSION, ENDPOINT);

test.each([200, 201, 202, 204, 299])("a job's id makes HTTP %i an acceptance, whatever else it says", (status) => {
  for (const body of [{ jobId: JOB }, { jobID: JOB, jobStatus: "completed", jobResult: "failed" }]) {
    const answer = readAcceptance(accepted(status, body), locate);
    expect(answer).toMatchObject({
      kind: "accepted",
      reference: jobReference(JOB, SUBMISSION, ENDPOINT),
      misplaced: { kind: "unclear", wasAccepted: true },
    });
  }
});

test.each([
  ["no body", 202, new AnswerError({ request: REQUEST, status: 202, requestId: undefined }, "notJson")],
  ["a body that broke off", 202, new NetworkError(REQUEST, "reset", true)],
  ["an empty object", 202, {}],
  ["a job without an id", 202, { jobStatus: "notStarted", jobResult: "pending" }],
  ["an id that cannot be one", 202, { jobId: "../cancel" }],
  ["a list", 200, [{ jobId: JOB }]],
])("a success with %s was taken, and nobody can ask after it: unclear", (_what, status, body) => {
  expect(inShort(readAcceptance(accepted(status, body), locate))).toBe("unclear, taken");
});

test("never hides a bug behind a verdict", () => {
  expect(() => readAcceptance(accepted(202, new TypeError("a bug")), locate)).toThrow(TypeError);
});

test("looks once a minute for ten minutes behind an unclear answer, and never has it sent again", () => {
  const answers = [
    readStartFailure(serviceError(500)),
    readStartFailure(new NetworkError(REQUEST, "timeout", true)),
    readAcceptance(accepted(202, {}), locate),
  ];
  for (const answer of answers) {
    if (answer.kind !== "unclear") throw new Error(answer.kind);
    expect(answer.whenAbsent).toBe("unknown");
    expect(answer.looksMs.slice(-10)).toEqual(Array.from({ length: 10 }, (_, at) => (at + 1) * 60_000));
    expect(answer.looksMs.toSorted((one, other) => one - other)).toEqual(answer.looksMs);
  }
});
