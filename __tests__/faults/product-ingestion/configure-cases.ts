import type { Happening } from "../../../emulator/product-ingestion/plan.ts";
import { accepted, found, refused, unknown } from "./configure-cells.ts";
import type { NamedIngestionCase } from "./fault-case.ts";

const FOR_EVER = { acceptanceShowsMs: Infinity, previewDuringPush: "stays" } as const;
const lost: NamedIngestionCase = {
  title: "The answer is lost, and the push is queued",
  times: "once",
  isCarriedOut: true,
  act: () => ({ kind: "reset", at: "request" }),
  ending: found,
  timeFactor: 300,
};

const replaced: Happening = { what: "previewReplaced", when: { before: "configure" } };
const withdrawn: Happening = { what: "previewWithdrawn", when: { before: "configure" } };
const pushed: Happening = { what: "pushStarted", when: { before: "configure" } };

const tried: NamedIngestionCase = {
  title: "Another preview takes the place of the one that was looked at, before it is pushed",
  happenings: [replaced],
  ending: {
    ...refused,
    meaning: "Only what was looked at is ever sent, and the service refuses it: “not the latest”.",
    sent: "GET product, GET submissions, POST configure, GET submissions ×3",
  },
  timeFactor: 60,
};

/** What else can come of a push. */
export const CONFIGURE_CASES: readonly NamedIngestionCase[] = [
  {
    ...lost,
    form: "it shows after 5 minutes",
    behaviour: { acceptanceShowsMs: 300_000, previewDuringPush: "stays" },
    ending: { ...found, sent: "GET product, GET submissions, POST configure, GET submissions ×n" },
  },
  { ...lost, form: "it never shows", behaviour: FOR_EVER, ending: { ...unknown, accepted: 1 }, timeFactor: 400 },
  {
    title: "HTTP 200 or 201 in place of 202",
    form: "HTTP 200",
    behaviour: { acceptedStatus: 200 },
    ending: accepted,
    timeFactor: 20,
  },
  tried,
  { ...tried, title: "The preview is withdrawn before it is pushed", happenings: [withdrawn] },
  {
    ...tried,
    title: "Somebody replaces the preview and pushes theirs, before this one is pushed",
    happenings: [replaced, pushed],
    ending: {
      ...accepted,
      meaning: "Refused, and the submissions show why: the other go-live is followed, and nothing more is sent.",
      sent: "GET product, GET submissions, POST configure, GET submissions",
      says: "A go-live of this offer is already running",
      accepted: 0,
    },
  },
];
