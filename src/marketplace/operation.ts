/** The five states that a marketplace can report of an operation. */
export type OperationStatus = "notStarted" | "running" | "succeeded" | "failed" | "canceled";

/**
 * What the action says of a go-live. Two words are its own: `rejected` (refused: nothing was started) and `unknown`
 * (it may have started or may still run, and could not be observed).
 */
export type Status = OperationStatus | "rejected" | "unknown";

export type StepStatus =
  "notStarted" | "running" | "waiting" | "blocked" | "rejected" | "succeeded" | "failed" | "canceled";

export type MessageLevel = "information" | "warning" | "error";

/** A message of the service: plain text, but still the service's: untrusted. */
export interface Message {
  readonly level: MessageLevel;
  readonly text: string;
}

export interface Step {
  readonly id: string;
  readonly name: string;
  readonly status: StepStatus;
  readonly statusWord: string;
  /** 0 to 100, where the service says so. */
  readonly progressPercentage?: number;
  /** The service's own free text, such as `~2-5 days`. */
  readonly estimate?: string;
  readonly messages: readonly Message[];
}

export interface Fault {
  readonly code?: string;
  readonly text: string;
}

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
}

const STATUS_WORDS: Readonly<Record<string, OperationStatus>> = {
  notstarted: "notStarted",
  queued: "notStarted",
  pending: "notStarted",
  running: "running",
  inprogress: "running",
  waitingforpublisherreview: "running",
  waitingforapproval: "running",
  completed: "succeeded",
  complete: "succeeded",
  succeeded: "succeeded",
  success: "succeeded",
  failed: "failed",
  failure: "failed",
  canceled: "canceled",
  cancelled: "canceled",
};

const STEP_STATUS_WORDS: Readonly<Record<string, StepStatus>> = {
  ...STATUS_WORDS,
  waitingforpublisherreview: "waiting",
  waitingforapproval: "waiting",
  blocked: "blocked",
  rejected: "rejected",
};

/**
 * The status that a service's word means, compared without case, blanks, `-` and `_`. An unknown word reads as
 * `running` and is marked: only a word that we know may end a wait.
 */
export function readOperationStatus(word: string): Pick<Operation, "status" | "statusWord" | "isKnownWord"> {
  const status = lookUp(STATUS_WORDS, word);
  return { status: status ?? "running", statusWord: word, isKnownWord: status !== undefined };
}

/** The status that a service's word for a step means; an unknown word reads as `running`. */
export function readStepStatus(word: string): StepStatus {
  return lookUp(STEP_STATUS_WORDS, word) ?? "running";
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

function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  const key = foldWord(word);
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
