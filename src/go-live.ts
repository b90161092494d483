import { findEntry } from "./contradiction.ts";
import { glance } from "./glance.ts";
import { lookOnce } from "./look.ts";
import type { OperationReference } from "./marketplace/marketplace.ts";
import { type Followed, NotGoLiveError, type Outcome } from "./outcome.ts";
import { start, type StartOptions } from "./start.ts";
import { watch, type WatchOptions } from "./watch.ts";

export interface GoLiveOptions extends StartOptions, WatchOptions {
  /** Whether to follow the operation to its end. */
  readonly wait: boolean;
  /** An operation to follow instead of starting one. */
  readonly watchOnly: OperationReference | undefined;
}

/** Makes the offer go live, once, and says how that ended. Throws only bugs. */
export async function goLive(options: GoLiveOptions): Promise<Outcome> {
  const { watchOnly } = options;
  const started = watchOnly === undefined ? await start(options) : { reference: watchOnly, origin: "watched" as const };
  if ("kind" in started) return started;
  if (started.origin === "watched" && (await isPreview(started, options))) {
    const error = new NotGoLiveError(options.offer, started.reference);
    return { kind: "notStarted", status: "rejected", error };
  }
  options.observe({ kind: "following", followed: started });
  return options.wait ? watch(started, options) : glance(started, options);
}

/** Whether the list says that an operation is a publish to preview; what cannot be told is none. */
async function isPreview(followed: Followed, options: GoLiveOptions): Promise<boolean> {
  const list = await lookOnce(options);
  const entry = list instanceof Error || followed.reference.isShared ? undefined : findEntry(list, followed);
  return entry?.isGoLive === false;
}
