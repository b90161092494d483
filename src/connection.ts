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
import { type ApiName, audiencesAt, type Service, serviceOf } from "./marketplace/apis.ts";
import type { Catalog } from "./marketplace/catalog.ts";
import { createPartnerCenter } from "./marketplace/partner-center/partner-center.ts";
import { createProductIngestion } from "./marketplace/product-ingestion/product-ingestion.ts";
import { versionsFor } from "./marketplace/product-ingestion/versions.ts";
import type { Marketplace } from "./marketplace/marketplace.ts";
import { proxySecrets } from "./inputs/proxy-inputs.ts";
import type { Runner } from "./runner/runner.ts";
import type { AskedApi } from "./serving-api/verdict.ts";
import type { World } from "./world.ts";
import { withoutTokens } from "./text/secret-text.ts";
import { createSecrets, type Secrets } from "./text/secrets.ts";

/** What can be asked of Microsoft's APIs over one open connection; each gets tokens for its own origin, and no other's. */
export interface Connection {
  /** The offer, as that API sees it. */
  readonly marketplace: (service: Service) => Marketplace;
  /** The APIs that can tell whether they know the offer, at that address or their own. */
  readonly catalogs: (endpoint: URL | undefined) => Readonly<Record<AskedApi, Catalog>>;
  readonly close: () => Promise<void>;
}

/** What of the inputs a connection is made with. */
type ConnectionInputs = Pick<
  Inputs,
  "offer" | "goal" | "notificationEmails" | "productId" | "submissionId" | "signIn" | "proxy"
>;

/** Told of what people may want to know of a connection. */
export interface ConnectionObserver {
  readonly exchanged: (exchange: Exchange) => void;
  /** With the origin that the token is for. */
  readonly signedIn: (token: AccessToken, origin: string) => void;
}

/** A connection with the sign-in that the inputs name; a token goes to the origin that it was obtained for only. */
export function connect(
  inputs: ConnectionInputs,
  world: Omit<World, "random" | "signal">,
  secrets: Secrets,
  observer: ConnectionObserver,
): Connection {
  const { clock } = world;
  const { send, close } = world.openTransport(inputs.proxy);
  const credentialFor = onceFor((origin) =>
    createCredential(origin, inputs, world, secrets, (token) => observer.signedIn(token, origin)),
  );
  const clientOf = (name: ApiName, { origin }: URL): BearerClient =>
    createBearerClient({
      ...{ origin, audiences: audiencesAt(name, origin), send, credential: credentialFor(origin), secrets, clock },
      onExchange: observer.exchanged,
    });
  // Before, because a secret across the place where a text is cut would not be whole; after, for markup within one.
  const clean = cleaner(secrets);
  const htmlToText = createHtmlToText();
  const toText = async (html: string): Promise<string> => clean(await htmlToText(clean(html)));
  const portal = ({ endpoint, apiVersion }: Service): Marketplace => {
    const client = clientOf("cloudPartnerPortal", endpoint);
    return createCloudPartnerPortal({ ...inputs, endpoint, apiVersion, client, toText });
  };
  const ingestion = ({ endpoint, apiVersion }: Service): Marketplace & Catalog => {
    const client = clientOf("productIngestion", endpoint);
    return createProductIngestion({ ...inputs, endpoint, versions: versionsFor(apiVersion), client });
  };
  const center = ({ endpoint }: Service): Marketplace & Catalog =>
    createPartnerCenter({ ...inputs, endpoint, client: clientOf("partnerCenter", endpoint) });
  const makers = { cloudPartnerPortal: portal, productIngestion: ingestion, partnerCenter: center } as const;
  const catalog = (name: AskedApi, endpoint: URL | undefined): Catalog =>
    makers[name](serviceOf({ name, by: "default" }, endpoint));
  return {
    marketplace: (service) => makers[service.api.name](service),
    catalogs: (endpoint) => ({
      productIngestion: catalog("productIngestion", endpoint),
      partnerCenter: catalog("partnerCenter", endpoint),
    }),
    close,
  };
}

/** The same for the same text, made when it is asked for. */
function onceFor<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, T>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
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
  origin: string,
  inputs: ConnectionInputs,
  world: Omit<World, "random" | "signal">,
  secrets: Secrets,
  onToken: (token: AccessToken) => void,
): Credential {
  const { signIn } = inputs;
  if (signIn.kind === "token") return givenToken(signIn.token);
  const { clock, runner } = world;
  const onSecret = (secret: string): void => mask(secret, secrets, runner);
  const scope = `${origin}/.default`;
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
