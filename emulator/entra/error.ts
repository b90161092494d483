import { randomUUID } from "node:crypto";
import { type Answer, jsonAnswer } from "../wire/answer.ts";

/** What the texts of errors quote. */
export interface ErrorContext {
  readonly nowMs: number;
  /** The scheme and host that was asked. */
  readonly origin: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly appName: string;
  readonly scope: string;
  readonly resource: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly assertionFromMs: number;
  readonly assertionUntilMs: number;
  /** The `client-request-id` of the request. */
  readonly correlationId?: string | undefined;
}

interface ErrorPlan {
  readonly status: number;
  readonly error: string;
  readonly suberror?: string;
  readonly text: (context: ErrorContext) => string;
}

const federation = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
const checkCredential = `Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federation}`;
const wrongTenant =
  "This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.";

/** The errors as Entra words them: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const errors = {
  50034: {
    status: 400,
    error: "invalid_grant",
    text: ({ tenant }) =>
      `The user account {EUII Hidden} does not exist in the ${tenant} directory. To sign into this application, the account must be added to the directory.`,
  },
  50166: { status: 400, error: "invalid_request", text: () => "Request to External OIDC endpoint failed." },
  53003: {
    status: 400,
    error: "invalid_grant",
    suberror: "message_only",
    text: () =>
      "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
  },
  65001: {
    status: 400,
    error: "invalid_grant",
    suberror: "consent_required",
    text: ({ clientId, appName }) =>
      `The user or administrator has not consented to use the application with ID '${clientId}' named '${appName}'. Send an interactive authorization request for this user and resource.`,
  },
  70003: {
    status: 400,
    error: "unsupported_grant_type",
    text: () => "The app requested an unsupported grant type.",
  },
  70011: {
    status: 400,
    error: "invalid_scope",
    text: ({ scope }) =>
      `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`,
  },
  70021: {
    status: 401,
    error: "invalid_client",
    text: ({ issuer, subject, audience }) =>
      `No matching federated identity record found for presented assertion. Assertion Issuer: '${issuer}'. Assertion Subject: '${subject}'. Assertion Audience: '${audience}'. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation`,
  },
  70025: {
    status: 401,
    error: "invalid_client",
    text: ({ clientId, appName }) =>
      `The client '${clientId}'(${appName}) has no configured federated identity credentials.`,
  },
  90002: {
    status: 400,
    error: "invalid_request",
    text: ({ tenant }) =>
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  },
  500011: {
    status: 400,
    error: "invalid_resource",
    text: ({ resource, tenant }) =>
      `The resource principal named ${resource} was not found in the tenant named ${tenant}. ${wrongTenant}`,
  },
  650057: {
    status: 400,
    error: "invalid_resource",
    text: ({ clientId, appName, resource }) =>
      `Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: ${clientId}(${appName}). Resource value from request: ${resource}. Resource app ID: 00001111-0000-0000-0000-000000000000. List of valid resources from app registration: .`,
  },
  700016: {
    status: 400,
    error: "unauthorized_client",
    text: ({ clientId, tenant }) =>
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'. ${wrongTenant}`,
  },
  700024: {
    status: 401,
    error: "invalid_client",
    text: ({ nowMs, assertionFromMs, assertionUntilMs }) =>
      `Client assertion is not within its valid time range. Current time: ${ticks(nowMs)}, assertion valid from ${ticks(assertionFromMs)}, expiry time of assertion ${ticks(assertionUntilMs)}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  },
  700027: { status: 401, error: "invalid_client", text: () => "Client assertion failed signature validation." },
  700211: {
    status: 401,
    error: "invalid_client",
    text: ({ issuer }) =>
      `No matching federated identity record found for presented assertion issuer '${issuer}'. ${checkCredential}`,
  },
  700212: {
    status: 401,
    error: "invalid_client",
    text: ({ audience }) =>
      `No matching federated identity record found for presented assertion audience '${audience}'. ${checkCredential}`,
  },
  700213: {
    status: 401,
    error: "invalid_client",
    text: ({ subject }) =>
      `No matching federated identity record found for presented assertion subject '${subject}'. ${checkCredential}`,
  },
  900144: {
    status: 400,
    error: "invalid_request",
    text: () => "The request body must contain the following parameter: 'client_id'.",
  },
  1002012: {
    status: 400,
    error: "invalid_scope",
    text: ({ scope }) =>
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  7000215: {
    status: 401,
    error: "invalid_client",
    text: ({ clientId }) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  },
  7000218: {
    status: 401,
    error: "invalid_client",
    text: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  7000222: {
    status: 401,
    error: "invalid_client",
    text: ({ clientId }) =>
      `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
  },
  7002138: {
    status: 401,
    error: "invalid_client",
    text: ({ subject }) =>
      `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. ${checkCredential}`,
  },
} as const satisfies Record<number, ErrorPlan>;

/** An error that Entra documents, by the number after `AADSTS`. */
export type EntraErrorCode = keyof typeof errors;

/** An error to be answered; one that is not in the table says all of itself. */
export interface EntraProblem {
  readonly code: number;
  /** Instead of the documented text. */
  readonly text?: string;
  readonly status?: number;
  readonly error?: string;
}

/** The text of an error without the ids behind it, such as `AADSTS90002: Tenant …`. */
export function problemText({ code, text }: EntraProblem, context: ErrorContext): string {
  return `AADSTS${code}: ${text ?? planOf(code)?.text(context) ?? "Something that nobody has documented."}`;
}

/** The answer that tells an error. */
export function problemAnswer(problem: EntraProblem, context: ErrorContext, lineBreak: string): Answer {
  const plan = planOf(problem.code);
  const ids = { trace: randomUUID(), correlation: context.correlationId ?? randomUUID() };
  const timestamp = `${new Date(context.nowMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const trailer = [`Trace ID: ${ids.trace}`, `Correlation ID: ${ids.correlation}`, `Timestamp: ${timestamp}`];
  return jsonAnswer(problem.status ?? plan?.status ?? 400, {
    error: problem.error ?? plan?.error ?? "invalid_request",
    error_description: [problemText(problem, context), ...trailer].join(lineBreak),
    error_codes: [problem.code],
    timestamp,
    trace_id: ids.trace,
    correlation_id: ids.correlation,
    error_uri: `${context.origin}/error?code=${problem.code}`,
    ...(plan?.suberror === undefined ? {} : { suberror: plan.suberror }),
  });
}

function planOf(code: number): ErrorPlan | undefined {
  return Object.entries<ErrorPlan>(errors).find(([number]) => Number(number) === code)?.[1];
}

/** A time as .NET prints it. */
function ticks(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("Z", "0000Z");
}
