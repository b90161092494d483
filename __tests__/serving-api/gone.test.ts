import { expect, test } from "@jest/globals";
import { ServiceError } from "../../src/bearer/request-error.ts";
import { AnswerError, NetworkError } from "../../src/http/errors.ts";
import type { Asked } from "../../src/report/conclusion.ts";
import { conclude } from "../../src/report/conclusion.ts";
import { PLAN, NOTHING_KNOWN } from "../report/report-of.ts";

const REQUEST = { method: "GET", url: "https://cloudpartner.azure.com/api/publishers/contoso/offers" } as const;
const PORTAL: Asked = { api: { name: "cloudPartnerPortal", by: "api" }, hasAnswered: false, denied: [] };

function refusal(status: number): Error {
  const nothing = { code: undefined, serviceText: undefined, requestId: undefined, retryAfterMs: undefined };
  return new ServiceError(REQUEST, { status, ...nothing });
}

/** Whether the conclusion speaks of an API that may be no more. */
function speaksOfTheEnd(error: Error, asked: Partial<Asked> = {}): boolean {
  const context = { ...PLAN, startMs: 0, nowMs: 0, known: NOTHING_KNOWN, asked: { ...PORTAL, ...asked } };
  const { next } = conclude({ kind: "notStarted", status: "rejected", error }, context);
  return next.some((text) => text.includes("finds out which"));
}

test.each([
  ["404", refusal(404)],
  ["410", refusal(410)],
  ["301", refusal(301)],
  ["302", refusal(302)],
  ["a name that no longer resolves", new NetworkError(REQUEST, "nameNotFound", false)],
])("%s as the first word of the Cloud Partner Portal API may be its last one, and says so", (_what, error) => {
  expect(speaksOfTheEnd(error)).toBe(true);
  expect(speaksOfTheEnd(error, { hasAnswered: true })).toBe(false);
  for (const name of ["productIngestion", "partnerCenter"] as const) {
    expect(speaksOfTheEnd(error, { api: { name, by: "api" } })).toBe(false);
  }
});

test.each([
  ["400", refusal(400)],
  ["401", refusal(401)],
  ["503", refusal(503)],
  ["a broken connection", new NetworkError(REQUEST, "reset", true)],
  ["no JSON", new AnswerError({ request: REQUEST, status: 200, requestId: undefined }, "notJson")],
  ["a bug", new TypeError("nothing")],
])("%s says nothing of an end", (_what, error) => {
  expect(speaksOfTheEnd(error)).toBe(false);
});
