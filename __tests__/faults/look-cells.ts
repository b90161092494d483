import { ASKED_PAUSE_MS, type FaultName } from "./fault.ts";
import type { Cell, Ending, FaultCase } from "./fault-case.ts";

export const askedAgain: Ending = {
  meaning: "The question is asked again after a pause, then the go-live is started.",
  sent: "GET list ×2, GET status, POST goLive",
  status: "running",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm was accepted and is under way",
  accepted: 1,
};

export const neverTold: Ending = {
  meaning: "Whether a go-live runs cannot be told, so none is started.",
  sent: "GET list ×6",
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-vm was started",
  accepted: 0,
};

export const refused: Ending = {
  ...neverTold,
  meaning: "The refusal is final; no go-live is started.",
  sent: "GET list",
};

const tooLong: Ending = {
  ...neverTold,
  meaning: "The service asks for a pause of more than 15 minutes; no go-live is started.",
  sent: "GET list",
};

const ignored: Ending = {
  ...askedAgain,
  meaning: "The location is not looked at; the go-live is started.",
  sent: "GET list, GET status, POST goLive",
};

const once: FaultCase = { times: "once", ending: askedAgain, timeFactor: 10 };
const always: FaultCase = { times: "always", ending: neverTold, timeFactor: 60 };
const timedOut: FaultCase = { ...once, timeFactor: 45 };
const paused: FaultCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 25 };

/** It can neither be followed nor be overlooked. */
const NAMELESS = '[{"id":7,"slot":"production","submissionType":"goLive","submissionState":"running"}]';

/** Faults of the list that is read before a go-live is sent. */
export const LOOK_CELLS: Readonly<Record<FaultName, Cell>> = {
  resetBefore: [once, always],
  resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
  headerStall: [timedOut],
  bodyStall: [timedOut],
  http408: [once, always],
  http409: [{ ...once, ending: refused }],
  http429: [once, always],
  http500: [once, always],
  http502: [once, always],
  http503Seconds: [paused],
  http503Date: [paused],
  http503Garbage: [once],
  http503Huge: [{ ...once, ending: tooLong }],
  http504: [once, always],
  truncated: [once, always],
  null: [once, always],
  wrongType: [
    once,
    always,
    { ...once, form: "a list with other things than operations", act: () => ({ kind: "garbage", body: "[7, null]" }) },
    { ...once, form: "a list with a running go-live that has no id", act: () => ({ kind: "garbage", body: NAMELESS }) },
  ],
  empty: [once, always],
  huge: [once, always],
  redirect: [once, always],
  otherOrigin: [{ ...once, ending: ignored, reason: null }],
  noLocation: [{ senseless: "The list never has one." }],
};
