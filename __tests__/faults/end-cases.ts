import type { Ending, NamedCase } from "./fault-case.ts";

const believed: Ending = {
  meaning: "Operation, list and status are asked again until they agree; then the success is believed.",
  sent: "GET list, POST goLive, (GET operation, GET list, GET status) ×2",
  status: "succeeded",
  exitCode: 0,
  says: "The go-live of contoso/contoso-vm succeeded",
  accepted: 1,
};

const contradicted: Ending = {
  meaning:
    "Asked again for a good 3 minutes; then the step fails and tells both sides. Nobody can tell whether it is live.",
  sent: "GET list, POST goLive, (GET operation, GET list, GET status) ×7",
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
  },
  {
    ...waits,
    form: "the list goes on saying that it runs",
    behaviour: { listStateLagMs: 3_600_000 },
    goLive: { durationMs: 1 },
  },
  {
    ...waits,
    form: "the list says that it is a publish to preview",
    behaviour: { listEntries: { production: { slot: "staging", submissionType: "publish" } } },
  },
  { ...waits, form: "its own last step has failed", behaviour: { liveStepAtEnd: "failed" } },
  {
    ...waits,
    title: "A success, while neither list nor status can be read",
    form: "always",
    behaviour: {},
    more: [
      { on: "list", nth: [2, 3, 4, 5], act: { kind: "status", status: 500 } },
      { on: "status", act: { kind: "status", status: 500 } },
    ],
    ending: {
      ...believed,
      meaning: "Each is asked four times; what cannot be had contradicts nothing, and the operation's word counts.",
      sent: "GET list, POST goLive, GET operation, GET list ×4, GET status ×4",
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
      sent: "GET list, POST goLive, (GET operation, GET list, GET status) ×n",
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
      sent: "GET list, POST goLive, (GET operation, GET list, GET status) ×n",
    },
    timeFactor: 50,
  },
];
