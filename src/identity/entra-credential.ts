import type * as Identity from "@azure/identity";
import type { EntraSignIn } from "./sign-in.ts";
import type { Wire } from "./wire.ts";

/** The library's own credentials, one a way to sign in. */
type Library = Pick<
  typeof Identity,
  "AzureCliCredential" | "ClientAssertionCredential" | "ClientSecretCredential" | "ManagedIdentityCredential"
>;

export interface EntraCredentialOptions {
  /** The ID token of the job, for `oidc`; else empty. */
  readonly assertion: string;
  readonly wire: Pick<Wire, "httpClient">;
  /** For a program that the library starts; requests are given up by their signal. */
  readonly limitMs: number;
}

/** With one given, the library does not read the proxy variables, and cannot fail at what it does not understand there. */
const UNUSED_PROXY = { host: "http://unused.invalid", port: 80 } as const;

/** The library's credential for a way to sign in; it asks once, at the authority that the inputs name, over our wire. */
export function createEntraCredential(
  identity: Library,
  signIn: EntraSignIn,
  { assertion, wire, limitMs }: EntraCredentialOptions,
): Identity.TokenCredential {
  const common = {
    // Whether to try again is decided above, by what may pass; and the authority is the user's word.
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    disableInstanceDiscovery: true,
    httpClient: wire.httpClient,
    proxyOptions: UNUSED_PROXY,
  };
  switch (signIn.kind) {
    case "oidc": {
      const { tenantId, clientId, authorityHost } = signIn;
      const getAssertion = (): Promise<string> => Promise.resolve(assertion);
      return new identity.ClientAssertionCredential(tenantId, clientId, getAssertion, { ...common, authorityHost });
    }
    case "secret": {
      const { tenantId, clientId, clientSecret, authorityHost } = signIn;
      return new identity.ClientSecretCredential(tenantId, clientId, clientSecret, { ...common, authorityHost });
    }
    case "azureCli":
      return new identity.AzureCliCredential({
        processTimeoutInMs: limitMs,
        ...(signIn.tenantId === undefined ? {} : { tenantId: signIn.tenantId }),
      });
    case "managedIdentity": {
      const { clientId } = signIn;
      return new identity.ManagedIdentityCredential(clientId === undefined ? common : { ...common, clientId });
    }
  }
}
