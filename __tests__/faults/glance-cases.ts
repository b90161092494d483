import type { Ending, NamedCase } from "./fault-case.ts";
import { STRAY_STATUSES } from "./fault.ts";

const askedAgain: Ending = {
  meaning: "One refusal may be a stray one: the question is asked again.",
  sent: "GET list, GET operation ×2",
  status: "running",
  exitCode: 0,
  says: "contoso/contoso-vm",
  accepted: 1,
  truth: "running",
};

const lost: Ending = {
  ...askedAgain,
  meaning: "Three refusals alike within 10 s are believed; the go-live may still run.",
  sent: "GET list, GET operation ×3",
  status: "unknown",
  exitCode: 1,
  says: "The go-live of contoso/contoso-vm can no longer be observed",
};

/** What can go wrong when an operation that the inputs name is looked at once. */
export const GLANCE_CASES: readonly NamedCase[] = [
  ...STRAY_STATUSES.map((status): NamedCase => ({
    title: `HTTP ${status}`,
    times: "once",
    act: () => ({ kind: "status", status }),
    ending: askedAgain,
    timeFactor: 10,
  })),
  { title: "HTTP 403", times: "always", act: () => ({ kind: "status", status: 403 }), ending: lost, timeFactor: 20 },
  {
    title: "HTTP 404",
    times: "always",
    form: "while the list shows the operation",
    act: () => ({ kind: "status", status: 404 }),
    ending: {
      ...askedAgain,
      meaning: "The list is read, and what it says is told.",
      sent: "GET list, GET operation ×3, GET list",
    },
    timeFactor: 20,
  },
  {
    title: "HTTP 404",
    times: "always",
    form: "and the list does not show the operation",
    act: () => ({ kind: "status", status: 404 }),
    behaviour: { listLagMs: Infinity },
    ending: { ...lost, sent: "GET list, GET status, GET operation ×3, GET list, GET status" },
    timeFactor: 20,
  },
  {
    title: "The operation is a publish to preview",
    form: "so the list says",
    behaviour: { listEntries: { production: { slot: "staging", submissionType: "publish" } } },
    ending: {
      ...lost,
      meaning: "Refused: a publish to preview makes nothing go live.",
      sent: "GET list, GET status",
      status: "rejected",
      says: "publish to preview",
    },
    timeFactor: 10,
  },
];
