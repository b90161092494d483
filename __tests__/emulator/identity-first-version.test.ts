import { expect, test } from "@jest/globals";
import { defaultTenant, exchangeAudience } from "../../emulator/entra/entra.ts";
import { readClaims } from "../../emulator/wire/jwt.ts";
import { askEntra, assertionForm, RESOURCE, secretForm, startIdentityWorld } from "../harness/identity.ts";

const PATH = `/${defaultTenant.id}/oauth2/token`;
const withResource = (form: URLSearchParams, resource: string = RESOURCE): URLSearchParams => {
  const changed = new URLSearchParams(form);
  changed.delete("scope");
  changed.set("resource", resource);
  return changed;
};

test("the first version gives a token for a resource, and says its times as texts", async () => {
  const { entra, clock } = await startIdentityWorld({ entra: { lifetimeSeconds: 3599 } });
  const { status, body } = await askEntra(entra, PATH, withResource(secretForm()));
  const nowS = clock.now() / 1000;
  expect([status, body]).toEqual([
    200,
    {
      token_type: "Bearer",
      expires_in: "3599",
      ext_expires_in: "3599",
      expires_on: String(nowS + 3599),
      not_before: String(nowS - 300),
      resource: RESOURCE,
      access_token: entra.tokens[0]?.token,
    },
  ]);
  expect(entra.tokens).toMatchObject([{ kind: "secret", resource: RESOURCE, audience: RESOURCE }]);
  expect(readClaims(String(body["access_token"]))?.aud).toBe(RESOURCE);
});

test("the first version takes an ID token of GitHub as well", async () => {
  const { entra, gitHub } = await startIdentityWorld();
  const form = withResource(assertionForm(await gitHub.issue(exchangeAudience)));
  expect((await askEntra(entra, PATH, form)).status).toBe(200);
  expect(entra.tokens).toMatchObject([{ kind: "assertion", resource: RESOURCE }]);
});

test.each([
  ["no resource", withResource(secretForm(), ""), 900144, "must contain the following parameter: 'resource'."],
  ["a scope in its place", secretForm(), 900144, "must contain the following parameter: 'resource'."],
  [
    "an unknown resource",
    withResource(secretForm(), "https://nothing.example"),
    500011,
    "The resource principal named https://nothing.example was not found in the tenant named Contoso.",
  ],
  ["a wrong secret", withResource(secretForm({ client_secret: "wrong" })), 7000215, "Invalid client secret provided."],
] as const)("the first version refuses %s", async (_, form, code, text) => {
  const { entra } = await startIdentityWorld({
    entra: { tenants: [{ ...defaultTenant, resources: [RESOURCE] }] },
  });
  const { body } = await askEntra(entra, PATH, form);
  expect(body["error_codes"]).toEqual([code]);
  expect(body["error_description"]).toContain(text);
  expect(entra.tokens).toEqual([]);
});
