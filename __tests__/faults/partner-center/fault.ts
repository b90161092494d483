import { errorAnswer } from "../../../emulator/partner-center/error.ts";
import { FAULTS, type FaultKind } from "../fault.ts";
import { INGESTION_FAULTS } from "../product-ingestion/fault.ts";

const { page400, http401, http403, http404, http429, nothing } = INGESTION_FAULTS;

/** The faults of the Partner Center submission API, in the order of the page. */
export const CENTER_FAULTS = {
  resetBefore: FAULTS.resetBefore,
  resetAfter: FAULTS.resetAfter,
  headerStall: FAULTS.headerStall,
  bodyStall: FAULTS.bodyStall,
  page400,
  backend400: {
    title: "HTTP 400 in which a backend's refusal is wrapped",
    act: () => ({ kind: "status", ...errorAnswer("backend", { status: 400, message: "The backend is busy." }) }),
    reason: "RestClientException: Product request failed",
  },
  http401,
  http403,
  http404,
  http408: FAULTS.http408,
  http409: FAULTS.http409,
  http429,
  http500: FAULTS.http500,
  http502: FAULTS.http502,
  http503: FAULTS.http503Seconds,
  nothing: { ...nothing, title: "`{}` as the answer: no list, no submission" },
  empty: FAULTS.empty,
  truncated: FAULTS.truncated,
  huge: FAULTS.huge,
  redirect: FAULTS.redirect,
} as const satisfies Record<string, FaultKind>;

export type CenterFaultName = keyof typeof CENTER_FAULTS;
