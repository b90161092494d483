import { findTrace } from "./baseline.ts";
import { isRequestError } from "../bearer/request-error.ts";
import { findEntry } from "./contradiction.ts";
import { glance } from "./glance.ts";
import { lookOnce, noteUnchecked } from "./look.ts";
import type { OperationReference } from "../marketplace/marketplace.ts";
import { isTowards } from "../marketplace/goal.ts";
import { hasEnded } from "../marketplace/operation.ts";
import { type Followed, NotGoLiveError, type Outcome } from "./outcome.ts";
import { start, type StartOptions } from "./start.ts";
import { LateError, withinLimit } from "../time-limit.ts";
import { watch, type WatchOptions } from "./watch.ts";

type Unclear = Extract<Outcome, { readonly kind: "unclear" }>;

export interface GoLiveOptions extends StartOptions, WatchOptions {
  /** Whether to follow the operation to its end. */
  readonly wait: boolean;
  /** An operation to follow instead of starting one. */
  readonly watchOnly: OperationReference | undefined;
}

/** Makes the offer go live, or publishes it to preview, once, and says how that ended. Throws only bugs. */
export async function goLive(options: GoLiveOptions): Promise<Outcome> {
  const { watchOnly } = options;
  const started = watchOnly === undefined ? await start(options) : { reference: watchOnly, origin: "watched" as const };
  if ("kind" in started) return started.kind === "unclear" ? lookOnceMore(started, options) : started;
  if (started.origin === "watched" && (await isOther(started, options))) {
    const error = new NotGoLiveError(options.offer, started.reference, options.goal);
    return { kind: "notStarted", status: "rejected", error };
  }
  options.observe({ kind: "following", followed: started });
  return options.wait ? watch(started, options) : glance(started, options);
}

/** How long a cancelled run still looks for the go-live that it sent: the runner kills after 7.5 s. */
const FAREWELL_LOOK_MS = 1_000;

/** A cancelled run looks once more for what it sent: where it is, and whose, must not be lost. */
async function lookOnceMore(
  unclear: Unclear,
  { marketplace, clock, signal, observe }: GoLiveOptions,
): Promise<Outcome> {
  const { baseline } = unclear;
  if (!signal.aborted || baseline === undefined) return unclear;
  try {
    // The run's own signal has aborted.
    const limit = { clock, signal: new AbortController().signal, limitMs: FAREWELL_LOOK_MS };
    const standing = await withinLimit(limit, (stop) => marketplace.look(stop));
    const trace = findTrace(standing, baseline);
    if (trace.kind !== "own") return unclear;
    const found: Followed = { reference: trace.submission.reference, origin: "found", baseline };
    observe({ kind: "following", followed: found });
    // An end that only the list tells is no end to report, and no reason to say that it runs.
    const status = hasEnded(trace.submission.status) ? "unknown" : "running";
    return { ...found, kind: "interrupted", status, sighting: undefined };
  } catch (error) {
    if (error instanceof LateError || isRequestError(error)) return unclear;
    throw error;
  }
}

/** Whether its place or the list says that an operation is not towards this goal; what cannot be told is. */
async function isOther(followed: Followed, options: GoLiveOptions): Promise<boolean> {
  const { goal } = options;
  if (followed.reference.goal !== undefined && followed.reference.goal !== goal) return true;
  const standing = await lookOnce(options);
  if (!(standing instanceof Error)) noteUnchecked(standing, options);
  if (standing instanceof Error || followed.reference.isShared === true) return false;
  const entry = findEntry(standing, followed, goal);
  return entry !== undefined && !isTowards(goal, entry);
}
