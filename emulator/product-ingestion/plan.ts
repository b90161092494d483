import type { JobTarget, Outcome, Route } from "./vocabulary.ts";

/**
 * How far a product has come when the emulator starts.
 *
 * | state | preview entries | live entries |
 * |---|---|---|
 * | `neverPublished` | none | none |
 * | `publishing` | one runs | the former one |
 * | `ready` | one is ready | the former one |
 * | `twoReady` | two are ready | the former one |
 * | `publishFailed` | one has failed | the former one |
 * | `goingLive` | that one, if it stays during a push | one runs; the former one, if it stays |
 * | `goLiveFailed` | that one, if it comes back | one has failed; the former one |
 * | `live` | that one, if it stays after a success | one is done |
 *
 * The former one is there when the product `wasLive`. What goes and what stays is behaviour.
 */
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

/** How far a product has come when the emulator starts: see {@link productStates}. */
export type ProductState = (typeof productStates)[number];

/** One product: an offer as this API sees it. */
export interface ProductPlan {
  /** Its `externalId`. */
  readonly offerId: string;
  /** Tokens that name publishers see the products of these alone. Default `contoso`. */
  readonly publisherId?: string;
  /** A GUID. Default: one that counts the products. */
  readonly productId?: string;
  /** Default `azureVirtualMachine`. The types in {@link unservedTypes} have no submissions here. */
  readonly type?: string;
  /** Default: the offer's id. */
  readonly alias?: string;
  /** Default `ready`. */
  readonly state?: ProductState;
  /** Whether an older submission is live already. Default false. */
  readonly wasLive?: boolean;
  /** Whether there is a draft, which a publish to preview needs. Default true. */
  readonly hasDraft?: boolean;
  /** How pushes to live go, and the one that runs already. */
  readonly push?: JobPlan;
  /** How publishes to preview go, and the one that runs already. */
  readonly publish?: JobPlan;
}

/** How a job will go. */
export interface JobPlan {
  /** From its start, in milliseconds; `Infinity`: it never ends. Default 60,000. */
  readonly durationMs?: number;
  /** How it truly ends. Default `succeeded`. */
  readonly outcome?: Outcome;
  /** The `errors` of the job once it has failed. Default: the verdict of certification, three details deep. */
  readonly errors?: unknown;
  /** How the job says it has ended, when that is not the truth. */
  readonly jobSays?: Outcome;
  /** How the entry of its submission says it has ended, when that is not the truth. */
  readonly entrySays?: Outcome;
}

/** The types that this API does not serve; asking for their submissions is refused. */
export const unservedTypes: readonly string[] = ["azureApplication"];

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
 *  - `previewReplaced`: another preview, ready at once, takes the place of the one that was there
 *  - `publishStarted`: a publish to preview begins and goes as the product's `publish`
 *  - `previewWithdrawn`: the newest preview goes, and none takes its place
 *  - `pushStarted`: the newest preview is pushed live, and that goes as the product's `push`
 *  - `jobCancelled`: what runs is cancelled
 */
export const happenings = [
  "previewReplaced",
  "publishStarted",
  "previewWithdrawn",
  "pushStarted",
  "jobCancelled",
] as const;

/** Something that somebody else does. */
export interface Happening {
  readonly what: (typeof happenings)[number];
  readonly when: HappeningTime;
  /** Default: the first product's. */
  readonly offerId?: string;
}

/** A job that the service accepted from a client, as it truly is. */
export interface AcceptedJob {
  readonly jobId: string;
  readonly offerId: string;
  readonly productId: string;
  /** Such as `submission/<guid>/<number>`: what is pushed, or the preview that a publish makes. */
  readonly submissionId: string;
  /** `deprecated` takes the product off the marketplace. */
  readonly lifecycleState: string;
  readonly target: JobTarget;
  /** When it was accepted, in milliseconds since the epoch, by the service's clock. */
  readonly atMs: number;
}
