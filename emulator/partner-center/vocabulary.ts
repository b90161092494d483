/** What a request can ask of the service. `unknown` is a path or a method that is not played. */
export const routes = [
  "products",
  "product",
  "submissions",
  "submission",
  "workflowDetails",
  "validations",
  "reports",
  "promote",
  "delete",
  "unknown",
] as const;

/** What a request asks of the service. */
export type Route = (typeof routes)[number];

/** Where a submission truly stands, whatever words the service has for it. */
export type Stage =
  /** A submission to preview is put together. */
  | "assembling"
  /** It could not be put together: it never started. */
  | "invalid"
  /** Its publish to preview runs. */
  | "submitted"
  /** Its publish, to preview or live, has failed. */
  | "failed"
  | "failedInCertification"
  | "canceled"
  /** The preview stands and waits for the publisher. */
  | "ready"
  /** The preview stands, and something is being done to it. */
  | "updating"
  /** The preview stands, and what was done to it last has failed. */
  | "updateFailed"
  /** A go-live runs. */
  | "publishing"
  /** It has been pushed, and is not in the store yet. */
  | "published"
  /** It is in the store. */
  | "live"
  /** It is not there: not yet, or not any more. */
  | "absent";

/** A stage in which the submission is there. */
export type PresentStage = Exclude<Stage, "absent">;

/** The end of a go-live. `ready`: it was withdrawn, and waits for the publisher again; `absent`: it has gone. */
export type GoLiveOutcome = Extract<
  Stage,
  "live" | "failed" | "failedInCertification" | "canceled" | "updateFailed" | "ready" | "absent"
>;

/** The service's words for the type of a product; it has others. */
export type ProductType =
  | "AzureApplication"
  | "AzureContainer"
  | "AzureThirdPartyVirtualMachine"
  | "AzureDynamics365BusinessCentral"
  | "AzureDynamics365ForCustomerEngagement"
  | "AzureDynamics365ForOperations"
  | "SoftwareAsAService";
