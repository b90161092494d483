import type { Behaviour } from "./behaviour.ts";
import type { PresentStage } from "./vocabulary.ts";

/** What the service says of a stage. */
export interface StageWords {
  readonly state: string;
  readonly substate: string;
  /** The status of the `pendingUpdateInfo`. */
  readonly pending: string;
}

/** The words as they were seen, or documented; which state stands beside `Publishing` and the refusals is not. */
const usualWords = {
  assembling: { state: "InProgress", substate: "InDraft", pending: "Running" },
  invalid: { state: "InProgress", substate: "InDraft", pending: "Failed" },
  submitted: { state: "InProgress", substate: "Submitted", pending: "Completed" },
  failed: { state: "InProgress", substate: "Failed", pending: "Completed" },
  failedInCertification: { state: "InProgress", substate: "FailedInCertification", pending: "Completed" },
  canceled: { state: "InProgress", substate: "Cancelled", pending: "Completed" },
  ready: { state: "Published", substate: "ReadyToPublish", pending: "Completed" },
  updating: { state: "Published", substate: "ReadyToPublish", pending: "Running" },
  updateFailed: { state: "Published", substate: "ReadyToPublish", pending: "Failed" },
  publishing: { state: "Published", substate: "Publishing", pending: "Completed" },
  published: { state: "Published", substate: "Published", pending: "Completed" },
  live: { state: "Published", substate: "InStore", pending: "Completed" },
} as const satisfies Record<PresentStage, StageWords>;

/** The service's words for that stage. */
export function wordsOf(stage: PresentStage, { words }: Pick<Behaviour, "words">): StageWords {
  return { ...usualWords[stage], ...words[stage] };
}
