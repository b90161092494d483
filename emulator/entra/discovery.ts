import type { ArrivedRequest } from "../wire/request.ts";
import type { EndpointVersion } from "./token-form.ts";

/** What of Entra a request is for. */
export type EntraRoute = "token" | "configuration" | "keys" | "instance" | "unknown";

/** What of Entra a request is for, and the tenant that its path names. */
export interface EntraMatch {
  readonly route: EntraRoute;
  readonly tenantName: string;
  /** Of the endpoint. */
  readonly version: EndpointVersion;
}

const routes = [
  ["POST", /^\/(?<tenant>[^/]+)\/oauth2\/v2\.0\/token$/, "token"],
  ["POST", /^\/(?<tenant>[^/]+)\/oauth2\/token$/, "token"],
  ["GET", /^\/(?<tenant>[^/]+)\/v2\.0\/\.well-known\/openid-configuration$/, "configuration"],
  ["GET", /^\/(?<tenant>[^/]+)\/discovery\/v2\.0\/keys$/, "keys"],
  ["GET", /^\/common\/discovery\/instance$/, "instance"],
] as const satisfies readonly (readonly [string, RegExp, EntraRoute])[];

/** Finds what a request is for. */
export function matchEntra({ method, target }: Pick<ArrivedRequest, "method" | "target">): EntraMatch {
  const [path = ""] = target.split("?");
  const version = path.endsWith("/oauth2/token") ? "1.0" : "2.0";
  for (const [allowed, pattern, route] of routes) {
    const found = pattern.exec(path);
    if (found !== null && method === allowed) return { route, tenantName: found.groups?.["tenant"] ?? "", version };
  }
  return { route: "unknown", tenantName: "", version };
}

/** The OpenID configuration of a tenant, at the host that was asked for. */
export function openIdConfiguration(origin: string, tenantId: string): object {
  const tenant = `${origin}/${tenantId}`;
  return {
    token_endpoint: `${tenant}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
    jwks_uri: `${tenant}/discovery/v2.0/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: `${tenant}/v2.0`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${tenant}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${tenant}/oauth2/v2.0/devicecode`,
    http_logout_supported: true,
    end_session_endpoint: `${tenant}/oauth2/v2.0/logout`,
    tenant_region_scope: "EU",
    cloud_instance_name: "microsoftonline.com",
  };
}

/** The answer that names the host itself as its cloud. */
export function instanceMetadata(origin: string, tenantId: string): object {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
}
