import type { Clock } from "./clock.ts";
import { htmlToText } from "./html-text.ts";
import { createBearerClient, type Exchange } from "./http/bearer-client.ts";
import type { OpenTransport, ProxySettings } from "./http/transport.ts";
import { givenToken } from "./identity/credential.ts";
import { type Environment, type Inputs, readSecretInputs } from "./inputs.ts";
import { createCloudPartnerPortal } from "./marketplace/cloud-partner-portal.ts";
import type { Marketplace } from "./marketplace/marketplace.ts";
import type { Runner } from "./runner.ts";
import { createSecrets, type Secrets } from "./secrets.ts";

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

/** A marketplace at the end of an open connection. */
export interface Connection {
  readonly marketplace: Marketplace;
  readonly close: () => Promise<void>;
}

/** The marketplace that the inputs name, with a credential that goes to its origin only. */
export function connect(
  inputs: Inputs,
  world: Pick<World, "openTransport" | "clock">,
  secrets: Secrets,
  onExchange: (exchange: Exchange) => void,
): Connection {
  const { endpoint, apiVersion, offer, proxy } = inputs;
  const { send, close } = world.openTransport(proxy);
  const credential = givenToken(inputs.token);
  const { clock } = world;
  const client = createBearerClient({ origin: endpoint.origin, send, credential, secrets, clock, onExchange });
  const toText = async (html: string): Promise<string> => secrets.redact(await htmlToText(html));
  return { marketplace: createCloudPartnerPortal({ endpoint, apiVersion, offer, client, toText }), close };
}

/** Masks every secret among the inputs, before anything else happens. */
export function maskSecrets(runner: Runner): Secrets {
  const secrets = createSecrets();
  for (const secret of readSecretInputs(runner.input)) {
    for (const text of secrets.add(secret)) runner.mask(text);
  }
  return secrets;
}
