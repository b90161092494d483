import { ASKED_PAUSE_MS } from "../fault.ts";
import type { Cell, Ending } from "../fault-case.ts";
import type { CenterFaultName } from "./fault.ts";
import type { CenterCase } from "./fault-case.ts";

export const START = "GET products, GET submissions, POST promote";
/** One look at a submission that has moved. */
export const GLANCE = "GET submission, GET workflowDetails";

export const waitedOut: Ending = {
  meaning: "Waited out: the question is asked again, and the end is seen.",
  sent: `${START}, GET submission, ${GLANCE}, GET submissions`,
  status: "succeeded",
  exitCode: 0,
  says: "The go-live of contoso/contoso-app succeeded",
  accepted: 1,
  truth: "succeeded",
};

const neverSeen: Ending = {
  ...waitedOut,
  meaning: "Asked until `timeoutMinutes` are over, the last time just then. The go-live goes on.",
  sent: `${START}, GET submission ×n`,
  status: "unknown",
  exitCode: 1,
  says: "The go-live of contoso/contoso-app could not be observed once, and the wait ended after",
};

export const lost: Ending = {
  ...neverSeen,
  meaning: "Asked again for 2 minutes; a refusal that stays ends the watch. The go-live may still run.",
  says: "The go-live of contoso/contoso-app can no longer be observed",
};

const once: CenterCase = { times: "once", ending: waitedOut, timeFactor: 20 };
const timedOut: CenterCase = { ...once, timeoutMinutes: 5, timeFactor: 100 };
const paused: CenterCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 };
const always: CenterCase = { times: "always", ending: neverSeen, timeoutMinutes: 0.2, timeFactor: 40 };
const stays: CenterCase = { times: "always", ending: lost, timeoutMinutes: 10, timeFactor: 120 };

/** Faults of the question how the submission stands. */
export const SUBMISSION_CELLS: Readonly<Record<CenterFaultName, Cell<CenterCase>>> = {
  resetBefore: [once, always],
  resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
  headerStall: [timedOut],
  bodyStall: [timedOut],
  page400: [once],
  backend400: [once],
  http401: [once, stays],
  http403: [once, stays],
  http404: [once],
  http408: [once],
  http409: [once],
  http429: [paused],
  http500: [once, always],
  http502: [once],
  http503: [paused],
  nothing: [once, always],
  empty: [once],
  truncated: [once],
  huge: [once],
  redirect: [once],
};
