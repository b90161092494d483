import type { Behaviour } from "./behaviour.ts";
import { type Job, endOf, stateAt } from "./job.ts";
import { type Product, submissionId } from "./product.ts";
import { schemaOf } from "./schema-version.ts";
import type { JobState, Word } from "./vocabulary.ts";

/** The service's words for a status and a result, before any is replaced. */
export interface StateWords {
  readonly status: Word;
  readonly result: Word;
}

/** How the service says a state: in two words. */
export function wordsOf(state: JobState): StateWords {
  if (state === "notStarted" || state === "running") return { status: state, result: "pending" };
  return { status: "completed", result: state };
}

/** A time as the service writes it, with seven digits. */
export function timeText(atMs: number): string {
  return new Date(atMs).toISOString().replace("Z", "4567Z");
}

/** A job as the service answers it at that time. */
export function jobBody(product: Product, job: Job, nowMs: number, behaviour: Behaviour): object {
  const state = stateAt(job, nowMs);
  const hasEnded = nowMs >= endOf(job).atMs;
  const shown = hasEnded ? (job.plan.jobSays ?? state) : state;
  const { status, result } = wordsOf(shown);
  return {
    $schema: schemaOf("configure-status", "2022-03-01-preview2", behaviour),
    [behaviour.jobIdName]: job.id,
    jobStatus: behaviour.jobWords[status] ?? status,
    jobResult: behaviour.jobWords[result] ?? result,
    jobStart: timeText(job.acceptedAtMs),
    jobEnd: jobEnd(job, nowMs, behaviour),
    ...(behaviour.resourceUri === "none" ? {} : { resourceUri: resourceUri(job) }),
    errors: shown === "failed" ? errorsOf(product, job) : [],
  };
}

function jobEnd(job: Job, nowMs: number, { jobEnd: spelling }: Behaviour): string {
  switch (spelling) {
    case "end":
      return nowMs < endOf(job).atMs ? "0001-01-01T00:00:00" : timeText(endOf(job).atMs);
    case "early":
      return timeText(Math.min(job.startsAtMs + 1_000, nowMs));
    case "yearOne":
      return "0001-01-01T00:00:00";
    case "yearOneDate":
      return "0001-01-01";
  }
}

function resourceUri(job: Job): string {
  return `https://product-ingestion.mp.microsoft.com/configure/${job.id}`;
}

function errorsOf(product: Product, job: Job): unknown {
  const resourceId = submissionId(product, job.number);
  if (job.refusal !== undefined) {
    const details = [{ code: "invalidState", message: job.refusal }];
    return [{ resourceId, code: "badRequest", message: "Invalid resource", details }];
  }
  return job.plan.errors ?? [{ resourceId, ...certificationVerdict }];
}

/** What certification says when it has found something. */
const certificationVerdict = {
  code: "internalServerError",
  message: "Operation failed",
  details: [
    {
      code: "invalidState",
      message: "Certification",
      details: [{ code: "invalidState", message: "Issues found during Certification." }],
    },
  ],
} as const;
