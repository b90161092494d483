import type { GoLivePlan } from "../../../emulator/partner-center/plan.ts";
import type { Ending } from "../fault-case.ts";
import { FIRST } from "../../partner-center/submission.ts";
import { GLANCE, START, waitedOut } from "./submission-cells.ts";
import type { NamedCenterCase } from "./fault-case.ts";

const WATCHED = `${START}, (GET submission, GET workflowDetails) ×n`;
const IN_STORE = { id: FIRST, state: "Published", substate: "InStore", pendingUpdateInfo: { status: "Completed" } };
const FAILURE = {
  failureReason: "Active validation errors",
  validations: [{ errorCode: "Resell-20007", message: "ResellerConfiguration module is missing.." }],
  reports: [{ status: "Failed" }],
} as const;

const seen: Ending = { ...waitedOut, sent: `${WATCHED}, GET submissions` };

/** A case in which the go-live goes like that. */
function going(title: string, goLive: GoLivePlan, ending: Partial<Ending>): NamedCenterCase {
  return { title, product: { goLive }, timeoutMinutes: 60, ending: { ...seen, ...ending }, timeFactor: 200 };
}

const failed = {
  sent: `${WATCHED}, GET validations, GET reports, GET submissions`,
  status: "failed",
  exitCode: 1,
  truth: "failed",
} as const satisfies Partial<Ending>;

const lost = {
  status: "unknown",
  exitCode: 1,
} as const satisfies Partial<Ending>;

/** What else can happen while a submission is watched. */
export const SUBMISSION_CASES: readonly NamedCenterCase[] = [
  {
    ...going(
      "Nothing shows of a promote that was accepted",
      { queuedMs: 600_000, durationMs: 60_000 },
      {
        meaning: "Borne for 15 minutes: a submission that still waits has not begun.",
        sent: `${START}, GET submission ×n, (GET submission, GET workflowDetails) ×n, GET submissions`,
      },
    ),
    form: "for 10 minutes",
    timeFactor: 300,
  },
  {
    ...going(
      "Nothing shows of a promote that was accepted",
      { queuedMs: Infinity },
      {
        ...lost,
        meaning: "After 15 minutes the step fails: the service had taken it, and has not begun it since.",
        sent: `${START}, GET submission ×n`,
        says: "has not begun it since",
        truth: "failed",
      },
    ),
    form: "ever",
    timeFactor: 300,
  },
  going(
    "It is pushed, and not in the store yet",
    { durationMs: 240_000, publishedMs: 200_000 },
    { meaning: "`Published` beside `Published` is no end: waited for until it is in the store." },
  ),
  {
    ...going(
      "A word that nobody knows",
      { durationMs: 60_000 },
      {
        meaning: "It means that the go-live still runs; a warning quotes it.",
        says: "Pondering",
      },
    ),
    behaviour: { words: { publishing: { substate: "Pondering" } } },
  },
  ...(["notFound", "empty", "odd"] as const).map((workflowDetails) => ({
    ...going(
      "The details of the workflow cannot be used",
      { durationMs: 60_000 },
      {
        meaning: "They are words for the log alone: the submission decides.",
      },
    ),
    form: { notFound: "HTTP 404", empty: "empty", odd: "in another form" }[workflowDetails],
    behaviour: { workflowDetails },
  })),
  {
    ...going(
      "The go-live fails",
      { durationMs: 60_000, outcome: "failed", failure: FAILURE },
      {
        ...failed,
        meaning: "All that the service says of it is told: its reason, the findings, that there is a report.",
        says: "Active validation errors. Package: Resell-20007: ResellerConfiguration module is missing..",
      },
    ),
    form: "with reasons",
  },
  {
    ...going(
      "The go-live fails",
      { durationMs: 60_000, outcome: "failedInCertification" },
      {
        ...failed,
        meaning: "Said so; the step fails.",
        says: "The service gives no reason.",
      },
    ),
    form: "without any",
  },
  going(
    "The preview waits for the publisher again",
    { durationMs: 60_000, outcome: "ready" },
    {
      ...failed,
      meaning: "It was on its way, so that is a failure: withdrawn, or failed.",
      says: "waits for the publisher again: withdrawn, or failed",
    },
  ),
  {
    ...going(
      "The go-live is cancelled in Partner Center",
      { durationMs: Infinity },
      {
        ...failed,
        meaning: "Said so; the step fails.",
        status: "canceled",
        says: "canceled",
        truth: "canceled",
      },
    ),
    happenings: [{ what: "goLiveCanceled", when: { after: "submission", nth: 2 } }],
  },
  {
    ...going(
      "The address of the submission is not found",
      { durationMs: 600_000 },
      {
        meaning: "After some minutes the list is followed, and what it shows is the end.",
        sent: `${START}, (GET submission ×n, GET submissions) ×n, GET submissions`,
      },
    ),
    form: "and the list shows it",
    more: [{ on: "submission", act: { kind: "status", status: 404 } }],
    timeFactor: 300,
  },
  {
    ...going(
      "The address of the submission is not found",
      { durationMs: 60_000, outcome: "absent" },
      {
        ...lost,
        meaning: "After some minutes the step fails, and says that nobody can tell.",
        sent: `${WATCHED}, (GET submission ×n, GET submissions) ×n`,
        says: "can no longer be observed",
        truth: "failed",
      },
    ),
    form: "and the list does not show it either",
    timeFactor: 300,
  },
  {
    ...going(
      "It says that it is live, and the list shows it on its way",
      { durationMs: Infinity },
      {
        ...lost,
        meaning: "Asked again for a good 3 minutes; then the step fails and tells both sides.",
        sent: `${START}, (${GLANCE}, GET submissions ×n) ×n`,
        says: "contradict",
        truth: "running",
      },
    ),
    more: [{ on: "submission", act: { kind: "garbage", body: JSON.stringify(IN_STORE) } }],
    timeFactor: 120,
  },
  {
    ...going(
      "It is in the store, and the submissions cannot be read",
      { durationMs: 0 },
      {
        meaning: "Waited out: the question is asked again, and the end is seen.",
        sent: `${START}, ${GLANCE}, GET submissions ×2`,
      },
    ),
    form: "once",
    more: [{ on: "submissions", nth: 2, act: { kind: "status", status: 500 } }],
    timeFactor: 20,
  },
];
