import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { createCertificates } from "../wire/certificate.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { PresentedAssertion } from "./assertion.ts";
import { answerToken, type EntraDesk, type EntraTwist, grantContext, grantToken, type TokenRequest } from "./desk.ts";
import { defaultTenant, findTenant, type TenantPlan, type TrustedIssuer } from "./directory.ts";
import { type EntraRoute, instanceMetadata, matchEntra, openIdConfiguration } from "./discovery.ts";
import { type EntraProblem, problemAnswer, problemText } from "./error.ts";
import { type Acceptance, type IssuedToken, TokenMint } from "./token.ts";
import type { IdentityFault } from "../wire/identity-fault.ts";
import { type IdentityRequest, startIdentityServer } from "../wire/identity-server.ts";
import { createSigningKey, type KeySet, type SigningKey } from "../wire/jwt.ts";
import type { TokenPlan } from "../wire/bearer.ts";
import type { ArrivedRequest } from "../wire/request.ts";

export type { PresentedAssertion } from "./assertion.ts";
export type { EntraTwist, TokenRequest } from "./desk.ts";
export type { AppPlan, FederatedCredential, SecretPlan, TenantPlan, TrustedIssuer } from "./directory.ts";
export { defaultApp, defaultTenant, exchangeAudience } from "./directory.ts";
export type { EntraErrorCode, EntraProblem } from "./error.ts";
export type { Acceptance, IssuedToken, SignInKind, TokenTwist } from "./token.ts";

export type EntraFault = IdentityFault<EntraRoute, EntraTwist>;

/** How to start Entra. Everything has a default. */
export interface EntraOptions {
  readonly clock?: EmulatorClock;
  readonly port?: number;
  readonly host?: string;
  /** Default: a throw-away authority's for localhost, 127.0.0.1 and login.microsoftonline.com. */
  readonly tls?: { readonly key: string; readonly cert: string; readonly ca: string };
  /** Default: {@link defaultTenant}. */
  readonly tenants?: readonly TenantPlan[];
  /** Whose assertions can be checked, such as GitHub's stand-in itself. Default nobody's. */
  readonly issuers?: readonly TrustedIssuer[];
  /** The life of every token, or of the next one. Default: by chance, from 60 to 90 minutes. */
  readonly lifetimeSeconds?: number | (() => number);
  /** Whether an assertion that came before is refused. Default false, as with Entra itself. */
  readonly refusesRepeated?: boolean;
  /** What stands before the ids at the end of an error's text. Default `\r\n`; a blank was seen as well. */
  readonly lineBreak?: "\r\n" | " ";
  /** Default: a new one. */
  readonly key?: SigningKey;
  readonly faults?: readonly EntraFault[];
}

/** Entra, as clients see it. */
export interface Entra {
  /** The authority host, without a slash at its end. */
  readonly url: string;
  /** The certificate (PEM) of the authority to trust. */
  readonly ca: string;
  /** The access tokens handed out so far, in order, however their receiver got them. */
  readonly tokens: readonly IssuedToken[];
  /** The assertions that came so far, in order. */
  readonly assertions: readonly PresentedAssertion[];
  readonly requests: readonly IdentityRequest<EntraRoute>[];
  readonly publicKeys: KeySet;
  /** What a token is good for now, at that audience; default: the resource it was asked for. */
  accepts(token: string, audience?: string): Acceptance;
  /** The same as the marketplace emulator wants it: `tokenCheck: (token) => entra.tokenPlan(token)`. */
  tokenPlan(token: string, audience?: string): TokenPlan | undefined;
  /** Hands out a token without HTTP, to a service that has proven who it is; or says why not. */
  grant(request: TokenRequest): Promise<IssuedToken | (EntraProblem & { readonly description: string })>;
  /** Replaces the faults and counts requests from 1 again. */
  setFaults(faults: readonly EntraFault[]): void;
  close(): Promise<void>;
}

/** Starts Entra on HTTPS. */
export async function startEntra(options: EntraOptions = {}): Promise<Entra> {
  const { clock = realClock, tenants = [defaultTenant], issuers = [], lineBreak = "\r\n" } = options;
  const tls = options.tls ?? (await createCertificates(["localhost", "127.0.0.1", "login.microsoftonline.com"]));
  const key = options.key ?? (await createSigningKey());
  const mint = new TokenMint({ clock, key, lifetimeSeconds: lifetimes(options.lifetimeSeconds) });
  const refusesRepeated = options.refusesRepeated ?? false;
  const desk: EntraDesk = {
    now: () => clock.now(),
    tenants,
    issuers,
    mint,
    assertions: [],
    refusesRepeated,
    lineBreak,
  };
  const server = await startIdentityServer<EntraRoute, EntraTwist>({
    clock,
    port: options.port,
    host: options.host,
    tls,
    faults: options.faults,
    mainRoute: "token",
    routeOf: (request) => matchEntra(request).route,
    answer: (request, route, twist) => answerEntra(desk, key.publicKeys, request, route, twist),
  });
  return {
    url: server.url,
    ca: tls.ca,
    tokens: mint.tokens,
    assertions: desk.assertions,
    requests: server.requests,
    publicKeys: key.publicKeys,
    accepts: (token, audience) => mint.accepts(token, audience),
    tokenPlan(token, audience) {
      const acceptance = mint.accepts(token, audience);
      if (acceptance === "valid") return {};
      return acceptance === "expired" ? { expiresAtMs: 0 } : undefined;
    },
    async grant(request) {
      const result = await grantToken(desk, request);
      return "token" in result ? result : { ...result, description: problemText(result, grantContext(desk, request)) };
    },
    setFaults: server.setFaults,
    close: server.close,
  };
}

async function answerEntra(
  desk: EntraDesk,
  publicKeys: KeySet,
  request: ArrivedRequest,
  route: EntraRoute,
  twist: EntraTwist | undefined,
): Promise<Answer> {
  const match = matchEntra(request);
  const { tenantName } = match;
  if (route === "token") return answerToken(desk, request, match, twist);
  if (route === "unknown") return jsonAnswer(404, {});
  if (route === "instance") return jsonAnswer(200, instanceMetadata(request.origin, desk.tenants[0]?.id ?? "common"));
  const tenant = findTenant(desk.tenants, tenantName);
  if (tenant === undefined || twist?.kind === "error") {
    const problem = twist?.kind === "error" ? twist : { code: 90002, error: "invalid_tenant" };
    const context = { ...grantContext(desk, { kind: "secret", resource: "" }), tenant: tenantName };
    return problemAnswer(problem, { ...context, origin: request.origin }, desk.lineBreak);
  }
  return jsonAnswer(200, route === "keys" ? publicKeys : openIdConfiguration(request.origin, tenant.id));
}

function lifetimes(lifetime: number | (() => number) = () => 3600 + Math.floor(Math.random() * 1801)): () => number {
  return typeof lifetime === "number" ? () => lifetime : lifetime;
}
