import { expect, test } from "@jest/globals";
import { type AppPlan, defaultApp, defaultTenant, exchangeAudience } from "../../emulator/entra/entra.ts";
import { askIdToken, askToken, assertionForm, startIdentityWorld } from "../harness/identity.ts";

const withApp = (app: AppPlan) => ({ entra: { tenants: [{ ...defaultTenant, apps: [app] }] } });
const federation = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";
const check = `Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${federation}`;

const credential = defaultApp.federatedCredentials[0];
const subject = credential.subject;

test.each([
  [
    "another subject",
    { ...credential, subject: "repo:contoso/other:environment:production" },
    700213,
    `subject '${subject}'. ${check}`,
  ],
  [
    "the subject in other letters",
    { ...credential, subject: "repo:Contoso/Marketplace:environment:production" },
    7002138,
    `subject '${subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. ${check}`,
  ],
  ["another audience", { ...credential, audience: "api://Other" }, 700212, `audience '${exchangeAudience}'. ${check}`],
  [
    "another issuer",
    { ...credential, issuer: "https://gitlab.com" },
    700211,
    `issuer 'https://token.actions.githubusercontent.com'. ${check}`,
  ],
])("refuses an assertion when the credential names %s", async (_what, other, code, text) => {
  const { entra, gitHub } = await startIdentityWorld(withApp({ ...defaultApp, federatedCredentials: [other] }));
  const { status, body } = await askToken(entra, assertionForm(await gitHub.issue(exchangeAudience)));
  expect([status, body["error"], body["error_codes"]]).toEqual([401, "invalid_client", [code]]);
  const start = `AADSTS${code}: No matching federated identity record found for presented assertion ${text}\r\nTrace ID: `;
  expect(String(body["error_description"]).startsWith(start)).toBe(true);
});

test.each([
  ["a time that is over", 300_000, 700024],
  ["a time that is nearly over", 299_999, undefined],
])("judges an assertion by the clock: %s", async (_what, durationMs, code) => {
  const { entra, gitHub, clock } = await startIdentityWorld();
  const assertion = await gitHub.issue(exchangeAudience);
  clock.advance(durationMs);
  const { body } = await askToken(entra, assertionForm(assertion));
  expect(body["error_codes"]).toEqual(code === undefined ? undefined : [code]);
  const text =
    "AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-01-01T00:05:00.0000000Z, assertion valid from 2026-01-01T00:00:00.0000000Z, expiry time of assertion 2026-01-01T00:05:00.0000000Z. ";
  expect(String(body["error_description"]).startsWith(text)).toBe(code !== undefined);
});

test.each([
  ["signed by another key", { kind: "forged" } as const, 700027],
  ["from the day after tomorrow", { kind: "claims", claims: { nbf: 2_000_000_000 } } as const, 700024],
])("refuses an assertion that is %s", async (_what, twist, code) => {
  const { entra, gitHub } = await startIdentityWorld({ gitHub: { faults: [{ twist }] } });
  const { body } = await askIdToken(gitHub, exchangeAudience);
  expect((await askToken(entra, assertionForm(String(body["value"])))).body["error_codes"]).toEqual([code]);
});

test.each([
  ["no JWT", "nonsense", defaultApp, 700027],
  ["a JWT of an app without credentials", undefined, { ...defaultApp, federatedCredentials: [] }, 70025],
])("refuses an assertion that is %s", async (_what, text, app, code) => {
  const { entra, gitHub } = await startIdentityWorld(withApp(app));
  const assertion = text ?? (await gitHub.issue(exchangeAudience));
  expect((await askToken(entra, assertionForm(assertion))).body["error_codes"]).toEqual([code]);
});

test("cannot check an assertion whose issuer does not answer", async () => {
  const { entra, gitHub } = await startIdentityWorld({ entra: { issuers: [] } });
  const { body } = await askToken(entra, assertionForm(await gitHub.issue(exchangeAudience)));
  expect(body["error_codes"]).toEqual([50166]);
});
