import { foldWord, type Operation, type OperationStatus, type StepStatus } from "../operation.ts";

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

/** Whether a word says that it is the publisher's turn, in all its spellings. */
export function isWaiting(word: string): boolean {
  return foldWord(word) === "waitingforpublisherreview";
}

function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  const key = foldWord(word);
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
