/** How the action gets its token, as the inputs choose. */
export type SignIn =
  | { readonly kind: "token"; readonly token: string }
  | {
      readonly kind: "oidc";
      readonly tenantId: string;
      readonly clientId: string;
      readonly authorityHost: string;
      readonly audience: string;
    }
  | {
      readonly kind: "secret";
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly authorityHost: string;
    }
  | { readonly kind: "azureCli"; readonly tenantId: string | undefined }
  | { readonly kind: "managedIdentity"; readonly clientId: string | undefined }
  /** The first of these that gives a token. */
  | { readonly kind: "ambient"; readonly candidates: readonly EntraSignIn[] };

/** The ways to sign in that go through Microsoft's library. */
export type EntraSignIn = Exclude<SignIn, { readonly kind: "token" | "ambient" }>;
