import { createHtmlToText } from "./text/html-text.ts";
import { type BearerClient, createBearerClient, type Exchange } from "./bearer/bearer-client.ts";
import { ambientSource } from "./identity/ambient.ts";
import { type AccessToken, type Credential, givenToken, renewingCredential } from "./identity/credential.ts";
import { type EntraOptions, obtainToken } from "./identity/entra.ts";
import { createIdTokenSource, type IdTokenSource } from "./identity/id-token.ts";
import type { EntraSignIn } from "./identity/sign-in.ts";
import { createWire } from "./identity/wire.ts";
import { type Inputs, readSecretInputs } from "./inputs/inputs.ts";
import { createCloudPartnerPortal } from "./marketplace/cloud-partner-portal/cloud-partner-portal.ts";
import { audiencesAt } from "./marketplace/apis.ts";
import { createPartnerCenter } from "./marketplace/partner-center/partner-center.ts";
import { createProductIngestion } from "./marketplace/product-ingestion/product-ingestion.ts";
import { versionsFor } from "./marketplace/product-ingestion/versions.ts";
import type { ToText } from "./marketplace/cloud-partner-portal/step-body.ts";
import type { Marketplace } from "./marketplace/marketplace.ts";
import { proxySecrets } from "./inputs/proxy-inputs.ts";
import type { Runner } from "./runner/runner.ts";
import type { World } from "./world.ts";
import { withoutTokens } from "./text/secret-text.ts";
import { createSecrets, type Secrets } from "./text/secrets.ts";

/** A marketplace at the end of an open connection. */
export interface Connection {
  readonly marketplace: Marketplace;
  readonly close: () => Promise<void>;
}

/** Told of what people may want to know of a connection. */
export interface ConnectionObserver {
  readonly exchanged: (exchange: Exchange) => void;
  readonly signedIn: (token: AccessToken) => void;
}

/** The marketplace that the inputs name, with a credential that goes to its origin only. */
export function connect(
  inputs: Inputs,
  world: Omit<World, "random" | "signal">,
  secrets: Secrets,
  observer: ConnectionObserver,
): Connection {
  const { endpoint, proxy } = inputs;
  const { clock } = world;
  const { send, close } = world.openTransport(proxy);
  const credential = createCredential(inputs, world, secrets, observer.signedIn);
  const { origin } = endpoint;
  const client = createBearerClient({
    ...{ origin, audiences: audiencesAt(inputs.api.name, origin), send, credential, secrets, clock },
    onExchange: observer.exchanged,
  });
  // Before, because a secret across the place where a text is cut would not be whole; after, for markup within one.
  const clean = cleaner(secrets);
  const htmlToText = createHtmlToText();
  const toText = async (html: string): Promise<string> => clean(await htmlToText(clean(html)));
  return { marketplace: createMarketplace(inputs, client, toText), close };
}

function createMarketplace(inputs: Inputs, client: BearerClient, toText: ToText): Marketplace {
  const { api, endpoint, apiVersion, offer, goal, notificationEmails, productId, submissionId } = inputs;
  switch (api.name) {
    case "cloudPartnerPortal":
      return createCloudPartnerPortal({
        ...{ endpoint, apiVersion, offer, goal, notificationEmails, submissionId, client, toText },
      });
    case "productIngestion":
      return createProductIngestion({
        ...{ endpoint, versions: versionsFor(apiVersion), offer, productId, submissionId, client },
      });
    case "partnerCenter":
      return createPartnerCenter({ endpoint, offer, productId, submissionId, client });
  }
}

/** Where the job's ID tokens come from; every secret on the way is masked. */
export function createIdTokens(
  { proxy }: Pick<Inputs, "proxy">,
  { environment, openTransport, runner }: Pick<World, "environment" | "openTransport" | "runner">,
  secrets: Secrets,
): IdTokenSource {
  const onSecret = (secret: string): void => mask(secret, secrets, runner);
  return createIdTokenSource({ environment, openTransport, proxy, onSecret, redact: cleaner(secrets) });
}

function createCredential(
  inputs: Inputs,
  world: Omit<World, "random" | "signal">,
  secrets: Secrets,
  onToken: (token: AccessToken) => void,
): Credential {
  const { signIn, endpoint } = inputs;
  if (signIn.kind === "token") return givenToken(signIn.token);
  const { clock, runner } = world;
  const onSecret = (secret: string): void => mask(secret, secrets, runner);
  const scope = `${endpoint.origin}/.default`;
  const redact = cleaner(secrets);
  const idToken = createIdTokens(inputs, world, secrets);
  const { openTransport } = world;
  const wire = createWire();
  const options: EntraOptions = { scope, clock, idToken, wire, openTransport, proxy: inputs.proxy, onSecret, redact };
  const obtainBy = (way: EntraSignIn, signal: AbortSignal): Promise<AccessToken> => obtainToken(way, options, signal);
  const obtain =
    signIn.kind === "ambient"
      ? ambientSource(signIn.candidates, obtainBy)
      : (signal: AbortSignal): Promise<AccessToken> => obtainBy(signIn, signal);
  return renewingCredential({ obtain, clock, onToken });
}

/** Takes secrets out of others' texts: those that are known, and tokens that nobody knows yet. */
function cleaner({ redact }: Secrets): (text: string) => string {
  return (text) => withoutTokens(redact(text));
}

/** Masks every secret among the inputs and the passwords of proxies, before anything else happens. */
export function maskSecrets({ runner, environment }: Pick<World, "runner" | "environment">): Secrets {
  const secrets = createSecrets();
  for (const secret of [...readSecretInputs(runner.input), ...proxySecrets(environment)]) mask(secret, secrets, runner);
  return secrets;
}

function mask(secret: string, secrets: Secrets, runner: Runner): void {
  for (const text of secrets.add(secret)) runner.mask(text);
}
