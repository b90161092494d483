import { AFTER_THE_FIRST, type Ending, type NamedCase } from "./fault-case.ts";

const believed: Ending = {
  meaning: "Operation, list and status are asked again until they agree; then the success is believed.",
  sent: "GET list, GET status, POST goLive, (GET operation, GET list, GET status) ×2",
  status: "succeeded",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm succeeded",
  accepted: 1,
};

const contradicted: Ending = {
  meaning:
    "Asked again for a good 3 minutes; then the step fails and tells both sides. Nobody can tell whether it is live.",
  sent: "GET list, GET status, POST goLive, (GET operation, GET list, GET status) ×7",
  status: "unknown",
  exitCode: 1,
  says: "contradict",
  accepted: 1,
};

const title = "A success that something contradicts";
const waits: NamedCase = {
  title,
  form: "the offer's status still waits for the sign-off",
  behaviour: { statusAfterSuccess: "waiting" },
  ending: contradicted,
  timeFactor: 50,
};
const soon: NamedCase = { ...waits, ending: believed, timeFactor: 10 };
const unread: NamedCase = {
  ...waits,
  title: "A success, while list or status cannot be read",
  behaviour: {},
};
const unheard: Ending = {
  ...believed,
  meaning:
    "Asked again for a good 3 minutes. What cannot be had then contradicts nothing, and the operation's word counts.",
};
const sharedTitle = "A shared location that shows the success of the preview";

/** What can be wrong about a success. */
export const END_CASES: readonly NamedCase[] = [
  {
    ...soon,
    form: "the offer's status still waits for the sign-off, for 4 s",
    behaviour: { statusAfterSuccess: "waiting", statusAfterSuccessMs: 4_000 },
  },
  waits,
  {
    ...soon,
    form: "the list still says that it runs, for 4 s",
    behaviour: { listStateLagMs: 4_000 },
    goLive: { durationMs: 1 },
    ending: {
      ...believed,
      sent: "GET list, GET status, POST goLive, GET operation, GET list, GET operation, GET list, GET status",
    },
  },
  {
    ...waits,
    form: "the list goes on saying that it runs",
    behaviour: { listStateLagMs: 3_600_000 },
    goLive: { durationMs: 1 },
    ending: { ...contradicted, sent: "GET list, GET status, POST goLive, (GET operation, GET list) ×7" },
  },
  {
    ...waits,
    form: "the list says that it is a publish to preview",
    behaviour: { listEntries: { production: { slot: "staging", submissionType: "publish" } } },
  },
  { ...waits, form: "its own last step has failed", behaviour: { liveStepAtEnd: "failed" } },
  {
    ...waits,
    ...unread,
    form: "the list cannot, for 1 minute",
    more: [{ on: "list", nth: [2, 3, 4, 5], act: { kind: "status", status: 500 } }],
    ending: {
      ...believed,
      meaning: "Asked again; once both are read and do not contradict it, the success is believed.",
      sent: "GET list, GET status, POST goLive, GET operation, GET list ×5, GET status",
    },
  },
  {
    ...unread,
    form: "the list never can",
    more: [{ on: "list", nth: AFTER_THE_FIRST, act: { kind: "status", status: 500 } }],
    ending: { ...unheard, sent: "GET list, GET status, POST goLive, GET operation, GET list ×28" },
  },
  {
    ...unread,
    form: "the status never can",
    more: [{ on: "status", nth: AFTER_THE_FIRST, act: { kind: "status", status: 500 } }],
    ending: { ...unheard, sent: "GET list, GET status, POST goLive, GET operation, (GET list, GET status) ×7" },
  },
  {
    ...unread,
    form: "the status never may (HTTP 403)",
    more: [{ on: "status", nth: AFTER_THE_FIRST, act: { kind: "status", status: 403 } }],
    ending: {
      ...believed,
      meaning: "A refusal is an answer and contradicts nothing: the operation's word counts at once.",
      sent: "GET list, GET status, POST goLive, GET operation, GET list, GET status",
    },
    timeFactor: 10,
  },
  {
    title: sharedTitle,
    form: "for 2 minutes, while the go-live takes 1 minute",
    behaviour: { location: "notMigrated", sharedShowsPreviewMs: 120_000 },
    goLive: { durationMs: 60_000 },
    ending: {
      ...believed,
      meaning: "A success there counts only once the list shows that the go-live itself has succeeded.",
      sent: "GET list, GET status, POST goLive, (GET operation, GET list) ×n, (GET operation, GET list, GET status) ×n",
    },
    timeoutMinutes: 5,
    timeFactor: 50,
  },
  {
    title: sharedTitle,
    form: "for ever, while the go-live runs",
    behaviour: { location: "notMigrated", sharedShowsPreviewMs: Infinity },
    goLive: { durationMs: Infinity },
    ending: {
      ...contradicted,
      meaning: "Asked until `timeoutMinutes` are over; that success is never taken for the go-live's.",
      says: "The go-live of contoso/contoso-vm could not be observed once",
      sent: "GET list, GET status, POST goLive, (GET operation, GET list) ×n",
    },
    timeFactor: 50,
  },
];
