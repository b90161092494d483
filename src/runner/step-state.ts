/** The names of the state that the main phase leaves for the post phase. */
export const STATE = {
  /** That the step had begun. */
  phase: "phase",
  /** Which API was found to serve the offer. */
  api: "api",
  /** That a go-live is being sent. */
  sent: "sent",
  /** How the step came to the operation, an `Origin`, and where that is. */
  origin: "origin",
  location: "operationLocation",
  /** That the service has taken a cancel. */
  cancelAsked: "cancelAsked",
  /** That the step has said how it ended. */
  concluded: "concluded",
} as const;
