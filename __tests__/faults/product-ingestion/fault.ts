import { ASKED_PAUSE_MS, type FaultKind, FAULTS } from "../fault.ts";

const IN_PROGRESS = {
  error: {
    code: "conflict",
    message: "Invalid resource",
    details: [{ code: "invalidState", message: "An In Progress submission already exists" }],
  },
};
const HTML = "<!doctype html><html><head><title>Bad Request</title></head><body>nginx</body></html>";

/** The faults of the Product Ingestion API, in the order of the page. */
export const INGESTION_FAULTS = {
  resetBefore: FAULTS.resetBefore,
  resetAfter: FAULTS.resetAfter,
  headerStall: FAULTS.headerStall,
  bodyStall: FAULTS.bodyStall,
  page400: {
    title: "HTTP 400 with a page of HTML",
    act: () => ({ kind: "status", status: 400, headers: { "content-type": "text/html" }, body: HTML }),
    reason: "“Bad Request”",
  },
  http401: refusal(401, "the token was not accepted"),
  http403: refusal(403, "not allowed"),
  http404: refusal(404, "not found"),
  http408: FAULTS.http408,
  http409: {
    title: "HTTP 409 (“An In Progress submission already exists”)",
    act: () => ({ kind: "status", status: 409, body: JSON.stringify(IN_PROGRESS) }),
    reason: "An In Progress submission already exists",
  },
  http429: {
    title: "HTTP 429 with a number of seconds in `Retry-After`",
    act: () => ({ kind: "status", status: 429, headers: { "retry-after": String(ASKED_PAUSE_MS / 1_000) } }),
    reason: "HTTP 429 (too many requests)",
  },
  http500: FAULTS.http500,
  http502: FAULTS.http502,
  http503: FAULTS.http503Seconds,
  nothing: {
    title: "`{}` as the answer: no list, no job",
    act: () => ({ kind: "garbage", body: "{}" }),
    reason: "the answer had an unexpected form",
  },
  empty: FAULTS.empty,
  truncated: FAULTS.truncated,
  huge: FAULTS.huge,
  redirect: FAULTS.redirect,
} as const satisfies Record<string, FaultKind>;

export type IngestionFaultName = keyof typeof INGESTION_FAULTS;

function refusal(status: number, meaning: string): FaultKind {
  const reason = `HTTP ${status} (${meaning})`;
  return { title: reason, act: () => ({ kind: "status", status }), reason };
}
