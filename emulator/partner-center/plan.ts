import type { GoLiveOutcome, ProductType, Route, Stage } from "./vocabulary.ts";

/** How far a product has come when the emulator starts. */
export const productStates = [
  "neverPublished",
  "publishing",
  "ready",
  "twoReady",
  "publishFailed",
  "goingLive",
  "goLiveFailed",
  "live",
] as const;

/** How far a product has come when the emulator starts. */
export type ProductState = (typeof productStates)[number];

/** One offer's product, and how its go-lives will go. */
export interface ProductPlan {
  readonly offerId: string;
  /** Whose it is; a token that is good for other publishers only does not see it. Default `contoso`. */
  readonly publisherId?: string;
  /** A GUID. Default: one that counts the products. */
  readonly productId?: string;
  /** Default `AzureApplication`. */
  readonly type?: ProductType | (string & {});
  /** The name it has in Partner Center, which is not the offer id. Default `Contoso App`. */
  readonly alias?: string;
  /** One that is not has no submissions that can be asked for. Default true. */
  readonly isModularPublishing?: boolean;
  /** Default `ready`: one submission, which waits for the publisher. */
  readonly state?: ProductState;
  /** Whether an older submission is live already. Default false. */
  readonly wasLive?: boolean;
  /** All its submissions, oldest first, instead of those that `state` and `wasLive` stand for. */
  readonly submissions?: readonly SubmissionPlan[];
  /** How go-lives started from now on will go. */
  readonly goLive?: GoLivePlan;
  /** How the go-live goes that runs already when the state is `goingLive`. Default: as `goLive`. */
  readonly running?: GoLivePlan;
}

/** One submission. */
export interface SubmissionPlan {
  /** 19 digits. Default: one that counts the submissions. */
  readonly id?: string;
  /** Where it stands when the emulator starts. Default `ready`. */
  readonly stage?: Stage;
  /** How long it has stood there by then, in milliseconds. Default one day. */
  readonly sinceMs?: number;
  /** Where it comes to stand by itself, unless a go-live begins before. */
  readonly later?: readonly LaterStage[];
  /** Default 28, for all: the service repeats itself. */
  readonly releaseNumber?: number;
  /** What is said when it stands where it failed. */
  readonly failure?: FailurePlan;
}

/** A stage that is reached so many milliseconds after the start; less than 0: that was reached before it. */
export interface LaterStage {
  readonly afterMs: number;
  readonly stage: Stage;
}

/** How one go-live will go. */
export interface GoLivePlan {
  /** From its acceptance until anything shows of it, in milliseconds. `Infinity`: never. Default 0. */
  readonly queuedMs?: number;
  /** From then to its end, in milliseconds. `Infinity`: never. Default 60,000. */
  readonly durationMs?: number;
  /** How long before its end it stands there as published, in milliseconds. Default 10,000 when it succeeds, else 0. */
  readonly publishedMs?: number;
  /** Default `live`. */
  readonly outcome?: GoLiveOutcome;
  /** What is said when it does not end live. */
  readonly failure?: FailurePlan;
  /** Default Certification and Publish, which take the same time. */
  readonly steps?: readonly string[];
  /** The step that a go-live fails in, when it fails. Default: the last. */
  readonly failingStep?: string;
}

/** Why something failed: where the service says nothing of it, it is left out. */
export interface FailurePlan {
  readonly failureReason?: string;
  readonly validations?: readonly ValidationPlan[];
  readonly reports?: readonly ReportPlan[];
}

/** One finding of the validation. */
export interface ValidationPlan {
  /** Such as `Resell-20007`. */
  readonly errorCode: string;
  readonly message: string;
  /** Default `Error`. */
  readonly severity?: string;
  /** Default: the package. */
  readonly resource?: string;
}

/** One report of the certification. */
export interface ReportPlan {
  /** Default `Failed`. */
  readonly status?: "Pending" | "Failed" | "Passed" | "PassedWithNotes" | "Unknown";
  /** Whoever knows it can read the file: a secret. Default: one with a signature in its query. */
  readonly fileUri?: string;
}

/**
 * When something happens that nobody asked this service for: so many milliseconds after the start, or right before or
 * after the nth request (default 1) of a route takes effect.
 */
export type HappeningTime =
  | { readonly afterMs: number }
  | { readonly before: Route; readonly nth?: number }
  | { readonly after: Route; readonly nth?: number };

/**
 * What somebody else does in Partner Center.
 *  - `previewReplaced`: another submission, ready at once, takes the place of the newest one that was ready
 *  - `publishStarted`: a publish to preview begins; a minute later its submission is ready in place of the newest one
 *    that was
 *  - `previewWithdrawn`: the newest one that was ready goes, and none takes its place
 *  - `promoteStarted`: the newest one that is ready is promoted, and that goes as the product's `goLive`
 *  - `goLiveCanceled`: the go-live that runs is canceled
 */
export const happenings = [
  "previewReplaced",
  "publishStarted",
  "previewWithdrawn",
  "promoteStarted",
  "goLiveCanceled",
] as const;

/** Something that somebody else does. */
export interface Happening {
  readonly what: (typeof happenings)[number];
  readonly when: HappeningTime;
  /** Default: the first product's. */
  readonly offerId?: string;
}
