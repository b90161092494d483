import type { OperationReference } from "./marketplace/marketplace.ts";
import type { Followed, Outcome } from "./outcome.ts";
import { start, type StartOptions } from "./start.ts";
import { glance, watch, type WatchOptions } from "./watch.ts";

export interface GoLiveOptions extends StartOptions, WatchOptions {
  /** Whether to follow the operation to its end. */
  readonly wait: boolean;
  /** An operation to follow instead of starting one. */
  readonly watchOnly: OperationReference | undefined;
}

/** Makes the offer go live, once, and says how that ended. Throws only bugs. */
export async function goLive(options: GoLiveOptions): Promise<Outcome> {
  const { watchOnly } = options;
  const started = watchOnly === undefined ? await start(options) : watched(watchOnly);
  if ("kind" in started) return started;
  options.observe({ kind: "following", followed: started });
  return options.wait ? watch(started, options) : glance(started, options);
}

function watched(reference: OperationReference): Followed {
  return { reference, origin: "watched" };
}
