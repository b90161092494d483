/** The five states that a marketplace can report of an operation. */
export type OperationStatus = "notStarted" | "running" | "succeeded" | "failed" | "canceled";

/**
 * What the action says of a go-live. Two words are its own: `rejected` (refused: nothing was started) and `unknown`
 * (it may have started or may still run, and could not be observed).
 */
export type Status = OperationStatus | "rejected" | "unknown";

/**
 * How a step stands. `waiting` is for people to act, of the publisher or of Microsoft; `blocked` is stopped until
 * something is mended; `rejected` is a failure that a reviewer has decided.
 */
export type StepStatus =
  "notStarted" | "running" | "waiting" | "blocked" | "rejected" | "succeeded" | "failed" | "canceled";

export type MessageLevel = "information" | "warning" | "error";

/** A message of the service: plain text, but still the service's: untrusted. */
export interface Message {
  readonly level: MessageLevel;
  readonly text: string;
}

/** One of the steps of an operation, as it was at one moment. All texts are the service's: untrusted. */
export interface Step {
  readonly id: string;
  readonly name: string;
  readonly status: StepStatus;
  /** The service's own word for `status`; empty when it has none. */
  readonly statusWord: string;
  /** Set of the step that puts the offer on the marketplace. */
  readonly makesLive?: true;
  /** 0 to 100, where the service says so. */
  readonly progressPercentage?: number;
  /** The service's own free text, such as `~2-5 days`. */
  readonly estimate?: string;
  readonly messages: readonly Message[];
}

/** What went wrong, in the service's own words: untrusted. */
export interface Fault {
  readonly code?: string;
  readonly text: string;
}

/** An address that the service names, with its text: untrusted. */
export interface Link {
  readonly text: string;
  readonly url: string;
}

/** One long-running operation of an offer, as it was at one moment. All texts are the service's: untrusted. */
export interface Operation {
  readonly status: OperationStatus;
  /** The service's own word for `status`. */
  readonly statusWord: string;
  /** False when the word is in no table; it then reads as `running`. */
  readonly isKnownWord: boolean;
  readonly fault?: Fault;
  readonly messages: readonly Message[];
  readonly steps: readonly Step[];
  readonly liveLinks: readonly Link[];
  /** Where the preview can be looked at, where the service says so. */
  readonly previewLinks?: readonly Link[];
  /** Set when it was not only the operation that said so, but the offer's list showed what it has reached as well. */
  readonly isListedLive?: true;
  /** The preview that a publish has made. */
  readonly submissionId?: string;
}

/** Whether an operation with this status has ended. */
export function hasEnded(status: OperationStatus): status is "succeeded" | "failed" | "canceled" {
  switch (status) {
    case "succeeded":
    case "failed":
    case "canceled":
      return true;
    case "notStarted":
    case "running":
      return false;
  }
}

/** A word of the service as the tables spell it: without case, blanks, `-` and `_`. */
export function foldWord(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/g, "");
}
