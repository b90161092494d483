import type { Cell, Ending } from "../fault-case.ts";
import type { CenterFaultName } from "./fault.ts";
import type { CenterCase } from "./fault-case.ts";

const START = "GET products, GET submissions, POST promote";

export const accepted: Ending = {
  meaning: "The service's word that it took the go-live: the submission is the place to look at.",
  sent: START,
  status: "running",
  exitCode: 0,
  says: "The go-live of contoso/contoso-app was accepted and is under way",
  accepted: 1,
};

export const found: Ending = {
  ...accepted,
  meaning: "The submissions show that very preview going live: it is followed.",
  sent: `${START}, GET submissions`,
  says: "shows a go-live that was not there before the sending",
};

export const unknown: Ending = {
  meaning: "Never sent again: looks over 10 minutes do not show it, and a queued promote looks the same.",
  sent: `${START}, GET submissions ×14`,
  status: "unknown",
  exitCode: 1,
  says: "Nobody can tell whether a go-live of contoso/contoso-app was started",
  accepted: 0,
};

export const refused: Ending = {
  meaning: "The refusal is final; the submissions are read at once and a minute later, and have not moved.",
  sent: `${START}, GET submissions ×2`,
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-app was started",
  accepted: 0,
};

export const doubtful: Ending = {
  ...accepted,
  meaning: "The submissions show that it moved all the same, and nobody can tell by whom: it is followed.",
  sent: `${START}, GET submissions`,
  says: "Nobody can tell whether it was this step that started it",
};

/** After a door that was closed a go-live that runs is somebody else's. */
export const adopted: Ending = {
  ...doubtful,
  meaning: "The submissions show that it moved all the same: it is followed, as one that ran already.",
  says: "A go-live of this offer is already running",
};

const turnedAway: Ending = {
  ...accepted,
  meaning: "Turned away: after a pause the submissions are read, and it is sent again if nothing has changed.",
  sent: `${START}, GET submissions, POST promote`,
};

const lost: CenterCase = { times: "once", isCarriedOut: false, ending: unknown, timeFactor: 300 };
const done: CenterCase = { times: "once", isCarriedOut: true, ending: found, timeFactor: 20 };
const slow: CenterCase = { ...done, timeFactor: 100 };
const taken: CenterCase = { ...done, ending: accepted, reason: null };
const final: CenterCase = { times: "once", isCarriedOut: false, ending: refused, timeFactor: 100 };
const moved: CenterCase = { ...done, ending: doubtful, reason: null };
const behindDoor: CenterCase = { ...moved, ending: adopted };
const both: Cell<CenterCase> = [lost, done];
const refusal: Cell<CenterCase> = [final, moved];
const again: CenterCase = { ...final, ending: turnedAway, timeFactor: 40 };

/** Faults of the request that promotes a preview. */
export const PROMOTE_CELLS: Readonly<Record<CenterFaultName, Cell<CenterCase>>> = {
  resetBefore: [lost],
  resetAfter: [done, { ...taken, form: "in the middle of the answer", act: () => ({ kind: "reset", at: "body" }) }],
  headerStall: [{ ...lost, timeFactor: 150 }, slow],
  bodyStall: [taken],
  page400: refusal,
  backend400: refusal,
  http401: [
    again,
    {
      ...again,
      times: "always",
      ending: {
        ...refused,
        meaning: "Sent twice, with a look before the second; then the submissions are read as after a refusal.",
        sent: `${START}, GET submissions, POST promote, GET submissions ×2`,
      },
      timeFactor: 100,
    },
    behindDoor,
  ],
  http403: refusal,
  http404: refusal,
  http408: both,
  http409: refusal,
  http429: [
    again,
    {
      ...again,
      times: "always",
      ending: {
        ...refused,
        meaning: "Sent three times, with a look before each.",
        sent: `${START}, (GET submissions, POST promote) ×2`,
      },
      timeFactor: 60,
    },
    { ...behindDoor, timeFactor: 40 },
  ],
  http500: both,
  http502: both,
  http503: both,
  nothing: [taken],
  empty: [taken],
  truncated: [taken],
  huge: [taken],
  redirect: both,
};
