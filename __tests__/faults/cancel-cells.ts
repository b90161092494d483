import { ASKED_PAUSE_MS, type FaultName } from "./fault.ts";
import type { Cell, Ending, FaultCase } from "./fault-case.ts";

const answered: Ending = {
  meaning: "Only the status of the answer counts, and it is reported.",
  sent: "GET operation, POST cancel",
  exitCode: 0,
  says: "The service was asked to cancel the go-live. It took the wish",
  accepted: 1,
  truth: "canceled",
};

const askedAgain: Ending = {
  ...answered,
  meaning: "Asked again after a pause; that changes nothing where it was done already.",
  sent: "GET operation, POST cancel ×2",
};

const givenUp: Ending = {
  meaning: "Asked four times; the message says that the go-live may still run, and where.",
  sent: "GET operation, POST cancel ×4",
  exitCode: 1,
  says: "The go-live may still run",
  accepted: 1,
  truth: "running",
};

const refused: Ending = {
  ...givenUp,
  meaning: "The refusal is final; the message says that the go-live may still run, and where.",
  sent: "GET operation, POST cancel",
};

const tooLong: Ending = {
  ...givenUp,
  meaning: "The service asks for a pause of more than 2 minutes: the message says that the go-live may still run.",
  sent: "GET operation, POST cancel",
};

const lost: FaultCase = { times: "once", isCarriedOut: false, ending: askedAgain, timeFactor: 10 };
const lostAlways: FaultCase = { times: "always", isCarriedOut: false, ending: givenUp, timeFactor: 40 };
const done: FaultCase = { times: "once", isCarriedOut: true, ending: askedAgain, timeFactor: 10 };
const doneAlways: FaultCase = { ...lostAlways, isCarriedOut: true, ending: { ...givenUp, truth: "canceled" } };
const named: FaultCase = { times: "once", isCarriedOut: true, ending: answered, reason: null, timeFactor: 10 };
const paused: FaultCase = { ...lost, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 25 };

/** Faults of the request to cancel, which the post phase of a cancelled run sends with `onCancel: cancel`. */
export const CANCEL_CELLS: Readonly<Record<FaultName, Cell>> = {
  resetBefore: [lost, lostAlways],
  resetAfter: [done, doneAlways],
  headerStall: [
    { ...lost, timeFactor: 45 },
    { ...done, timeFactor: 45 },
  ],
  bodyStall: [{ ...named, mostMs: 25_000 }],
  http408: [lost, lostAlways],
  http409: [{ ...lost, ending: refused }],
  http429: [lost, lostAlways],
  http500: [lost, lostAlways, done],
  http502: [lost, lostAlways],
  http503Seconds: [paused],
  http503Date: [paused],
  http503Garbage: [lost],
  http503Huge: [{ ...lost, ending: tooLong }],
  http504: [lost, lostAlways, done],
  truncated: [{ ...named, act: () => ({ kind: "garbage", body: '{"stat' }) }],
  null: [named],
  wrongType: [named],
  empty: [named],
  huge: [named],
  redirect: [lost, lostAlways],
  otherOrigin: [named],
  noLocation: [named],
};
