import type { AcceptedJob } from "../../../emulator/product-ingestion/plan.ts";
import type { ProductIngestion } from "../../../emulator/product-ingestion/product-ingestion.ts";
import type { JobState, Route } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { RecordedRequest } from "../../../emulator/wire/journal.ts";
import type { Schedule } from "./schedule.ts";

/** What a location of this API's names. */
export interface Place {
  readonly jobId: string | undefined;
  readonly submission: string | undefined;
}

/** What a location names, in lower case. */
export function placeOf(location: string | undefined): Place {
  const [, jobId] = /\/configure\/([^/?#]+)\/status/.exec(location ?? "") ?? [];
  const [submission] = /submission\/[0-9a-f-]{36}\/\d+/i.exec(location ?? "") ?? [];
  return { jobId: jobId?.toLowerCase(), submission: submission?.toLowerCase() };
}

/** How a job truly is; undefined when the service has no such job. */
export function stateOf(jobId: string, emulator: ProductIngestion): JobState | undefined {
  try {
    return emulator.jobState(jobId);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether submissions show the end of a push before it has truly come. */
export function showsEarly({ behaviour }: Schedule): boolean {
  return (behaviour.endShowsMs ?? 0) < 0;
}

/** Whether a push may have come of one of these requests. */
export function isOf({ atMs }: AcceptedJob, requests: readonly RecordedRequest<Route>[], schedule: Schedule): boolean {
  const { clockOffsetMs = 0 } = schedule.behaviour;
  const delaysMs = [0, ...schedule.faults.map(({ carriedOutAfterMs = 0 }) => carriedOutAfterMs)];
  return requests.some(
    (request) =>
      request.route === "configure" &&
      delaysMs.some((delayMs) => Math.abs(request.atMs + clockOffsetMs + delayMs - atMs) < 0.05),
  );
}

/** Whether a push had truly ended, without having gone live for good, when the other was accepted. */
export function endedBefore(
  one: AcceptedJob,
  other: AcceptedJob,
  { product, behaviour }: Schedule,
  emulator: ProductIngestion,
) {
  const state = emulator.jobState(one.jobId);
  // It may have been cancelled before its time.
  const plannedMs = state === "cancelled" ? 0 : (behaviour.notStartedMs ?? 0) + (product.push.durationMs ?? 0);
  const isNew = one.submissionId !== other.submissionId || state !== "succeeded";
  return ["succeeded", "failed", "cancelled"].includes(state) && one.atMs + plannedMs <= other.atMs && isNew;
}
