import type { Happening } from "../../../emulator/partner-center/plan.ts";
import { accepted, adopted, doubtful, found, refused, unknown } from "./promote-cells.ts";
import { AFTER_THE_FIRST } from "../fault-case.ts";
import type { NamedCenterCase } from "./fault-case.ts";

const PAGE = "<!doctype html><html><head><title>Sign in</title></head><body></body></html>";

const queued: NamedCenterCase = {
  title: "The answer is lost, and the go-live is queued",
  times: "once",
  isCarriedOut: true,
  act: () => ({ kind: "reset", at: "request" }),
  ending: { ...found, sent: "GET products, GET submissions, POST promote, GET submissions ×n" },
  timeFactor: 300,
};

const page: NamedCenterCase = {
  title: "A page of HTML in place of the acceptance",
  times: "once",
  act: () => ({ kind: "garbage", body: PAGE, contentType: "text/html" }),
  ending: unknown,
  timeFactor: 300,
};

const replaced: Happening = { what: "previewReplaced", when: { before: "promote" } };
const withdrawn: Happening = { what: "previewWithdrawn", when: { before: "promote" } };
const promoted: Happening = { what: "promoteStarted", when: { before: "promote" } };

const tried: NamedCenterCase = {
  title: "Another preview takes the place of the one that was looked at, before it is promoted",
  happenings: [replaced],
  ending: { ...refused, meaning: "Only what was looked at is ever sent, and the service refuses it." },
  timeFactor: 100,
};

const another: NamedCenterCase = {
  ...tried,
  title: "Somebody else promotes the preview first",
  behaviour: { secondPromote: "conflict" },
  happenings: [promoted],
  ending: {
    ...doubtful,
    meaning: "Refused, and the submissions show why; whose go-live that is nobody can tell: it is followed.",
    accepted: 0,
  },
};

/** What else can come of a promote. */
export const PROMOTE_CASES: readonly NamedCenterCase[] = [
  { ...queued, form: "it shows after 5 minutes", product: { goLive: { queuedMs: 300_000, durationMs: Infinity } } },
  {
    ...queued,
    form: "it never shows",
    product: { goLive: { queuedMs: Infinity } },
    ending: { ...unknown, accepted: 1 },
    timeFactor: 300,
  },
  { ...page, isCarriedOut: false },
  { ...page, isCarriedOut: true, ending: found, timeFactor: 20 },
  {
    title: "Another success than HTTP 200 with the workflow",
    form: "HTTP 202 with a text",
    behaviour: { acceptedStatus: 202, acceptedBody: "text" },
    ending: accepted,
    timeFactor: 20,
  },
  {
    title: "Another success than HTTP 200 with the workflow",
    form: "HTTP 204",
    behaviour: { acceptedStatus: 204 },
    ending: accepted,
    timeFactor: 20,
  },
  {
    title: "It is refused, and the submissions cannot be read",
    times: "once",
    isCarriedOut: true,
    act: () => ({ kind: "status", status: 409 }),
    more: [{ on: "submissions", nth: AFTER_THE_FIRST, act: { kind: "status", status: 403 } }],
    ending: {
      ...unknown,
      meaning: "Nothing speaks for the refusal but the refusal: nobody can tell.",
      sent: "GET products, GET submissions, POST promote, GET submissions ×2",
      accepted: 1,
    },
    timeFactor: 100,
  },
  tried,
  { ...tried, title: "The preview is withdrawn before it is promoted", happenings: [withdrawn] },
  another,
  {
    ...another,
    title: "Somebody replaces the preview and promotes theirs first",
    happenings: [replaced, promoted],
    ending: {
      ...adopted,
      meaning: "Refused, and the submissions show the other go-live: it is followed, and nothing more is sent.",
      accepted: 0,
    },
  },
];
