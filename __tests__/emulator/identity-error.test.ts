import { expect, test } from "@jest/globals";
import { type AppPlan, defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { askToken, RESOURCE, secretForm, startIdentityWorld, tokenForm } from "../harness/identity.ts";

const withApp = (app: AppPlan) => ({ entra: { tenants: [{ ...defaultTenant, apps: [app] }] } });
const expired = { ...defaultApp, secrets: [{ value: defaultApp.secrets[0].value, expiresAtMs: 0 }] };
const appText = `app '${defaultApp.clientId}'`;

test.each([
  [
    "an unknown app",
    defaultApp,
    secretForm({ client_id: "nobody" }),
    400,
    "unauthorized_client",
    700016,
    "Application with identifier 'nobody' was not found in the directory 'Contoso'. This can happen",
  ],
  [
    "a wrong secret",
    defaultApp,
    secretForm({ client_secret: "wrong" }),
    401,
    "invalid_client",
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to ${appText}.`,
  ],
  [
    "an expired secret",
    expired,
    secretForm(),
    401,
    "invalid_client",
    7000222,
    `The provided client secret keys for ${appText} are expired. Visit`,
  ],
  ["no proof", defaultApp, tokenForm(), 401, "invalid_client", 7000218, "The request body must contain"],
  [
    "an assertion of no known type",
    defaultApp,
    tokenForm({ client_assertion: "x" }),
    401,
    "invalid_client",
    700027,
    "Client assertion failed",
  ],
  [
    "no client id",
    defaultApp,
    secretForm({ client_id: undefined }),
    400,
    "invalid_request",
    900144,
    "The request body must contain",
  ],
  [
    "another grant",
    defaultApp,
    secretForm({ grant_type: "password" }),
    400,
    "unsupported_grant_type",
    70003,
    "The app requested",
  ],
  [
    "no scope",
    defaultApp,
    secretForm({ scope: "" }),
    400,
    "invalid_scope",
    70011,
    "The provided request must include a 'scope'",
  ],
  [
    "a scope without .default",
    defaultApp,
    secretForm({ scope: RESOURCE }),
    400,
    "invalid_scope",
    1002012,
    `The provided value for scope ${RESOURCE} is not valid. Client credential flows`,
  ],
  [
    "missing consent",
    { ...defaultApp, blockedBy: "missingConsent" as const },
    secretForm(),
    400,
    "invalid_grant",
    65001,
    `The user or administrator has not consented to use the application with ID '${defaultApp.clientId}' named 'marketplace-go-live'.`,
  ],
  [
    "a resource that is not among the app's permissions",
    { ...defaultApp, permittedResources: ["https://graph.microsoft.com"] },
    secretForm(),
    400,
    "invalid_resource",
    650057,
    "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions",
  ],
  [
    "conditional access",
    { ...defaultApp, blockedBy: "conditionalAccess" as const },
    secretForm(),
    400,
    "invalid_grant",
    53003,
    "Access has been blocked by Conditional Access policies.",
  ],
])("refuses %s in Entra's words", async (_what, app, form, status, error, code, text) => {
  const { entra } = await startIdentityWorld(withApp(app));
  const answer = await askToken(entra, form);
  expect([answer.status, answer.body["error"], answer.body["error_codes"]]).toEqual([status, error, [code]]);
  expect(String(answer.body["error_description"]).startsWith(`AADSTS${code}: ${text}`)).toBe(true);
  expect(entra.tokens).toEqual([]);
});

test("an unknown tenant and an unknown resource are named", async () => {
  const tenants = [{ ...defaultTenant, resources: [RESOURCE] }];
  const { entra } = await startIdentityWorld({ entra: { tenants } });
  const nowhere = await askToken(entra, secretForm(), "fabrikam.example");
  expect(nowhere.body["error_description"]).toContain("AADSTS90002: Tenant 'fabrikam.example' not found.");
  const unknown = await askToken(entra, secretForm({ scope: "https://other.example/.default" }));
  expect(unknown.body["error_description"]).toContain(
    "AADSTS500011: The resource principal named https://other.example was not found in the tenant named Contoso.",
  );
  expect((await askToken(entra, secretForm({ scope: `${RESOURCE}//.default` }))).status).toBe(200);
  expect((await askToken(entra, secretForm(), "contoso.onmicrosoft.com")).status).toBe(200);
});

test("an error has all its fields, and the ids of its text are those of its fields", async () => {
  const { entra } = await startIdentityWorld({ entra: { lineBreak: " " } });
  const form = secretForm({ client_secret: "wrong", "client-request-id": "11111111-2222-4333-8444-555555555555" });
  const { body } = await askToken(entra, form);
  expect(body).toEqual({
    error: "invalid_client",
    error_description: expect.stringMatching(
      / Trace ID: [0-9a-f-]{36} Correlation ID: 11111111-2222-4333-8444-555555555555 Timestamp: 2026-01-01 00:00:00Z$/,
    ),
    error_codes: [7000215],
    timestamp: "2026-01-01 00:00:00Z",
    trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    correlation_id: "11111111-2222-4333-8444-555555555555",
    error_uri: `${entra.url}/error?code=7000215`,
  });
  expect(body["error_description"]).toContain(String(body["trace_id"]));
});
