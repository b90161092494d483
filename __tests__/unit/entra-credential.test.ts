import { expect, test } from "@jest/globals";
import { createEntraCredential, type EntraCredentialOptions } from "../../src/identity/entra-credential.ts";
import type { EntraSignIn } from "../../src/identity/sign-in.ts";
import { createWire } from "../../src/identity/wire.ts";

const APP = { tenantId: "a-tenant", clientId: "an-app", authorityHost: "https://login.example" } as const;
const OPTIONS = { assertion: "an-assertion", wire: createWire(), limitMs: 7_000 } as const;

/** What every credential that asks over HTTP is told. */
const COMMON = {
  retryOptions: { maxRetries: 0 },
  redirectOptions: { maxRetries: 0 },
  disableInstanceDiscovery: true,
  httpClient: OPTIONS.wire.httpClient,
  proxyOptions: { host: "http://unused.invalid", port: 80 },
};

/** The credential that is made, and what the library was given for it. */
function createWith(signIn: EntraSignIn): readonly [name: string, ...values: unknown[]] {
  const made: (readonly [string, ...unknown[]])[] = [];
  const credentialOf = (name: string) =>
    class {
      readonly name = name;
      constructor(...values: unknown[]) {
        made.push([name, ...values]);
      }
    };
  const library = {
    AzureCliCredential: credentialOf("azureCli"),
    ClientAssertionCredential: credentialOf("assertion"),
    ClientSecretCredential: credentialOf("secret"),
    ManagedIdentityCredential: credentialOf("managedIdentity"),
  } as unknown as Parameters<typeof createEntraCredential>[0];
  createEntraCredential(library, signIn, OPTIONS satisfies EntraCredentialOptions);
  expect(made).toHaveLength(1);
  return made[0] ?? [""];
}

test.each([
  [
    { kind: "secret", ...APP, clientSecret: "a-secret" },
    ["secret", "a-tenant", "an-app", "a-secret", { ...COMMON, authorityHost: "https://login.example" }],
  ],
  [{ kind: "managedIdentity", clientId: undefined }, ["managedIdentity", COMMON]],
  [{ kind: "managedIdentity", clientId: "an-identity" }, ["managedIdentity", { ...COMMON, clientId: "an-identity" }]],
  [{ kind: "azureCli", tenantId: undefined }, ["azureCli", { processTimeoutInMs: 7_000 }]],
  [{ kind: "azureCli", tenantId: "a-tenant" }, ["azureCli", { processTimeoutInMs: 7_000, tenantId: "a-tenant" }]],
] as const)("asks once, over the wire, with what the inputs say: %j", (signIn, expected) => {
  expect(createWith(signIn)).toStrictEqual(expected);
});

test("hands the job's ID token over as the assertion", async () => {
  const signIn = { kind: "oidc", ...APP, audience: "an-audience" } as const;
  const [name, tenantId, clientId, getAssertion, options] = createWith(signIn);
  expect([name, tenantId, clientId]).toEqual(["assertion", "a-tenant", "an-app"]);
  expect(options).toStrictEqual({ ...COMMON, authorityHost: "https://login.example" });
  expect(await (getAssertion as () => Promise<string>)()).toBe("an-assertion");
});
