/**
 * A process that signs in as a job does: with the libraries themselves, and nothing but its environment. Prints what it
 * got as one line of JSON.
 */
import { writeSync } from "node:fs";
import { getIDToken } from "@actions/core";
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
} from "@azure/identity";

const [kind = "", scope = "", tenantId = "", clientId = "", secret = ""] = process.argv.slice(2);
const authorityHost = process.env["AUTHORITY_HOST"] ?? "";
const options = { authorityHost, disableInstanceDiscovery: true, retryOptions: { maxRetries: 0 } };

const credentials: Readonly<Record<string, () => TokenCredential>> = {
  oidc: () =>
    new ClientAssertionCredential(tenantId, clientId, () => getIDToken("api://AzureADTokenExchange"), options),
  secret: () => new ClientSecretCredential(tenantId, clientId, secret, options),
  azureCli: () => new AzureCliCredential(),
  managedIdentity: () => new ManagedIdentityCredential(clientId === "" ? {} : { clientId }),
};

try {
  // The library gives a managed identity one second to show itself, which a busy machine does not keep.
  const got = await credentials[kind]?.().getToken(scope, { requestOptions: { timeout: 20_000 } });
  show({ token: got?.token, expiresOnTimestamp: got?.expiresOnTimestamp });
} catch (error) {
  const { name, message } = error as Error;
  show({ name, message });
}

function show(result: object): void {
  writeSync(1, `\nRESULT ${JSON.stringify(result)}\n`);
}
