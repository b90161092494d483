import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { startManagedIdentity } from "../../emulator/entra/managed-identity.ts";
import { askToken, type IdentityWorld, RESOURCE, secretForm, startIdentityWorld } from "../harness/identity.ts";
import { createFolder, signIn } from "../harness/identity-process.ts";
import { closeAfterTest } from "../harness/closing.ts";

const scope = `${RESOURCE}/.default`;
const secret = defaultApp.secrets[0].value;

function environmentFor({ entra, gitHub }: IdentityWorld): NodeJS.ProcessEnv {
  const file = join(createFolder(), "authority.pem");
  writeFileSync(file, entra.ca);
  return { ...gitHub.environment, AUTHORITY_HOST: entra.url, NODE_EXTRA_CA_CERTS: file };
}

test.each([
  ["oidc", []],
  ["secret", [secret]],
])("a process that trusts the authority signs in: %s", async (kind, more) => {
  const world = await startIdentityWorld();
  const words = [kind, scope, defaultTenant.id, defaultApp.clientId, ...more];
  const result = await signIn(words, environmentFor(world));
  expect(world.entra.accepts(String(result["token"]), RESOURCE)).toBe("valid");
  expect(world.gitHub.requests.map(({ answer }) => answer)).toEqual(kind === "oidc" ? [200, 200] : []);
});

test("a process that does not trust the authority gets nothing", async () => {
  const world = await startIdentityWorld();
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = environmentFor(world);
  const result = await signIn(["secret", scope, defaultTenant.id, defaultApp.clientId, secret], environment);
  expect(result["name"]).toBe("CredentialUnavailableError");
  expect(world.entra.requests).toEqual([]);
});

test.each([
  ["its own", []],
  ["one that a user assigned", ["", defaultApp.clientId]],
])("a process on a host with a managed identity signs in: %s", async (_what, words) => {
  const { entra, clock } = await startIdentityWorld({ entra: { lifetimeSeconds: 86_400 } });
  const host = await startManagedIdentity({ entra, clock, userAssigned: [defaultApp.clientId] });
  closeAfterTest(() => host.close());
  const result = await signIn(["managedIdentity", scope, ...words], host.environment);
  // The library counts in whole seconds of its own clock, one of which may begin in between.
  expect(Math.abs(Number(result["expiresOnTimestamp"]) - clock.now() - 86_400_000)).toBeLessThan(5_000);
  expect(entra.accepts(String(result["token"]), RESOURCE)).toBe("valid");
  expect(entra.tokens).toMatchObject([{ kind: "managedIdentity" }]);
  expect(host.requests.map(({ path }) => path.includes(`&client_id=${defaultApp.clientId}`))).toEqual([
    words.length > 0,
  ]);
});

test("a managed identity can misbehave", async () => {
  const { entra } = await startIdentityWorld();
  const host = await startManagedIdentity({ entra });
  closeAfterTest(() => host.close());
  host.setFaults([
    { nth: 1, twist: { audience: "https://graph.microsoft.com" } },
    { nth: 2, act: { kind: "status", status: 503, body: "{}" } },
  ]);
  const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: key } = host.environment;
  const ask = () =>
    fetch(`${url}?api-version=2019-08-01&resource=${RESOURCE}`, { headers: { "x-identity-header": key } });
  const { access_token: token } = (await (await ask()).json()) as { readonly access_token: string };
  expect(entra.accepts(token)).toBe("wrongAudience");
  expect([(await ask()).status, (await ask()).status]).toEqual([503, 200]);
});

test("a managed identity is refused to strangers, and where there is none", async () => {
  const { entra } = await startIdentityWorld({ entra: { tenants: [{ ...defaultTenant, resources: [RESOURCE] }] } });
  const host = await startManagedIdentity({ entra, systemAssigned: null, userAssigned: [defaultApp.clientId] });
  closeAfterTest(() => host.close());
  const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: key } = host.environment;
  const ask = async (query: string, header = key) => {
    const answer = await fetch(`${url}${query}`, { headers: { "x-identity-header": header } });
    return [answer.status, ((await answer.json()) as { readonly message?: string }).message];
  };
  const version = "?api-version=2019-08-01";
  const mine = `${version}&client_id=${defaultApp.clientId}`;
  expect(await ask(`${mine}&resource=${RESOURCE}`, "guess")).toEqual([
    401,
    "The request has no valid X-IDENTITY-HEADER.",
  ]);
  expect(await ask(`?resource=${RESOURCE}`)).toEqual([400, "The api-version is not supported."]);
  expect(await ask(mine)).toEqual([400, "The resource is missing."]);
  for (const query of [version, `${version}&client_id=other`]) {
    const nobody = expect.stringContaining("No User Assigned or Delegated Managed Identity found");
    expect(await ask(`${query}&resource=${RESOURCE}`)).toEqual([400, nobody]);
  }
  const unknown = expect.stringContaining("AADSTS500011: The resource principal named https://other.example was not");
  expect(await ask(`${mine}&resource=https://other.example`)).toEqual([500, unknown]);
  expect(await ask(`${mine}&resource=${RESOURCE}`)).toEqual([200, undefined]);
});

test("the marketplace takes the tokens that Entra gave out, for as long as they live, and its own", async () => {
  const { entra, clock } = await startIdentityWorld({ entra: { lifetimeSeconds: 60 } });
  const emulator = await startEmulator({ clock, tokenCheck: (token) => entra.tokenPlan(token, RESOURCE) });
  closeAfterTest(() => emulator.close());
  const look = async (token: string) => {
    const url = `${emulator.url}/api/publishers/contoso/offers/contoso-vm/status?api-version=2017-10-31`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const { error } = (await answer.json()) as { readonly error?: { readonly message: string } };
    return [answer.status, error?.message];
  };
  const token = String((await askToken(entra, secretForm())).body["access_token"]);
  const graph = await askToken(entra, secretForm({ scope: "https://graph.microsoft.com/.default" }));
  expect(await look(token)).toEqual([200, undefined]);
  expect(await look("emulator-token")).toEqual([200, undefined]);
  expect(await look(String(graph.body["access_token"]))).toEqual([401, "The bearer token is not valid."]);
  expect(await look(`${token}x`)).toEqual([401, "The bearer token is not valid."]);
  clock.advance(60_000);
  expect(await look(token)).toEqual([401, "The bearer token has expired."]);
});
