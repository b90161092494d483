import { expect, test } from "@jest/globals";
import {
  type ClientAssertionCredentialOptions,
  ClientAssertionCredential,
  ClientSecretCredential,
} from "@azure/identity";
import {
  defaultApp,
  defaultTenant,
  type Entra,
  type EntraFault,
  exchangeAudience,
} from "../../emulator/entra/entra.ts";
import { RESOURCE, startIdentityWorld } from "../harness/identity.ts";

const scope = `${RESOURCE}/.default`;

function optionsFor(entra: Entra): ClientAssertionCredentialOptions {
  return {
    authorityHost: entra.url,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: entra.ca },
    retryOptions: { maxRetries: 0 },
  };
}

function secretCredential(entra: Entra, secret: string = defaultApp.secrets[0].value): ClientSecretCredential {
  return new ClientSecretCredential(defaultTenant.id, defaultApp.clientId, secret, optionsFor(entra));
}

test("@azure/identity signs in with a secret, and takes the life of its token from the answer", async () => {
  const { entra } = await startIdentityWorld({ entra: { lifetimeSeconds: 4321 } });
  const before = Date.now();
  const token = await secretCredential(entra).getToken(scope);
  expect(token.token).toBe(entra.tokens[0]?.token);
  expect(Math.abs(token.expiresOnTimestamp - before - 4_321_000)).toBeLessThan(5_000);
  expect(entra.requests.map(({ method, route }) => `${method} ${route}`)).toEqual(["GET configuration", "POST token"]);
});

test("@azure/identity signs in with ID tokens, asks for two where it sends one, and keeps the token it got", async () => {
  const { entra, gitHub } = await startIdentityWorld({ entra: { refusesRepeated: true } });
  const getAssertion = () => gitHub.issue(exchangeAudience);
  const { id } = defaultTenant;
  const credential = new ClientAssertionCredential(id, defaultApp.clientId, getAssertion, optionsFor(entra));
  const first = await credential.getToken(scope);
  expect(first.token).toBe(entra.tokens[0]?.token);
  expect([gitHub.issued.length, entra.assertions.length]).toEqual([2, 1]);
  expect((await credential.getToken(scope)).token).toBe(first.token);
  expect([entra.tokens.length, entra.assertions.length]).toEqual([1, 1]);
});

test("@azure/identity asks again for a token that has less than five minutes left", async () => {
  const { entra } = await startIdentityWorld({ entra: { lifetimeSeconds: 299 } });
  const credential = secretCredential(entra);
  const [first, second] = [await credential.getToken(scope), await credential.getToken(scope)];
  expect([first.token, second.token]).toEqual(entra.tokens.map(({ token }) => token));
});

const bad = { kind: "status", status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad</h1>" } as const;
const html = "Http status code: 502\nHttp status message: <h1>Bad</h1>";

const failures: readonly (readonly [string, readonly EntraFault[], string, string])[] = [
  [
    "an error of Entra",
    [{ twist: { kind: "error", code: 7000222 } }],
    "AuthenticationRequiredError",
    "AADSTS7000222: The",
  ],
  [
    "a condition",
    [{ twist: { kind: "error", code: 53003 } }],
    "AuthenticationRequiredError",
    "AADSTS53003: Access has",
  ],
  ["a status with HTML", [{ act: bad }], "AuthenticationRequiredError", html],
  ["a reset", [{ act: { kind: "reset", at: "request" } }], "AuthenticationRequiredError", "network_error: See"],
  [
    "a configuration that cannot be had",
    [{ on: "configuration", act: { kind: "reset", at: "request" } }],
    "CredentialUnavailableError",
    "endpoints_resolution_error: See",
  ],
  [
    "a tenant that nobody knows, without Entra's code,",
    [{ on: "configuration", twist: { kind: "error", code: 90002 } }],
    "CredentialUnavailableError",
    "endpoints_resolution_error: See",
  ],
];

test.each(failures)("@azure/identity reports %s", async (_what, faults, name, text) => {
  const { entra } = await startIdentityWorld({ entra: { faults } });
  const asking = secretCredential(entra).getToken(scope);
  await expect(asking).rejects.toMatchObject({ name, message: expect.stringContaining(text) });
});

test("@azure/identity gives a token without a stated life all the same, and says it ends at once", async () => {
  const faults: readonly EntraFault[] = [{ twist: { kind: "token", fields: { expires_in: undefined } } }];
  const { entra } = await startIdentityWorld({ entra: { faults } });
  const token = await secretCredential(entra).getToken(scope);
  expect(token.token).toBe(entra.tokens[0]?.token);
  expect(token.expiresOnTimestamp).toBeLessThan(Date.now() + 1_000);
});
