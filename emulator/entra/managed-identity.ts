import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer } from "../wire/answer.ts";
import { type EmulatorClock, realClock } from "../wire/clock.ts";
import type { Entra, TokenTwist } from "./entra.ts";
import type { IdentityFault } from "../wire/identity-fault.ts";
import { type IdentityRequest, startIdentityServer } from "../wire/identity-server.ts";
import { toSeconds } from "../wire/jwt.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";

export type ManagedIdentityRoute = "token" | "unknown";

/** What is wrong with an answer: an odd token. */
export type ManagedIdentityFault = IdentityFault<ManagedIdentityRoute, TokenTwist>;

/** How to start the managed identity endpoint of an App Service. */
export interface ManagedIdentityOptions {
  /** Who makes the tokens. */
  readonly entra: Pick<Entra, "grant">;
  readonly clock?: EmulatorClock;
  readonly tenantId?: string;
  /** The client id of the system-assigned identity; null: there is none. Default: the first app of the tenant. */
  readonly systemAssigned?: string | null;
  /** The client ids of user-assigned identities, each an app of the tenant. */
  readonly userAssigned?: readonly string[];
  readonly faults?: readonly ManagedIdentityFault[];
}

/** The managed identity endpoint of an App Service: https://learn.microsoft.com/azure/app-service/overview-managed-identity */
export interface ManagedIdentity {
  /** What the host gives its processes. */
  readonly environment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  readonly requests: readonly IdentityRequest<ManagedIdentityRoute>[];
  setFaults(faults: readonly ManagedIdentityFault[]): void;
  close(): Promise<void>;
}

/** Starts the endpoint on plain HTTP. */
export async function startManagedIdentity(options: ManagedIdentityOptions): Promise<ManagedIdentity> {
  const { clock = realClock } = options;
  const secret = randomUUID();
  const server = await startIdentityServer<ManagedIdentityRoute, TokenTwist>({
    clock,
    faults: options.faults,
    mainRoute: "token",
    routeOf: ({ method, target }) => (method === "GET" && target.startsWith("/msi/token") ? "token" : "unknown"),
    answer: (request, route, twist) =>
      route === "unknown" ? jsonAnswer(404, {}) : answerIdentity(options, secret, request, twist),
  });
  return {
    environment: { IDENTITY_ENDPOINT: `${server.url}/msi/token`, IDENTITY_HEADER: secret },
    requests: server.requests,
    setFaults: server.setFaults,
    close: server.close,
  };
}

async function answerIdentity(
  { entra, tenantId, systemAssigned, userAssigned = [] }: ManagedIdentityOptions,
  secret: string,
  { headers, target }: ArrivedRequest,
  twist: TokenTwist | undefined,
): Promise<Answer> {
  const query = queryOf(target);
  if (headers["x-identity-header"] !== secret) return refuse(401, "The request has no valid X-IDENTITY-HEADER.");
  if (query.get("api-version") !== "2019-08-01") return refuse(400, "The api-version is not supported.");
  const resource = query.get("resource") ?? "";
  if (resource === "") return refuse(400, "The resource is missing.");
  const wanted = query.get("client_id");
  const isMissing = wanted === null ? systemAssigned === null : !userAssigned.includes(wanted);
  if (isMissing)
    return refuse(
      400,
      "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
    );
  const clientId = wanted ?? systemAssigned ?? undefined;
  const token = await entra.grant({ kind: "managedIdentity", tenantId, clientId, resource, twist });
  if (!("token" in token)) return refuse(500, token.description);
  return jsonAnswer(200, {
    access_token: token.token,
    expires_on: String(toSeconds(token.expiresAtMs)),
    resource,
    token_type: "Bearer",
    client_id: token.clientId,
  });
}

function refuse(statusCode: number, message: string): Answer {
  return jsonAnswer(statusCode, { statusCode, message, correlationId: randomUUID() });
}
