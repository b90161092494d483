import { expect, test } from "@jest/globals";
import type { BearerAnswer } from "../../src/bearer/bearer-client.ts";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import { SignInError } from "../../src/identity/sign-in-error.ts";
import type { StartAnswer } from "../../src/marketplace/marketplace.ts";
import { submissionReference } from "../../src/marketplace/partner-center/location.ts";
import { readAcceptance, readStartFailure } from "../../src/marketplace/partner-center/start-answer.ts";
import { ENDPOINT, serviceError, SUBMISSION } from "../harness/scripted-center.ts";

const REQUEST = { method: "POST", url: `${ENDPOINT.origin}/v1.0/ingestion/promote` } as const;
const MINUTE_MS = 60_000;

function accepted(status: number, headers: BearerAnswer["headers"] = {}): BearerAnswer {
  return {
    request: REQUEST,
    ...{ status, headers, requestId: "7", retryAfterMs: undefined, serviceTimeMs: undefined },
    json: () => {
      throw new Error("What the body says does not matter.");
    },
    text: () => "",
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

/** The verdict table of the wire facts: what the POST gave, and the verdict. */
const VERDICTS: readonly (readonly [readonly number[], string])[] = [
  [[400, 403, 404, 405, 409, 422], "refused, may mean running"],
  // Turned away: it may be sent again, but only behind a look.
  [[401, 429], "notSent, looks first"],
  // Nobody can tell: the sister API answered 503 and had done it.
  [[408, 500, 501, 502, 503, 504, 599], "unclear"],
  [[300, 301, 302, 303, 304, 307, 308], "unclear"],
  [[402, 406, 407, 410, 411, 412, 413, 415, 418, 423, 425, 451, 499], "unclear"],
];

test.each(VERDICTS.flatMap(([statuses, verdict]) => statuses.map((status) => [status, verdict] as const)))(
  "HTTP %i: %s, whatever the service says beside it",
  (status, verdict) => {
    for (const words of [{}, { code: "InvalidState", serviceText: "already has an in-progress submission" }]) {
      const error = serviceError(status, words);
      const answer = readStartFailure(error, false);
      expect(inShort(answer)).toBe(verdict);
      expect("error" in answer && answer.error).toBe(error);
    }
  },
);

test.each([
  [401, "refused, may mean running"],
  [429, "notSent, looks first"],
  [400, "refused, may mean running"],
  [500, "unclear"],
])("HTTP %i after one that was turned away at the door: %s", (status, verdict) => {
  expect(inShort(readStartFailure(serviceError(status), true))).toBe(verdict);
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
  for (const wasTurnedAway of [false, true]) {
    const error = new NetworkError(REQUEST, reason, wasSent);
    const answer = readStartFailure(error, wasTurnedAway);
    expect(inShort(answer)).toBe(verdict);
    expect(answer).toMatchObject({ error });
  }
});

test("an answer that cannot be used leaves open what became of it", () => {
  const error = new AnswerError({ request: REQUEST, status: 200, requestId: "7" }, "encoding");
  expect(readStartFailure(error, false)).toMatchObject({ kind: "unclear", error, wasAccepted: false });
});

test("without a token nothing was sent: for now, or for good", () => {
  const down = new SignInError("unreachable", { text: "down" });
  const wrong = new SignInError("refused", { text: "wrong" });
  expect(readStartFailure(down, false)).toStrictEqual({ kind: "notSent", error: down });
  expect(readStartFailure(wrong, false)).toMatchObject({ kind: "refused", error: wrong, mayMeanRunning: false });
});

test.each([
  [200, undefined],
  [200, "application/json; charset=utf-8"],
  [201, "text/plain"],
  [202, ""],
  [204, undefined],
  [299, "application/octet-stream"],
])("HTTP %i of the type %j is an acceptance, and the submission is the place to look at", (status, type) => {
  const answer = readAcceptance(
    accepted(status, type === undefined ? {} : { "content-type": [type] }),
    SUBMISSION,
    ENDPOINT,
  );
  expect(answer).toMatchObject({
    kind: "accepted",
    reference: submissionReference(SUBMISSION, ENDPOINT),
    misplaced: { kind: "unclear", wasAccepted: false, whenAbsent: "unknown" },
  });
});

test("asks at no location that an acceptance names", () => {
  const headers = { location: ["https://elsewhere.example/7"], "operation-location": ["/v1.0/ingestion/7"] };
  expect(readAcceptance(accepted(202, headers), SUBMISSION, ENDPOINT)).toMatchObject({
    reference: submissionReference(SUBMISSION, ENDPOINT),
  });
});

test.each([["text/html"], ["TEXT/HTML; charset=utf-8"], ["application/xhtml+xml"], ["text/plain", "text/html"]])(
  "a success of the type %j is a page of something else: nobody can tell",
  (...types) => {
    expect(readAcceptance(accepted(200, { "content-type": types }), SUBMISSION, ENDPOINT)).toMatchObject({
      kind: "unclear",
      error: { name: "AnswerError", reason: "wrongShape", status: 200, requestId: "7" },
      wasAccepted: false,
    });
  },
);

test("looks once a minute for ten minutes behind an unclear answer, and never has it sent again", () => {
  const answers = [
    readStartFailure(serviceError(500), false),
    readStartFailure(new NetworkError(REQUEST, "timeout", true), false),
    readAcceptance(accepted(200, { "content-type": ["text/html"] }), SUBMISSION, ENDPOINT),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({
      kind: "unclear",
      whenAbsent: "unknown",
      looksMs: [1_000, 5_000, 15_000, 30_000, ...Array.from({ length: 10 }, (_, at) => (at + 1) * MINUTE_MS)],
    });
  }
});

test.each([
  ["a refusal", readStartFailure(serviceError(409), false)],
  ["a second 401", readStartFailure(serviceError(401), true)],
])("reads the submission at once and a minute later behind %s, for it may move all the same", (_what, answer) => {
  expect(answer).toMatchObject({ kind: "refused", looksMs: [500, MINUTE_MS] });
});

test("lets nothing be sent again but what was certainly turned away", () => {
  const statuses = Array.from({ length: 300 }, (_, at) => at + 300);
  const again = statuses.filter((status) => {
    const error = new ServiceError(REQUEST, {
      ...{ status, code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined },
    });
    const { kind, ...answer } = readStartFailure(error, false);
    return kind === "notSent" || ("whenAbsent" in answer && answer.whenAbsent === "sendAgain");
  });
  expect(again).toEqual([401, 429]);
});
