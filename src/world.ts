import type { Clock } from "./clock.ts";
import type { Environment } from "./environment.ts";
import type { ProxySettings } from "./http/proxy.ts";
import type { OpenTransport } from "./http/transport.ts";
import type { Runner } from "./runner/runner.ts";

/** Everything that the action touches outside itself. */
export interface World {
  readonly runner: Runner;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly random: () => number;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
}
