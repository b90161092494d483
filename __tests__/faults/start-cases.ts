import { AFTER_THE_FIRST, type NamedCase } from "./fault-case.ts";
import { found, redirectRefused, sentAgain, unseen, untold } from "./start-cells.ts";

/** What can bring a second go-live after a sending without a clear answer. */
export const LAGGING_TITLE = "The answer is lost, and list and status both lag for more than 3 minutes";

const LOST = {
  times: "once",
  isCarriedOut: true,
  act: () => ({ kind: "reset", at: "request" }),
} as const satisfies Partial<NamedCase>;
const FOR_EVER = { listLagMs: Infinity, statusLagMs: Infinity } as const;

/** How long the list lags, in seconds: until the last look of all finds the go-live. */
const LAGS = [20, 60, 120, 180] as const;

const lagging: readonly NamedCase[] = LAGS.map((seconds) => ({
  ...LOST,
  title: "The answer is lost, and the list lags",
  form: `by ${seconds} s`,
  behaviour: { listLagMs: seconds * 1_000, statusLagMs: seconds * 1_000 },
  ending: { ...found, sent: "GET list, GET status, POST goLive, (GET list, GET status) ×n, GET list" },
  timeFactor: 50,
}));

const unclear: readonly NamedCase[] = [
  {
    ...LOST,
    title: "The answer is lost, and the list never shows the go-live",
    form: "but the offer's status does",
    behaviour: { listLagMs: Infinity },
    ending: unseen,
    timeFactor: 50,
  },
  {
    ...LOST,
    title: "The answer is lost, and the list never shows the go-live",
    form: "and the offer's status cannot be read",
    behaviour: { listLagMs: Infinity },
    more: [{ on: "status", nth: AFTER_THE_FIRST, act: { kind: "status", status: 500 } }],
    ending: {
      ...unseen,
      meaning: "After the last look both are asked six times more. Without the status nothing is sent again.",
      sent: "GET list, GET status, POST goLive, (GET list, GET status) ×17",
    },
    timeFactor: 50,
  },
  {
    ...LOST,
    title: LAGGING_TITLE,
    form: "where the service refuses a second one, as its reference says",
    behaviour: { ...FOR_EVER, secondGoLive: "conflict" },
    ending: {
      ...unseen,
      meaning: "Sent again and refused with 409: that may be about the first one, so nobody can tell.",
      sent: "GET list, GET status, POST goLive, (GET list, GET status) ×11, POST goLive, (GET list, GET status) ×5",
    },
    timeFactor: 50,
  },
  {
    ...LOST,
    title: LAGGING_TITLE,
    form: "where the service takes a second one",
    behaviour: FOR_EVER,
    ending: {
      ...sentAgain,
      meaning:
        "**A second go-live is started.** Nothing that the service shows tells this from a sending that was lost.",
      accepted: 2,
    },
    timeFactor: 50,
  },
];

const accepted: readonly NamedCase[] = ([200, 201, 204, 303] as const).flatMap((status) => [
  {
    title: `HTTP ${status} without a location`,
    form: "the list shows the go-live",
    behaviour: { acceptedStatus: status, location: "none" },
    ending: found,
    timeFactor: 10,
  },
  {
    title: `HTTP ${status} without a location`,
    form: "the list never shows a go-live",
    behaviour: { acceptedStatus: status, location: "none", ...FOR_EVER },
    ending: { ...untold, accepted: 1 },
    timeFactor: 50,
  },
]);

const redirected: readonly NamedCase[] = [301, 307, 308].map((status) => ({
  title: "A redirect to another origin",
  times: "once",
  isCarriedOut: false,
  form: `HTTP ${status}`,
  act: ({ elsewhere }) => ({ kind: "redirect", to: `${elsewhere}/api/operations/1`, status }),
  ending: redirectRefused,
  timeFactor: 10,
}));

/** What else can come of sending a go-live. */
export const START_CASES: readonly NamedCase[] = [...redirected, ...accepted, ...lagging, ...unclear];
