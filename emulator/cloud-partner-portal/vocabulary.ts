/** The end of an operation. */
export type EndedStatus = "succeeded" | "failed" | "canceled";

/** The true status of an operation, whatever word the service has for it. */
export type OperationStatus = "notStarted" | "running" | EndedStatus;

/** Where an operation brings an offer to: its preview (`staging`) or the public marketplace (`production`). */
export type Slot = "staging" | "production";

/** The service's words for a step's status. */
export type StepStatus =
  | "notStarted"
  | "inProgress"
  | "waitingForPublisherReview"
  | "blocked"
  | "rejected"
  | "complete"
  | "canceled"
  | "failed";

/** What a request can ask of the service. `unknown` is a path or a method the service does not have. */
export const routes = [
  "goLive",
  "publish",
  "operation",
  "list",
  "status",
  "cancel",
  "publishers",
  "offers",
  "offer",
  "saveOffer",
  "unknown",
] as const;

/** What a request asks of the service. */
export type Route = (typeof routes)[number];
