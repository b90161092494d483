import { expect, test } from "@jest/globals";
import { defaultApp, defaultTenant, exchangeAudience } from "../../emulator/entra/entra.ts";
import { isSignedBy, readClaims } from "../../emulator/wire/jwt.ts";
import { askEntra, askToken, assertionForm, RESOURCE, secretForm, startIdentityWorld } from "../harness/identity.ts";

test("gives a token for a secret, which is what its answer and its claims say", async () => {
  const { entra, clock } = await startIdentityWorld();
  const { status, body } = await askToken(entra, secretForm());
  const [issued] = entra.tokens;
  expect(status).toBe(200);
  expect(body).toMatchObject({
    token_type: "Bearer",
    expires_in: issued?.lifetimeSeconds,
    access_token: issued?.token,
  });
  expect(issued).toMatchObject({ kind: "secret", resource: RESOURCE, audience: RESOURCE });
  const token = String(body["access_token"]);
  const nowS = clock.now() / 1000;
  expect(readClaims(token)).toMatchObject({
    aud: RESOURCE,
    appid: defaultApp.clientId,
    oid: defaultApp.objectId,
    tid: defaultTenant.id,
    iat: nowS - 300,
    nbf: nowS - 300,
    exp: nowS + Number(body["expires_in"]),
  });
  expect(await isSignedBy(token, entra.publicKeys)).toBe(true);
});

test("tokens live from 60 to 90 minutes, by chance, unless told otherwise", async () => {
  const { entra } = await startIdentityWorld();
  for (let count = 0; count < 12; count += 1) await entra.grant({ kind: "azureCli", resource: RESOURCE });
  const lives = entra.tokens.map(({ lifetimeSeconds }) => lifetimeSeconds);
  expect(Math.min(...lives)).toBeGreaterThanOrEqual(3600);
  expect(Math.max(...lives)).toBeLessThanOrEqual(5400);
  expect(new Set(lives).size).toBeGreaterThan(1);
  const other = await startIdentityWorld({ entra: { lifetimeSeconds: 7 } });
  expect((await askToken(other.entra, secretForm())).body["expires_in"]).toBe(7);
});

test("says of a token whether it is valid, has expired, is for another audience or unknown", async () => {
  const { entra, clock } = await startIdentityWorld({ entra: { lifetimeSeconds: 60 } });
  const token = String((await askToken(entra, secretForm())).body["access_token"]);
  expect([entra.accepts(token), entra.accepts(token, `${RESOURCE}/`)]).toEqual(["valid", "valid"]);
  expect(entra.accepts(token, "https://graph.microsoft.com")).toBe("wrongAudience");
  expect([entra.accepts(`${token}x`), entra.tokenPlan(`${token}x`)]).toEqual(["unknown", undefined]);
  clock.advance(59_999);
  expect(entra.accepts(token)).toBe("valid");
  clock.advance(1);
  expect(entra.accepts(token)).toBe("expired");
});

test("gives a token for an ID token of GitHub, and remembers the assertion", async () => {
  const { entra, gitHub } = await startIdentityWorld();
  const assertion = await gitHub.issue(exchangeAudience);
  expect((await askToken(entra, assertionForm(assertion))).status).toBe(200);
  expect(entra.tokens).toMatchObject([{ kind: "assertion" }]);
  expect(entra.assertions).toMatchObject([
    { jti: gitHub.issued[0]?.jti, subject: gitHub.subject, issuer: gitHub.issuer, isRepeated: false },
  ]);
});

test("an assertion that comes twice is noted, and refused when told to", async () => {
  for (const [refusesRepeated, status] of [
    [false, 200],
    [true, 401],
  ] as const) {
    const { entra, gitHub } = await startIdentityWorld({ entra: { refusesRepeated } });
    const assertion = await gitHub.issue(exchangeAudience);
    await askToken(entra, assertionForm(assertion));
    expect((await askToken(entra, assertionForm(assertion))).status).toBe(status);
    expect(entra.assertions.map(({ isRepeated }) => isRepeated)).toEqual([false, true]);
  }
});

test("describes itself at the host that was asked for", async () => {
  const { entra } = await startIdentityWorld();
  const base = `${entra.url}/${defaultTenant.id}`;
  expect((await askEntra(entra, `/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration`)).body).toMatchObject({
    issuer: `${base}/v2.0`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  });
  expect((await askEntra(entra, `/${defaultTenant.id}/discovery/v2.0/keys`)).body).toEqual(entra.publicKeys);
  expect((await askEntra(entra, "/common/discovery/instance?api-version=1.1")).body).toMatchObject({
    metadata: [{ preferred_network: new URL(entra.url).host }],
  });
  const nowhere = await askEntra(entra, "/nowhere/v2.0/.well-known/openid-configuration");
  expect([nowhere.status, nowhere.body["error"]]).toEqual([400, "invalid_tenant"]);
  expect((await askEntra(entra, "/")).status).toBe(404);
});
