import { gitHubIssuer } from "../github/oidc.ts";
import type { KeySet } from "../wire/jwt.ts";

/** A secret of an app. */
export interface SecretPlan {
  readonly value: string;
  /** From this time on, in milliseconds since the epoch, it has expired. Default never. */
  readonly expiresAtMs?: number;
}

/** Whose assertions stand for an app. All three are compared as they are, case and all. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  /** Default `api://AzureADTokenExchange`. */
  readonly audience?: string;
}

/** An app registration with its principal. */
export interface AppPlan {
  readonly clientId: string;
  readonly name?: string;
  /** The object id of its principal. */
  readonly objectId?: string;
  readonly secrets?: readonly SecretPlan[];
  readonly federatedCredentials?: readonly FederatedCredential[];
  /** The resources that are among its permissions. Default: whatever is asked for. */
  readonly permittedResources?: readonly string[];
  /** What stands between a proven app and its token. Default nothing. */
  readonly blockedBy?: "missingConsent" | "conditionalAccess";
}

/** A tenant and what it knows. */
export interface TenantPlan {
  readonly id: string;
  readonly name?: string;
  /** Verified domains, which name the tenant as well as its id does. */
  readonly domains?: readonly string[];
  readonly apps: readonly AppPlan[];
  /** The resources that have a principal here. Default: whatever is asked for. */
  readonly resources?: readonly string[];
}

/** An OIDC provider whose keys Entra can read; GitHub's stand-in is one. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly publicKeys: KeySet;
}

/** The audience of assertions in the global cloud. */
export const exchangeAudience = "api://AzureADTokenExchange";

/** The app of {@link defaultTenant}. */
export const defaultApp = {
  clientId: "00001111-aaaa-2222-bbbb-3333cccc4444",
  name: "marketplace-go-live",
  objectId: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb",
  secrets: [{ value: "Zx8Q~contoso.secret_of-the-default-app~41" }],
  federatedCredentials: [{ issuer: gitHubIssuer, subject: "repo:contoso/marketplace:environment:production" }],
} as const satisfies AppPlan;

/** A tenant with one app that trusts the default job of GitHub's stand-in and has one secret. */
export const defaultTenant = {
  id: "aaaabbbb-0000-cccc-1111-dddd2222eeee",
  name: "Contoso",
  domains: ["contoso.onmicrosoft.com"],
  apps: [defaultApp],
} as const satisfies TenantPlan;

/** The tenant of that id or domain. */
export function findTenant(tenants: readonly TenantPlan[], name: string): TenantPlan | undefined {
  return tenants.find(({ id, domains = [] }) => [id, ...domains].some((each) => isSame(each, name)));
}

/** The app of that client id. */
export function findApp(tenant: TenantPlan | undefined, clientId: string): AppPlan | undefined {
  return tenant?.apps.find((app) => isSame(app.clientId, clientId));
}

/** Whether a tenant knows a resource; a slash at its end is no difference. */
export function hasResource({ resources }: Pick<TenantPlan, "resources">, resource: string): boolean {
  return resources?.some((each) => each.replace(/\/$/, "") === resource.replace(/\/$/, "")) ?? true;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
