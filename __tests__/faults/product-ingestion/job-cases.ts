import { AFTER_THE_FIRST, type Ending } from "../fault-case.ts";
import { waitedOut } from "./job-cells.ts";
import type { NamedIngestionCase } from "./fault-case.ts";

const START = "GET product, GET submissions, POST configure";

const bySubmission: Ending = {
  ...waitedOut,
  meaning: "After some minutes the submission is followed as well, and its end is the end.",
  sent: `${START}, GET job ×n, (GET submissions, GET job) ×n, GET submissions ×2`,
};

const gone: NamedIngestionCase = {
  title: "The job is lost for ever",
  form: "HTTP 404",
  product: { push: { durationMs: 600_000 } },
  behaviour: { jobLostAfterMs: 10_000 },
  timeoutMinutes: 60,
  ending: bySubmission,
  timeFactor: 400,
};

const failed: NamedIngestionCase = {
  title: "The job fails",
  form: "with errors within errors",
  product: { push: { durationMs: 0, outcome: "failed" } },
  ending: {
    ...waitedOut,
    meaning: "The innermost messages are told, with the submission that they are about.",
    sent: `${START}, GET job, GET submissions`,
    status: "failed",
    exitCode: 1,
    says: "Issues found during Certification.",
    truth: "failed",
  },
  timeFactor: 20,
};

const unlisted: Ending = {
  ...waitedOut,
  meaning: "Asked again for a good 3 minutes; then the step fails and tells both sides.",
  sent: `${START}, (GET job, GET submissions ×2) ×7`,
  status: "unknown",
  exitCode: 1,
  says: "contradict",
};

/** What else can happen while the job is watched. */
export const JOB_CASES: readonly NamedIngestionCase[] = [
  {
    title: "A fresh job is not found",
    form: "HTTP 404 for 10 s",
    product: { push: { durationMs: 15_000 } },
    behaviour: { jobLagMs: 10_000 },
    ending: { ...waitedOut, sent: `${START}, GET job ×n, GET submissions ×n` },
    timeoutMinutes: 10,
    timeFactor: 40,
  },
  gone,
  { ...gone, form: "HTTP 410", behaviour: { jobLostAfterMs: 10_000, jobLostStatus: 410 } },
  {
    ...gone,
    form: "HTTP 404, and the push fails",
    product: { push: { durationMs: 600_000, outcome: "failed" } },
    ending: {
      ...bySubmission,
      meaning: "The submission is followed; it tells that the go-live failed, and no reason.",
      status: "failed",
      exitCode: 1,
      says: "failed",
      truth: "failed",
    },
  },
  {
    title: "A word that nobody knows",
    form: "while the job runs",
    product: { push: { durationMs: 15_000 } },
    behaviour: { jobWords: { running: "certifying" } },
    ending: {
      ...waitedOut,
      meaning: "It means that the job still runs; a warning quotes it.",
      sent: `${START}, GET job ×n, GET submissions ×n`,
      says: "certifying",
    },
    timeoutMinutes: 10,
    timeFactor: 40,
  },
  failed,
  {
    title: "The job is cancelled in Partner Center",
    product: { push: { durationMs: Infinity } },
    happenings: [{ what: "jobCancelled", when: { after: "job" } }],
    ending: {
      ...waitedOut,
      meaning: "Said so; the step fails.",
      sent: `${START}, GET job ×2, GET submissions`,
      status: "canceled",
      exitCode: 1,
      says: "canceled",
      truth: "canceled",
    },
    timeFactor: 20,
  },
  {
    title: "The job has succeeded, and the submission is never listed as live",
    behaviour: { submissionsLagMs: Infinity, acceptanceShowsMs: Infinity, endShowsMs: Infinity },
    timeoutMinutes: 10,
    ending: unlisted,
    timeFactor: 120,
  },
  {
    title: "The job has succeeded, and the submission is listed as failed",
    product: { push: { durationMs: 0, entrySays: "failed" } },
    timeoutMinutes: 10,
    ending: unlisted,
    timeFactor: 120,
  },
  {
    title: "The job has succeeded, and the submissions cannot be read",
    form: "once",
    more: [{ on: "submissions", nth: 2, act: { kind: "status", status: 500 } }],
    ending: { ...waitedOut, sent: `${START}, GET job, GET submissions, GET job, GET submissions ×2` },
    timeFactor: 20,
  },
  {
    title: "The job has succeeded, and the submissions cannot be read",
    form: "never again",
    more: [{ on: "submissions", nth: AFTER_THE_FIRST, act: { kind: "status", status: 500 } }],
    ending: {
      ...unlisted,
      meaning: "Asked until `timeoutMinutes` are over: without them nobody can tell that it is live.",
      sent: `${START}, (GET job, GET submissions) ×n`,
      says: "could not be observed once",
    },
    timeFactor: 60,
  },
  {
    title: "The job has succeeded, and the submissions cannot be read",
    form: "never again, after they did not show it as live",
    behaviour: { submissionsLagMs: Infinity, acceptanceShowsMs: Infinity, endShowsMs: Infinity },
    more: [{ on: "submissions", nth: AFTER_THE_FIRST.slice(1), act: { kind: "status", status: 500 } }],
    timeoutMinutes: 10,
    ending: {
      ...unlisted,
      meaning:
        "Asked again for a good 3 minutes: what they did not show stays unbelieved, and the step tells both sides.",
      sent: `${START}, (GET job, GET submissions ×n) ×n`,
    },
    timeFactor: 120,
  },
  {
    title: "The job has succeeded, and the submissions cannot be read",
    form: "never again, after they showed it as failed",
    product: { push: { durationMs: 0, entrySays: "failed" } },
    more: [{ on: "submissions", nth: AFTER_THE_FIRST.slice(1), act: { kind: "status", status: 500 } }],
    timeoutMinutes: 10,
    ending: {
      ...unlisted,
      meaning:
        "Asked again for a good 3 minutes: what they contradicted stays unbelieved, and the step tells both sides.",
      sent: `${START}, (GET job, GET submissions ×n) ×n`,
    },
    timeFactor: 120,
  },
];
