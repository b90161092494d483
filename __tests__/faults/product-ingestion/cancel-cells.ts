import { ASKED_PAUSE_MS } from "../fault.ts";
import type { Cell, Ending } from "../fault-case.ts";
import type { IngestionFaultName } from "./fault.ts";
import type { IngestionCase, NamedIngestionCase } from "./fault-case.ts";

const LOOK = "GET job, GET product";

const answered: Ending = {
  meaning: "Only the status of the answer counts, and it is reported.",
  sent: `${LOOK}, POST cancel`,
  exitCode: 0,
  says: "The service was asked to cancel the go-live",
  accepted: 1,
  truth: "canceled",
};

const askedAgain: Ending = {
  ...answered,
  meaning: "Asked again after a pause.",
  sent: `${LOOK}, POST cancel ×2`,
};

const tooLate: Ending = {
  ...answered,
  meaning: "Asked again after a pause, and told that the job has ended: it was canceled by then.",
  sent: `${LOOK}, POST cancel ×2`,
  says: "it is too late",
};

const givenUp: Ending = {
  ...answered,
  meaning: "Asked four times; the message says that the go-live may still run, and where.",
  sent: `${LOOK}, POST cancel ×4`,
  exitCode: 1,
  says: "The go-live may still run",
  truth: "running",
};

const refused: Ending = {
  ...givenUp,
  meaning: "The refusal is final; the message says that the go-live may still run, and where.",
  sent: `${LOOK}, POST cancel`,
};

const lost: IngestionCase = { times: "once", isCarriedOut: false, ending: askedAgain, timeFactor: 20 };
const lostAlways: IngestionCase = { times: "always", isCarriedOut: false, ending: givenUp, timeFactor: 60 };
const done: IngestionCase = { times: "once", isCarriedOut: true, ending: tooLate, timeFactor: 20 };
const named: IngestionCase = { ...done, ending: answered, reason: null };
const final: IngestionCase = { ...lost, ending: refused };

/** Faults of the request to cancel, which the post phase of a cancelled run sends with `onCancel: cancel`. */
export const CANCEL_CELLS: Readonly<Record<IngestionFaultName, Cell<IngestionCase>>> = {
  resetBefore: [lost, lostAlways],
  resetAfter: [done],
  headerStall: [{ ...lost, timeFactor: 100 }],
  bodyStall: [{ ...done, timeFactor: 100 }],
  page400: [final],
  http401: [final],
  http403: [final],
  http404: [final],
  http408: [lost],
  http409: [final],
  http429: [{ ...lost, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 }],
  http500: [lost, lostAlways, done],
  http502: [lost],
  http503: [{ ...lost, leastPauseMs: ASKED_PAUSE_MS, timeFactor: 40 }],
  nothing: [named],
  empty: [named],
  truncated: [named],
  huge: [named],
  redirect: [lost],
};

/** What else can come of the wish to cancel. */
export const CANCEL_CASES: readonly NamedIngestionCase[] = [
  {
    title: "The job has ended before",
    product: { push: { durationMs: 0 } },
    ending: {
      ...answered,
      meaning: "The look shows it: there is nothing left to cancel, and nothing is sent.",
      sent: "GET job, GET product, GET submissions",
      says: "Nothing was left to cancel",
      truth: "succeeded",
    },
    timeFactor: 20,
  },
  {
    title: "The job has ended by the time that it is asked",
    act: () => ({ kind: "status", status: 400, body: TOO_LATE }),
    ending: {
      ...answered,
      meaning: "The service says that it is too late, and so does the step.",
      says: "it is too late",
      truth: "running",
    },
    timeFactor: 20,
  },
  {
    title: "The job has come too far",
    behaviour: { cancelWithinMs: -1 },
    ending: { ...refused, says: "Cannot cancel job, job has progressed too far." },
    timeFactor: 20,
  },
  {
    title: "No job is known",
    form: "the push was found among the submissions",
    isJobUnknown: true,
    ending: {
      ...refused,
      meaning: "A go-live is canceled by its job only: nothing is sent, and that is said.",
      sent: "GET submissions, GET product",
      says: "a go-live can be canceled by its job only",
    },
    timeFactor: 20,
  },
];

const TOO_LATE = JSON.stringify({
  error: { code: "badRequest", message: "Cannot cancel job, job has already completed." },
});
