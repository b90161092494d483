import type { Cell, Ending } from "../fault-case.ts";
import { ASKED_PAUSE_MS } from "../fault.ts";
import type { CenterFaultName } from "./fault.ts";
import type { CenterCase } from "./fault-case.ts";

/** The question of a look that is hit, and those around it. */
interface Question {
  readonly name: "GET products" | "GET submissions";
  readonly before: string;
  readonly after: string;
}

export function askedAgain({ name, before, after }: Question): Ending {
  return {
    meaning: "The question is asked again after a pause, then the preview is promoted.",
    sent: `${before}${name} ×2${after}, POST promote`,
    status: "running",
    exitCode: 0,
    says: "The go-live of contoso/contoso-app was accepted and is under way",
    accepted: 1,
  };
}

export const refused: Ending = {
  meaning: "The refusal is final; nothing is promoted.",
  sent: "GET products, GET submissions",
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-app was started",
  accepted: 0,
};

function lookCells(question: Question): Readonly<Record<CenterFaultName, Cell<CenterCase>>> {
  const { name, before } = question;
  const neverTold: Ending = {
    ...refused,
    meaning: "How the offer stands cannot be told, so nothing is promoted.",
    sent: `${before}${name} ×6`,
  };
  const once: CenterCase = { times: "once", ending: askedAgain(question), timeFactor: 20 };
  const always: CenterCase = { times: "always", ending: neverTold, timeFactor: 120 };
  const timedOut: CenterCase = { ...once, timeFactor: 100 };
  const paused: CenterCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 };
  const final: CenterCase = { ...once, ending: { ...refused, sent: `${before}${name}` } };
  return {
    resetBefore: [once, always],
    resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
    headerStall: [timedOut],
    bodyStall: [timedOut],
    page400: [final],
    backend400: [final],
    http401: [final],
    http403: [final],
    http404: [final],
    http408: [once],
    http409: [final],
    http429: [paused],
    http500: [once, always],
    http502: [once],
    http503: [paused, always],
    nothing: [once, always],
    empty: [once],
    truncated: [once],
    huge: [once],
    redirect: [once],
  };
}

/** Faults of the look-up of the product. */
export const PRODUCTS_CELLS = lookCells({ name: "GET products", before: "", after: ", GET submissions" });

/** Faults of the list of submissions that is read before anything is promoted. */
export const SUBMISSIONS_CELLS = lookCells({ name: "GET submissions", before: "GET products, ", after: "" });
