import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { type PresentedAssertion, readAssertion, refuseAssertion } from "./assertion.ts";
import type { EntraMatch } from "./discovery.ts";
import { type AppPlan, findApp, findTenant, hasResource, type TenantPlan, type TrustedIssuer } from "./directory.ts";
import { type EntraProblem, type ErrorContext, problemAnswer } from "./error.ts";
import { aboutToken, readWish, type Wish } from "./token-form.ts";
import type { IssuedToken, SignInKind, TokenMint, TokenTwist } from "./token.ts";
import type { ArrivedRequest } from "../wire/request.ts";

/** What is wrong with an answer: an error, or an odd token. */
export type EntraTwist =
  | ({ readonly kind: "error" } & EntraProblem)
  | ({
      readonly kind: "token";
      /** Set in, or instead of, the fields of the answer; undefined: missing. */
      readonly fields?: Readonly<Record<string, unknown>>;
    } & TokenTwist);

/** What the desk answers from. */
export interface EntraDesk {
  readonly now: () => number;
  readonly tenants: readonly TenantPlan[];
  readonly issuers: readonly TrustedIssuer[];
  readonly mint: TokenMint;
  /** The assertions that came, in order. */
  readonly assertions: PresentedAssertion[];
  /** Whether an assertion that came before is refused. Entra itself lets it pass while it has not expired. */
  readonly refusesRepeated: boolean;
  /** What stands between an error's text and its ids. */
  readonly lineBreak: string;
}

/** A token that is asked for without HTTP, by a service that has proven who it is. */
export interface TokenRequest {
  readonly kind: SignInKind;
  /** Default: the first tenant. */
  readonly tenantId?: string | undefined;
  /** Default: the first app of the tenant. */
  readonly clientId?: string | undefined;
  readonly resource: string;
  readonly twist?: TokenTwist | undefined;
}

type Proof = { readonly kind: SignInKind } | EntraProblem;

const repeated = {
  code: 700027,
  text: "Client assertion failed validation. The assertion has been used before.",
} as const satisfies EntraProblem;

/** Answers a request for a token. */
export async function answerToken(
  desk: EntraDesk,
  request: ArrivedRequest,
  { tenantName, version }: Pick<EntraMatch, "tenantName" | "version">,
  twist: EntraTwist | undefined,
): Promise<Answer> {
  const form = new URLSearchParams(request.body);
  const wish = readWish(form, version);
  const tenant = findTenant(desk.tenants, tenantName);
  const app = findApp(tenant, form.get("client_id") ?? "");
  const assertion = presentAssertion(desk, form.get("client_assertion"));
  const context = contextOf(desk, request, { tenant: tenant?.name ?? tenantName, app, form, assertion, wish });
  const problem = twist?.kind === "error" ? twist : undefined;
  if (problem !== undefined) return problemAnswer(problem, context, desk.lineBreak);
  const result = await decide(desk, { tenant, app, form, assertion, wish }, twist);
  if ("code" in result) return problemAnswer(result, context, desk.lineBreak);
  const fields = twist?.kind === "token" ? twist.fields : {};
  const body = { ...aboutToken(wish, result, version), access_token: result.token, ...fields };
  return jsonAnswer(200, body, { "cache-control": "no-store, no-cache" });
}

/** A token for a service that has proven who it is, or why there is none. */
export async function grantToken(desk: EntraDesk, request: TokenRequest): Promise<IssuedToken | EntraProblem> {
  const { kind, tenantId, clientId, resource, twist } = request;
  const tenant = tenantId === undefined ? desk.tenants[0] : findTenant(desk.tenants, tenantId);
  if (tenant === undefined) return { code: 90002 };
  const app = clientId === undefined ? tenant.apps[0] : findApp(tenant, clientId);
  if (app === undefined) return { code: 700016 };
  const missing = missingResource(tenant, app, resource);
  if (missing !== undefined) return missing;
  return desk.mint.issue({ kind, tenant, app, resource, twist });
}

/** What the text of an error quotes when a service asked without HTTP. */
export function grantContext(desk: EntraDesk, { tenantId, clientId, resource }: TokenRequest): ErrorContext {
  const tenant = tenantId === undefined ? desk.tenants[0] : findTenant(desk.tenants, tenantId);
  const app = clientId === undefined ? tenant?.apps[0] : findApp(tenant, clientId);
  const form = new URLSearchParams({ client_id: clientId ?? app?.clientId ?? "", scope: `${resource}/.default` });
  const wish = readWish(form, "2.0");
  const parts = { tenant: tenant?.name ?? tenantId ?? "", app, form, assertion: undefined, wish };
  return contextOf(desk, { origin: "https://login.microsoftonline.com", headers: {} }, parts);
}

interface TokenCase {
  readonly tenant: TenantPlan | undefined;
  readonly app: AppPlan | undefined;
  readonly form: URLSearchParams;
  readonly assertion: PresentedAssertion | undefined;
  readonly wish: Wish;
}

async function decide(
  desk: EntraDesk,
  { tenant, app, form, assertion, wish: { resource, problem } }: TokenCase,
  twist: EntraTwist | undefined,
): Promise<IssuedToken | EntraProblem> {
  if (tenant === undefined) return { code: 90002 };
  if (form.get("grant_type") !== "client_credentials") return { code: 70003 };
  if (!form.has("client_id")) return { code: 900144 };
  if (app === undefined) return { code: 700016 };
  const proof = await prove(desk, app, form, assertion);
  if ("code" in proof) return proof;
  if (problem !== undefined) return problem;
  const missing = missingResource(tenant, app, resource);
  if (missing !== undefined) return missing;
  if (app.blockedBy !== undefined) return { code: app.blockedBy === "missingConsent" ? 65001 : 53003 };
  return desk.mint.issue({ ...proof, tenant, app, resource, twist: twist?.kind === "token" ? twist : undefined });
}

/** Why nobody, or not this app, gets a token for a resource; undefined when nothing speaks against it. */
function missingResource(tenant: TenantPlan, app: AppPlan, resource: string): EntraProblem | undefined {
  if (!hasResource(tenant, resource)) return { code: 500011 };
  const { permittedResources } = app;
  const isPermitted = permittedResources === undefined || hasResource({ resources: permittedResources }, resource);
  return isPermitted ? undefined : { code: 650057 };
}

async function prove(
  desk: EntraDesk,
  app: AppPlan,
  form: URLSearchParams,
  assertion: PresentedAssertion | undefined,
): Promise<Proof> {
  if (assertion !== undefined) {
    if (form.get("client_assertion_type") !== "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") {
      return { code: 700027 };
    }
    const refusal = await refuseAssertion(assertion, app, desk.issuers);
    if (refusal !== undefined) return { code: refusal };
    return assertion.isRepeated && desk.refusesRepeated ? repeated : { kind: "assertion" };
  }
  const given = form.get("client_secret");
  if (given === null) return { code: 7000218 };
  const secret = app.secrets?.find(({ value }) => value === given);
  if (secret === undefined) return { code: 7000215 };
  return desk.now() >= (secret.expiresAtMs ?? Infinity) ? { code: 7000222 } : { kind: "secret" };
}

function presentAssertion(desk: EntraDesk, token: string | null): PresentedAssertion | undefined {
  if (token === null) return undefined;
  const assertion = readAssertion(token, desk.now(), desk.assertions);
  desk.assertions.push(assertion);
  return assertion;
}

function contextOf(
  desk: EntraDesk,
  { origin, headers }: Pick<ArrivedRequest, "origin" | "headers">,
  { tenant, app, form, assertion, wish }: Omit<TokenCase, "tenant"> & { readonly tenant: string },
): ErrorContext {
  return {
    nowMs: desk.now(),
    origin,
    tenant,
    clientId: form.get("client_id") ?? "",
    appName: app?.name ?? "unnamed",
    scope: form.get("scope") ?? "",
    resource: wish.resource,
    issuer: assertion?.issuer ?? "",
    subject: assertion?.subject ?? "",
    audience: assertion?.audience ?? "",
    assertionFromMs: assertion?.fromMs ?? 0,
    assertionUntilMs: assertion?.untilMs ?? 0,
    correlationId: form.get("client-request-id") ?? headers["client-request-id"],
  };
}
