/** What a request can ask of the service. `unknown` is a path or a method the service does not have. */
export const routes = [
  "product",
  "submissions",
  "submission",
  "configure",
  "job",
  "cancel",
  "resourceTree",
  "unknown",
] as const;

/** What a request asks of the service. */
export type Route = (typeof routes)[number];

/** What a job changes: the draft, the preview or the public marketplace. */
export type JobTarget = "draft" | "preview" | "live";

/** The end of a job. */
export type Outcome = "succeeded" | "failed" | "cancelled";

/** The true state of a job, whatever words the service has for it. */
export type JobState = "notStarted" | "running" | Outcome;

/** The service's words for a status and a result. */
export type Word = "notStarted" | "running" | "completed" | "pending" | Outcome;
