import { ASKED_PAUSE_MS } from "../fault.ts";
import type { Cell, Ending } from "../fault-case.ts";
import type { IngestionFaultName } from "./fault.ts";
import type { IngestionCase } from "./fault-case.ts";

/** The question of a look that is hit, and those around it. */
interface Question {
  readonly name: "GET product" | "GET submissions";
  readonly before: string;
  readonly after: string;
}

export function askedAgain({ name, before, after }: Question): Ending {
  return {
    meaning: "The question is asked again after a pause, then the preview is pushed.",
    sent: `${before}${name} ×2${after}, POST configure`,
    status: "running",
    exitCode: 0,
    says: "The go-live of contoso/contoso-vm was accepted and is under way",
    accepted: 1,
  };
}

export const refused: Ending = {
  meaning: "The refusal is final; nothing is pushed.",
  sent: "GET product, GET submissions",
  status: "rejected",
  exitCode: 1,
  says: "No go-live of contoso/contoso-vm was started",
  accepted: 0,
};

function lookCells(question: Question): Readonly<Record<IngestionFaultName, Cell<IngestionCase>>> {
  const { name, before } = question;
  const neverTold: Ending = {
    ...refused,
    meaning: "How the offer stands cannot be told, so nothing is pushed.",
    sent: `${before}${name} ×6`,
  };
  const once: IngestionCase = { times: "once", ending: askedAgain(question), timeFactor: 20 };
  const always: IngestionCase = { times: "always", ending: neverTold, timeFactor: 120 };
  const timedOut: IngestionCase = { ...once, timeFactor: 100 };
  const paused: IngestionCase = { ...once, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 };
  const final: IngestionCase = { ...once, ending: { ...refused, sent: `${before}${name}` } };
  return {
    resetBefore: [once, always],
    resetAfter: [{ ...once, act: () => ({ kind: "reset", at: "body" }), form: "in the middle of the answer" }],
    headerStall: [timedOut],
    bodyStall: [timedOut],
    page400: [final],
    http401: [final],
    http403: [final],
    http404: [final],
    http408: [once, always],
    http409: [final],
    http429: [paused, always],
    http500: [once, always],
    http502: [once, always],
    http503: [paused, always],
    nothing: [once, always],
    empty: [once, always],
    truncated: [once, always],
    huge: [once, always],
    redirect: [once, always],
  };
}

/** Faults of the look-up of the product. */
export const PRODUCT_CELLS = lookCells({ name: "GET product", before: "", after: ", GET submissions" });

/** Faults of the list of submissions that is read before anything is pushed. */
export const SUBMISSIONS_CELLS = lookCells({ name: "GET submissions", before: "GET product, ", after: "" });
