import type { ErrorShape } from "./error.ts";
import { type ListBehaviour, defaultListBehaviour } from "./list-behaviour.ts";
import type { StageWords } from "./stage-words.ts";
import type { PresentStage } from "./vocabulary.ts";

/** What the documentation leaves open, and what was seen to be other than it says. */
export interface Behaviour extends ListBehaviour, ProductBehaviour, SubmissionBehaviour, PromoteBehaviour {
  /** How refusals are worded, apart from those that were only seen in one way. Default `fault`. */
  readonly errorShape: ErrorShape;
  /** What a token for another resource is answered. Default 401. */
  readonly foreignToken: 401 | 404;
  /** Which headers name a request for Microsoft's support. Default `both`. */
  readonly requestIds: "both" | "requestIdOnly" | "none";
  /** How far the service's clock, which `Date` and all its times go by, is ahead, in milliseconds. Default 0. */
  readonly clockOffsetMs: number;
}

/** How products are found. */
export interface ProductBehaviour {
  /** Which requests for products are refused with `ICH50400`, by their filter. Default `unfiltered`: only without one. */
  readonly refusedFilters: "none" | "unfiltered" | "withoutType" | "withType" | "all";
  /** Whether a filter is taken and not obeyed: whatever it asks for, all products are listed. Default false. */
  readonly ignoresFilter: boolean;
  /** The type of the external id that is an offer's, as it is read back. Default `AzureOfferId`. */
  readonly externalIdType: string;
  /** `down`: a product asked for by its id is answered 400, as for a week in 2026; its submissions are not. */
  readonly productRoute: "up" | "down";
}

/** How a submission, and what belongs to it, is answered. */
export interface SubmissionBehaviour {
  /** Words that are other than usual, such as `{ publishing: { state: "InProgress" } }`. Default none. */
  readonly words: Readonly<Partial<Record<PresentStage, Partial<StageWords>>>>;
  /** Whether `pendingUpdateInfo` is there. Default `told`. */
  readonly pendingUpdate: "told" | "absent";
  /** The time that means never. Default 1601. */
  readonly neverTime: "1601-01-01T00:00:00Z" | "0001-01-01T00:00:00Z";
  /** Whether, from its go-live on, the list has another entry of the same id that still waits. Default `one`. */
  readonly promotedEntries: "one" | "previewBeside";
  /** What becomes of the entry that was live when another goes live. Default `stays`. */
  readonly formerLive: "stays" | "goes";
  /** How old what is shown of submissions is, in milliseconds. Default 0. */
  readonly submissionsLagMs: number;
  /**
   * How the details of the workflow are answered: as two halves, without any, with 404 always or once the preview
   * stands, or in a form that nobody expects. Default `halves`.
   */
  readonly workflowDetails: "halves" | "empty" | "notFound" | "notFoundOnceReady" | "odd";
  /** Which half has the step that waits for the publisher. Default `none`. */
  readonly signOffStep: "none" | "preview" | "live";
}

/** How a promote and a delete are answered. */
export interface PromoteBehaviour {
  /** The status of an accepted promote. Default 200. */
  readonly acceptedStatus: 200 | 202 | 204;
  /** The body of an accepted promote, unless that is a 204. Default `workflow`: the half that has begun. */
  readonly acceptedBody: "workflow" | "empty" | "text";
  /** Whether an accepted promote names a location. Default `none`. */
  readonly acceptedLocation: "none" | "submission";
  /** What a promote answers when the submission is not ready, or a go-live runs. Default `conflict`. */
  readonly secondPromote: "conflict" | "badRequest" | "accepted";
}

const defaultBehaviour: Behaviour = {
  ...defaultListBehaviour,
  errorShape: "fault",
  foreignToken: 401,
  requestIds: "both",
  clockOffsetMs: 0,
  refusedFilters: "unfiltered",
  ignoresFilter: false,
  externalIdType: "AzureOfferId",
  productRoute: "up",
  words: {},
  pendingUpdate: "told",
  neverTime: "1601-01-01T00:00:00Z",
  promotedEntries: "one",
  formerLive: "stays",
  submissionsLagMs: 0,
  workflowDetails: "halves",
  signOffStep: "none",
  acceptedStatus: 200,
  acceptedBody: "workflow",
  acceptedLocation: "none",
  secondPromote: "conflict",
};

/** The given behaviour, with the defaults for what it leaves out. */
export function resolveBehaviour(behaviour: Partial<Behaviour> = {}): Behaviour {
  return { ...defaultBehaviour, ...behaviour };
}
