import type { Ending, NamedCase } from "./fault-case.ts";
import { askedAgain, neverTold, refused } from "./look-cells.ts";

const TWO_EARLIER = [{ slot: "staging", endedAgoMs: 172_800_000 }, { slot: "staging" }] as const;
const pages: NamedCase = {
  title: "A list in several pages",
  form: "the next one on another origin",
  behaviour: { listPaging: "nextLink", listLinkOrigin: "https://pages.example" },
  history: TWO_EARLIER,
  ending: {
    ...neverTold,
    meaning: "A page that cannot be read may show a running go-live, so none is started.",
  },
  timeFactor: 60,
};

const listCases: readonly NamedCase[] = [
  {
    ...pages,
    form: "each names the next",
    behaviour: { listPaging: "nextLink" },
    ending: {
      ...askedAgain,
      meaning: "All pages are read, and the first once more, to see that nothing moved; then the go-live is started.",
      sent: "GET list ×3, GET status, POST goLive",
    },
    timeFactor: 10,
  },
  pages,
  {
    ...pages,
    form: "the next one under a token that no documented request takes",
    behaviour: { listPaging: "continuation" },
  },
  { ...pages, title: "A part of a list (HTTP 206)", form: "always", behaviour: { listPartial: true } },
];

const statusTitle = "The offer's status cannot be read";
const statusCases: readonly NamedCase[] = [
  {
    title: statusTitle,
    form: "HTTP 500, once",
    more: [{ on: "status", nth: 1, act: { kind: "status", status: 500 } }],
    ending: {
      ...askedAgain,
      meaning: "List and status are asked again after a pause, then the go-live is started.",
      sent: "(GET list, GET status) ×2, POST goLive",
    },
    timeFactor: 10,
  },
  ...(
    [
      ["HTTP 500, always", { kind: "status", status: 500 }],
      ["it names no status, always", { kind: "garbage", body: "{}" }],
    ] as const
  ).map(([form, act]): NamedCase => ({
    title: statusTitle,
    form,
    more: [{ on: "status", act }],
    ending: {
      ...neverTold,
      meaning: "Whether the offer waits for a go-live cannot be told, so none is started.",
      sent: "(GET list, GET status) ×6",
    },
    timeFactor: 60,
  })),
  {
    title: statusTitle,
    form: "HTTP 403, once",
    more: [{ on: "status", nth: 1, act: { kind: "status", status: 403 } }],
    ending: { ...refused, sent: "GET list, GET status" },
    timeFactor: 10,
  },
];

const notReady: Ending = {
  meaning: "No preview waits for the sign-off, so nothing is sent. The reason is that of a `dryRun`.",
  sent: "GET list, GET status",
  status: "rejected",
  exitCode: 1,
  says: "no preview waits for the publisher's sign-off",
  accepted: 0,
};
const stateCase: NamedCase = { title: "The offer is not ready", ending: notReady, timeFactor: 10 };
const stateCases: readonly NamedCase[] = [
  {
    ...stateCase,
    form: "it was never published",
    state: "neverPublished",
    ending: { ...notReady, says: "the offer was never published" },
  },
  {
    ...stateCase,
    form: "it is being published to preview",
    state: "publishing",
    ending: { ...notReady, says: "a publish to preview is running" },
  },
  { ...stateCase, form: "it is live, and no preview stands", state: "live" },
];

const adopted: Ending = {
  meaning:
    "The offer's status says that something runs: looked at again until the list shows the go-live; it is followed.",
  sent: "GET list, GET status, GET list",
  status: "running",
  exitCode: 0,
  says: "A go-live of this offer is already running",
  accepted: 1,
  truth: "running",
};
const EARLIER_TITLE = "An earlier run's go-live, which the status shows and the list does not yet";
/** What can bring a second go-live before anything was sent. */
export const UNSEEN_TITLE = "An earlier run's go-live, which neither list nor status shows yet";

const earlierCase: NamedCase = { title: EARLIER_TITLE, isBegun: true, ending: adopted, timeFactor: 50 };
const earlierCases: readonly NamedCase[] = [
  ...(
    [
      ["for 5 s", 2, "GET list, GET status, GET list"],
      ["for 1 minute", 5, "(GET list, GET status) ×4, GET list"],
      ["for 3 minutes", 9, "(GET list, GET status) ×8, GET list"],
    ] as const
  ).map(([form, listedFromNth, sent]): NamedCase => ({
    ...earlierCase,
    form,
    goLive: { durationMs: Infinity, listedFromNth },
    ending: { ...adopted, sent },
  })),
  {
    ...earlierCase,
    form: "for ever",
    behaviour: { listLagMs: Infinity },
    ending: {
      ...adopted,
      meaning: "Looked at again for a good 3 minutes; then the step fails, and nothing is sent.",
      sent: "(GET list, GET status) ×9",
      status: "rejected",
      exitCode: 1,
      says: "something runs for the offer, and its list does not show what",
    },
  },
  {
    ...earlierCase,
    title: UNSEEN_TITLE,
    form: "where the service refuses a second one, as its reference says",
    behaviour: { listLagMs: Infinity, statusLagMs: Infinity, secondGoLive: "conflict" },
    ending: {
      ...adopted,
      meaning: "The refusal is final; looks over 15 s show no go-live that could be its reason.",
      sent: "GET list, GET status, POST goLive, (GET list, GET status) ×5",
      status: "rejected",
      exitCode: 1,
      says: "No go-live of contoso/contoso-vm was started",
    },
  },
  {
    ...earlierCase,
    title: UNSEEN_TITLE,
    form: "where the service takes a second one",
    behaviour: { listLagMs: Infinity, statusLagMs: Infinity },
    ending: {
      ...adopted,
      meaning: "**A second go-live is started.** Nothing that the service shows tells of the first one.",
      sent: "GET list, GET status, POST goLive",
      says: "The go-live of contoso/contoso-vm was accepted and is under way",
      accepted: 2,
    },
  },
];

/** What else can be wrong with the look before anything is sent. */
export const LOOK_CASES: readonly NamedCase[] = [...listCases, ...statusCases, ...stateCases, ...earlierCases];
