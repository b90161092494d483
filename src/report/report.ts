import type { Approval } from "../approval/approval.ts";
import type { Cancellation } from "../go-live/cancel.ts";
import type { Followed } from "../go-live/outcome.ts";
import type { SignIn } from "../identity/sign-in.ts";
import type { Goal, Offer, OperationReference, PreviewVersion } from "../marketplace/marketplace.ts";
import type { ChosenApi } from "../marketplace/apis.ts";
import { offerName } from "../marketplace/offer-name.ts";
import { hasEnded, type Operation, type Status } from "../marketplace/operation.ts";
import type { RunPage } from "../runner/run-page.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import type { Denied } from "../serving-api/find.ts";
import type { Conclusion } from "./conclusion.ts";
import type { Ending } from "./ending.ts";
import type { PreviewLink } from "./preview.ts";
import type { Timeline } from "./timeline.ts";

/** What is to be done, as far as it is told. Durations are in milliseconds. */
export interface Plan {
  readonly offer: Offer;
  readonly goal: Goal;
  readonly api: ChosenApi | "toBeFound";
  /** Undefined where each API is asked at its own. */
  readonly endpoint: URL | undefined;
  /** Undefined while the API is to be found. */
  readonly apiVersion?: string | undefined;
  readonly approval: { readonly isRequired: boolean };
  readonly signIn: SignIn;
  readonly wait: boolean;
  readonly timeoutMs: number;
  readonly pollIntervalMs: number;
  readonly ifRunning: "attach" | "fail";
  readonly onCancel: "leave" | "cancel";
  readonly onTimeout: "fail" | "leave";
  readonly dryRun: boolean;
  /** An operation to follow instead of starting one. */
  readonly watchOnly: OperationReference | undefined;
  /** What stands for itself: only what differs from it is told. */
  readonly usual: {
    readonly authorityHost: string;
    readonly audience: string;
  };
}

/** The request ids that Microsoft's support asks for; untrusted. */
export interface RequestIds {
  /** Of the sending that has started the go-live, or may have; else of the last one. */
  readonly goLive: string | undefined;
  readonly last: string | undefined;
}

/** What the APIs said when the one that serves the offer was to be found. */
export interface Search {
  /** Whether any was asked. */
  readonly wasMade: boolean;
  /** Those that do not serve it, in the order in which they were asked. */
  readonly denied: readonly Denied[];
  /** What the service calls the type of the offer, untrusted. */
  readonly typeWord: string | undefined;
}

/** All that there is to tell at the end. Times are in milliseconds since the epoch. */
export interface Report {
  readonly ending: Ending;
  /** As the output; undefined where a dry run has found no go-live. */
  readonly status: Status | undefined;
  /** What became of the wish to have the go-live cancelled, where the run was. */
  readonly cancellation?: Cancellation | undefined;
  readonly conclusion: Conclusion;
  /** Undefined where the inputs could not be read. */
  readonly plan: Plan | undefined;
  /** What was said when the API was to be found. */
  readonly search: Search;
  readonly page: RunPage;
  readonly startMs: number;
  readonly nowMs: number;
  /** The operation that the ending is about. */
  readonly followed: Followed | undefined;
  /** That one as it was last seen. */
  readonly operation: Operation | undefined;
  /** What went live, goes live or would; undefined where the API does not tell. */
  readonly submissionId: string | undefined;
  /** Which state of the offer that one shows, where the service counts them. */
  readonly version: PreviewVersion | undefined;
  /** Where it can be looked at. */
  readonly preview: readonly PreviewLink[];
  readonly listing: string | undefined;
  readonly approval: Approval | undefined;
  readonly timeline: Timeline;
  readonly requestIds: RequestIds;
}

/** An offer as people write it; before the inputs are read nobody knows which. */
export function nameOf(offer: Offer | undefined): Harmless {
  return offer === undefined ? ours("the offer") : harmlessLine(offerName(offer));
}

/** Whether a go-live goes on, or may, that a later step can follow. */
export function goesOn({ ending, status, followed }: Pick<Report, "ending" | "status" | "followed">): boolean {
  const isEnd =
    ending.kind === "bug" && status !== undefined && status !== "rejected" && status !== "unknown" && hasEnded(status);
  return ending.kind !== "ended" && !isEnd && followed !== undefined;
}
