import type { NamedCase } from "./fault-case.ts";
import { STRAY_STATUSES } from "./fault.ts";
import { lost, waitedOut } from "./poll-cells.ts";

const stays: NamedCase = {
  title: "HTTP 403",
  times: "always",
  act: () => ({ kind: "status", status: 403 }),
  ending: lost,
  timeoutMinutes: 10,
  timeFactor: 50,
};

/** What else can happen while the operation is watched. */
export const POLL_CASES: readonly NamedCase[] = [
  ...STRAY_STATUSES.filter((status) => status !== 409).map((status): NamedCase => ({
    title: `HTTP ${status}`,
    times: "once",
    act: () => ({ kind: "status", status }),
    ending: waitedOut,
    timeFactor: 10,
  })),
  stays,
  { ...stays, title: "HTTP 410", act: () => ({ kind: "status", status: 410 }) },
  {
    ...stays,
    title: "HTTP 404",
    form: "while the list shows how the go-live ended",
    act: () => ({ kind: "status", status: 404 }),
    ending: {
      ...waitedOut,
      meaning: "After 5 minutes the list is read and followed, and its end is the end.",
      sent: "GET list, GET status, POST goLive, GET operation ×n, (GET list, GET status) ×2",
    },
    timeFactor: 60,
  },
  {
    title: "`Retry-After` of 3 days with every answer",
    form: "while the go-live takes 5 minutes",
    behaviour: { pollRetryAfter: "259200" },
    goLive: { durationMs: 300_000 },
    ending: {
      ...waitedOut,
      meaning: "The pause is cut to 10 minutes, and the log says what the service asked for.",
      says: "The service asks to be left alone for 3 d; it is asked again in 10 min",
    },
    leastPauseMs: 540_000,
    mostMs: 780_000,
    timeoutMinutes: 60,
    timeFactor: 100,
  },
];
