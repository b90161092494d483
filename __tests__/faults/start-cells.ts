import { ASKED_PAUSE_MS, type FaultName } from "./fault.ts";
import type { Cell, Ending, FaultCase, SenselessCase } from "./fault-case.ts";

const accepted: Ending = {
  meaning: "The status and the location count, not the body: the go-live is accepted.",
  sent: "GET list, GET status, POST goLive",
  status: "running",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm was accepted and is under way",
  accepted: 1,
};

export const found: Ending = {
  ...accepted,
  meaning: "The list shows the go-live: it is followed, and nothing more is sent.",
  sent: "GET list, GET status, POST goLive, GET list",
  says: "shows a go-live that was not there before the sending",
};

export const sentAgain: Ending = {
  ...accepted,
  meaning:
    "Looks over 3 minutes show no go-live, and the offer still waits for the sign-off: the go-live is sent again.",
  sent: "GET list, GET status, POST goLive, (GET list, GET status) ×11, POST goLive",
};

const gaveUp: Ending = {
  meaning: "Sent three times. After each, looks over 3 minutes show no go-live, and the offer still waits.",
  sent: "GET list, GET status, (POST goLive, (GET list, GET status) ×11) ×3",
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-vm was started",
  accepted: 0,
};

const tooLong: Ending = {
  ...gaveUp,
  meaning:
    "Looks over 3 minutes show no go-live, and the service asks for a pause of more than 15 minutes: not sent again.",
  sent: "GET list, GET status, POST goLive, (GET list, GET status) ×11",
};

const refused: Ending = {
  ...gaveUp,
  meaning: "The refusal is final; looks over 15 s show no other go-live that could be its reason.",
  sent: "GET list, GET status, POST goLive, (GET list, GET status) ×5",
};

export const redirectRefused: Ending = {
  ...gaveUp,
  meaning: "Nothing was started at this address, and a redirect is not followed: said at once.",
  sent: "GET list, GET status, POST goLive",
};

const adopted: Ending = {
  ...accepted,
  meaning: "The list shows that a go-live is running: it is followed.",
  sent: "GET list, GET status, POST goLive, GET list",
  says: "A go-live of this offer is already running",
};

const turnedAway: Ending = {
  ...accepted,
  meaning: "The go-live was certainly not started, so it is sent again after a pause.",
  sent: "GET list, GET status, POST goLive ×2",
};

const alwaysTurnedAway: Ending = {
  ...gaveUp,
  meaning: "Sent three times, with growing pauses.",
  sent: "GET list, GET status, POST goLive ×3",
};

export const unseen: Ending = {
  meaning: "Looks over 3 minutes show no go-live, but the offer waits for none any more: nothing more is sent.",
  sent: "GET list, GET status, POST goLive, (GET list, GET status) ×11",
  status: "unknown",
  exitCode: 1,
  says: "Nobody can tell whether a go-live of contoso/contoso-vm was started",
  accepted: 1,
};

export const untold: Ending = {
  ...unseen,
  meaning:
    "The service said that it took the go-live, so it is never sent again, though looks over 3 minutes do not show it.",
  sent: "GET list, GET status, POST goLive, (GET list, GET status) ×11",
  accepted: 0,
};

const lost: FaultCase = { times: "once", isCarriedOut: false, ending: sentAgain, timeFactor: 50 };
const lostAlways: FaultCase = { times: "always", isCarriedOut: false, ending: gaveUp, timeFactor: 60 };
const done: FaultCase = { times: "once", isCarriedOut: true, ending: found, timeFactor: 10 };
const doneAlways: FaultCase = { ...done, times: "always" };
const named: FaultCase = { times: "once", isCarriedOut: true, ending: accepted, reason: null, timeFactor: 10 };
const paused: FaultCase = { ...lost, leastPauseMs: ASKED_PAUSE_MS };

const takenForSure: SenselessCase = {
  senseless: "Not carried out: a success that names the operation is the service's word that it took the go-live.",
};

const redirectIsNone: SenselessCase = {
  senseless: "Carried out: a redirect other than 303 says that this address does nothing.",
};

/** An answer that is none of the service's: a success that names no location. */
function fromBetween(body: string): FaultCase {
  return {
    times: "once",
    isCarriedOut: false,
    form: "HTTP 200 without a location, from something in between",
    act: () => ({ kind: "status", status: 200, body }),
    reason: "the answer named no usable location of the operation",
    ending: untold,
    timeFactor: 50,
  };
}

/** Faults of the request that starts the go-live. */
export const START_CELLS: Readonly<Record<FaultName, Cell>> = {
  resetBefore: [lost, lostAlways],
  resetAfter: [
    done,
    doneAlways,
    { ...named, form: "in the middle of the answer", act: () => ({ kind: "reset", at: "body" }) },
  ],
  headerStall: [lost, { ...done, timeFactor: 45 }],
  // The body is not waited for: a run that is cancelled meanwhile would lose the location.
  bodyStall: [{ ...named, mostMs: 25_000 }, takenForSure],
  http408: [lost, lostAlways, done],
  http409: [
    { ...lost, ending: refused, timeFactor: 40 },
    { ...done, ending: adopted, reason: null, form: "because a go-live got in between" },
  ],
  http429: [
    { ...lost, ending: turnedAway, timeFactor: 10 },
    { ...lostAlways, ending: alwaysTurnedAway, timeFactor: 40 },
    { senseless: "Carried out: a 429 says that the request was turned away." },
  ],
  http500: [lost, lostAlways, done, doneAlways],
  http502: [lost, lostAlways, done],
  http503Seconds: [paused, done],
  http503Date: [paused, done],
  http503Garbage: [lost, done],
  http503Huge: [{ ...lost, ending: tooLong }, done],
  http504: [lost, done],
  truncated: [{ ...named, act: () => ({ kind: "garbage", body: '{"stat' }) }, fromBetween('{"stat')],
  null: [named, fromBetween("null")],
  wrongType: [named, fromBetween("42")],
  empty: [named, fromBetween("")],
  huge: [named, takenForSure],
  redirect: [
    { ...lost, ending: redirectRefused, form: "HTTP 302", timeFactor: 10 },
    { ...lostAlways, ending: redirectRefused, form: "HTTP 302", timeFactor: 10 },
    redirectIsNone,
  ],
  otherOrigin: [done, { ...lost, ending: untold, timeFactor: 50 }],
  noLocation: [done, { ...lost, ending: untold, timeFactor: 50 }],
};
