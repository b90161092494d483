import { ASKED_PAUSE_MS, type FaultName } from "./fault.ts";
import type { Cell, Ending, FaultCase } from "./fault-case.ts";

export const waitedOut: Ending = {
  meaning: "Waited out: the question is asked again, and the end is seen.",
  sent: "GET list, GET status, POST goLive, GET operation ×2, GET list, GET status",
  status: "succeeded",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm succeeded",
  accepted: 1,
};

const seenAtDeadline: Ending = {
  ...waitedOut,
  meaning: "The pause ends with `timeoutMinutes`: a last question is asked then, and the end is seen.",
};

const neverSeen: Ending = {
  meaning: "Asked until `timeoutMinutes` are over, the last time just then.",
  sent: "GET list, GET status, POST goLive, GET operation ×n",
  status: "unknown",
  exitCode: 1,
  says: "The go-live of contoso/contoso-vm could not be observed once, and the wait ended after",
  accepted: 1,
};

const neverSeenAgain: Ending = {
  ...neverSeen,
  meaning: "The pause ends with `timeoutMinutes`: a last question is asked then, in vain.",
  sent: "GET list, GET status, POST goLive, GET operation ×2",
};

const neverAnswered: Ending = {
  ...neverSeen,
  meaning: "The question is given up after 30 s; `timeoutMinutes` are over by then.",
  sent: "GET list, GET status, POST goLive, GET operation",
};

export const lost: Ending = {
  meaning: "Asked again for 2 minutes; a refusal that stays ends the watch. The go-live may still run.",
  sent: "GET list, GET status, POST goLive, GET operation ×n",
  status: "unknown",
  exitCode: 1,
  says: "The go-live of contoso/contoso-vm can no longer be observed",
  accepted: 1,
};

const ignored: Ending = {
  ...waitedOut,
  meaning: "The location is not looked at.",
  sent: "GET list, GET status, POST goLive, GET operation, GET list, GET status",
};

const once: FaultCase = { times: "once", ending: waitedOut, timeFactor: 10 };
const timedOut: FaultCase = { ...once, timeFactor: 45 };
const paused: FaultCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 25 };
/** The usual pause is 1.5 s, up to a fifth shorter by chance. */
const always: FaultCase = {
  times: "always",
  ending: neverSeen,
  timeoutMinutes: 0.2,
  leastPauseMs: 1_200,
  timeFactor: 25,
};
const alwaysTimedOut: FaultCase = { times: "always", ending: neverAnswered, timeoutMinutes: 0.2, timeFactor: 45 };

/** Faults of the question how the operation stands. */
export const POLL_CELLS: Readonly<Record<FaultName, Cell>> = {
  resetBefore: [once, always],
  resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
  headerStall: [timedOut, alwaysTimedOut],
  bodyStall: [timedOut],
  http408: [once, always],
  http409: [once, { ...always, ending: lost, timeoutMinutes: 10, timeFactor: 50 }],
  http429: [once, always],
  http500: [once, always],
  http502: [once, always],
  http503Seconds: [paused],
  http503Date: [paused],
  http503Garbage: [once],
  http503Huge: [
    { ...paused, ending: seenAtDeadline, leastPauseMs: 5_000, timeoutMinutes: 0.2 },
    { ...always, ending: neverSeenAgain, leastPauseMs: 5_000 },
  ],
  http504: [once, always],
  truncated: [once, always],
  null: [once, always],
  wrongType: [once, always],
  empty: [once, always],
  huge: [once, always],
  redirect: [once, always],
  otherOrigin: [{ ...once, ending: ignored, reason: null }],
  noLocation: [{ senseless: "The answer never has one." }],
};
