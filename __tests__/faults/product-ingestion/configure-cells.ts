import type { Cell, Ending, SenselessCase } from "../fault-case.ts";
import type { IngestionFaultName } from "./fault.ts";
import type { IngestionCase } from "./fault-case.ts";

const START = "GET product, GET submissions, POST configure";

export const accepted: Ending = {
  meaning: "The job that the answer names is the go-live.",
  sent: START,
  status: "running",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm was accepted and is under way",
  accepted: 1,
};

export const found: Ending = {
  ...accepted,
  meaning: "The submissions show that very preview going live: it is followed without its job.",
  sent: `${START}, GET submissions`,
  says: "shows a go-live that was not there before the sending",
};

export const unknown: Ending = {
  meaning: "Never sent again: looks over 10 minutes do not show it, and a queued push looks the same.",
  sent: `${START}, GET submissions ×14`,
  status: "unknown",
  exitCode: 1,
  says: "Nobody can tell whether a go-live of contoso/contoso-vm was started",
  accepted: 0,
};

export const refused: Ending = {
  meaning: "The refusal is final.",
  sent: START,
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-vm was started",
  accepted: 0,
};

const inProgress: Ending = {
  ...refused,
  meaning: "The refusal is final; looks over 15 s show no other go-live that could be its reason.",
  sent: `${START}, GET submissions ×3`,
};

const turnedAway: Ending = {
  ...accepted,
  meaning:
    "Certainly not started: after the pause the submissions are read, and it is sent again if nothing has changed.",
  sent: `${START}, GET submissions, POST configure`,
};

const alwaysTurnedAway: Ending = {
  ...refused,
  meaning: "Sent three times, with a look before each.",
  sent: `${START}, (GET submissions, POST configure) ×2`,
};

const lost: IngestionCase = { times: "once", isCarriedOut: false, ending: unknown, timeFactor: 400 };
const done: IngestionCase = { times: "once", isCarriedOut: true, ending: found, timeFactor: 20 };
const slow: IngestionCase = { ...done, timeFactor: 200 };
const final: IngestionCase = { times: "once", isCarriedOut: false, ending: refused, timeFactor: 20 };
const both: Cell<IngestionCase> = [lost, done];
const carriedOut: SenselessCase = {
  senseless: "Carried out: the service's own refusal says that nothing was started.",
};

/** Faults of the request that pushes a preview live. */
export const CONFIGURE_CELLS: Readonly<Record<IngestionFaultName, Cell<IngestionCase>>> = {
  resetBefore: [lost],
  resetAfter: [done, { ...done, form: "in the middle of the answer", act: () => ({ kind: "reset", at: "body" }) }],
  headerStall: [lost, slow],
  bodyStall: [slow],
  page400: both,
  http401: [final, carriedOut],
  http403: [final, carriedOut],
  http404: [final, carriedOut],
  http408: both,
  http409: [{ ...final, ending: inProgress, timeFactor: 60 }, carriedOut],
  http429: [
    { ...final, ending: turnedAway, timeFactor: 40 },
    { ...final, times: "always", ending: alwaysTurnedAway, timeFactor: 60 },
    carriedOut,
  ],
  http500: both,
  http502: both,
  http503: both,
  nothing: both.map((entry) => ({ ...entry, reason: "the answer named no job" })),
  empty: both,
  truncated: [done],
  huge: [done],
  redirect: [{ ...final, form: "HTTP 302" }, carriedOut],
};
