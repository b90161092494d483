import { ASKED_PAUSE_MS } from "../fault.ts";
import type { Cell, Ending } from "../fault-case.ts";
import type { IngestionFaultName } from "./fault.ts";
import type { IngestionCase } from "./fault-case.ts";

const START = "GET product, GET submissions, POST configure";

export const waitedOut: Ending = {
  meaning: "Waited out: the question is asked again, and the end is seen.",
  sent: `${START}, GET job ×2, GET submissions ×2`,
  status: "succeeded",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm succeeded",
  accepted: 1,
  truth: "succeeded",
};

const neverSeen: Ending = {
  ...waitedOut,
  meaning: "Asked until `timeoutMinutes` are over, the last time just then. The go-live goes on.",
  sent: `${START}, GET job ×n`,
  status: "unknown",
  exitCode: 1,
  says: "The go-live of contoso/contoso-vm could not be observed once, and the wait ended after",
};

export const lost: Ending = {
  ...neverSeen,
  meaning: "Asked again for 2 minutes; a refusal that stays ends the watch. The go-live may still run.",
  says: "The go-live of contoso/contoso-vm can no longer be observed",
};

const NO_STATUS = "the answer named no status";
const once: IngestionCase = { times: "once", ending: waitedOut, timeFactor: 20 };
const timedOut: IngestionCase = { ...once, timeoutMinutes: 5, timeFactor: 100 };
const paused: IngestionCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 };
const always: IngestionCase = { times: "always", ending: neverSeen, timeoutMinutes: 0.2, timeFactor: 40 };
const stays: IngestionCase = { times: "always", ending: lost, timeoutMinutes: 10, timeFactor: 120 };

/** Faults of the question how the job stands. */
export const JOB_CELLS: Readonly<Record<IngestionFaultName, Cell<IngestionCase>>> = {
  resetBefore: [once, always],
  resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
  headerStall: [timedOut],
  bodyStall: [timedOut],
  page400: [once, stays],
  http401: [once, stays],
  http403: [once, stays],
  http404: [once],
  http408: [once, always],
  http409: [once],
  http429: [paused, always],
  http500: [once, always],
  http502: [once, always],
  http503: [paused],
  nothing: [
    { ...once, reason: NO_STATUS },
    { ...always, reason: NO_STATUS },
  ],
  empty: [once, always],
  truncated: [once],
  huge: [once],
  redirect: [once, always],
};
