import { randomBytes, randomUUID } from "node:crypto";
import type { EmulatorClock } from "../wire/clock.ts";
import type { AppPlan, TenantPlan } from "./directory.ts";
import { type Claims, type SigningKey, toSeconds } from "../wire/jwt.ts";

/** How its holder proved who it is. */
export type SignInKind = "assertion" | "secret" | "managedIdentity" | "azureCli";

/** An access token that was handed out. */
export interface IssuedToken {
  readonly token: string;
  readonly kind: SignInKind;
  readonly tenantId: string;
  readonly clientId: string;
  /** What was asked for, and what the token is for: the same, unless a twist made it other. */
  readonly resource: string;
  readonly audience: string;
  /** In milliseconds since the epoch. */
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** What the answer says of its life. */
  readonly lifetimeSeconds: number;
}

/** What is odd about a token that is handed out. */
export interface TokenTwist {
  readonly audience?: string;
  /** 0 and less: it has expired already. The answer says the same number. */
  readonly lifetimeSeconds?: number;
  /** No JWT, as those that Microsoft seals for itself. */
  readonly isOpaque?: boolean;
  /** Set in, or instead of, the claims. */
  readonly claims?: Claims;
}

/** What a token says of itself to the one who gave it out. */
export type Acceptance = "valid" | "expired" | "unknown" | "wrongAudience";

export interface TokenOrder {
  readonly kind: SignInKind;
  readonly tenant: TenantPlan;
  readonly app: AppPlan;
  readonly resource: string;
  readonly twist?: TokenTwist | undefined;
}

export interface TokenMintOptions {
  readonly clock: EmulatorClock;
  readonly key: SigningKey;
  /** The next token's life, in seconds. */
  readonly lifetimeSeconds: () => number;
}

/** Makes access tokens, and remembers them. */
export class TokenMint {
  readonly tokens: IssuedToken[] = [];
  readonly #options: TokenMintOptions;

  constructor(options: TokenMintOptions) {
    this.#options = options;
  }

  /** Makes a token. */
  async issue({ kind, tenant, app, resource, twist = {} }: TokenOrder): Promise<IssuedToken> {
    const { clock, key } = this.#options;
    const issuedAtMs = clock.now();
    const { audience = resource, lifetimeSeconds = this.#options.lifetimeSeconds() } = twist;
    const expiresAtMs = (toSeconds(issuedAtMs) + lifetimeSeconds) * 1000;
    const claims = {
      ...accessClaims(tenant, app),
      aud: audience,
      ...times(issuedAtMs, expiresAtMs),
      ...twist.claims,
    };
    const token = twist.isOpaque === true ? opaqueToken() : await key.sign(claims);
    const about = { tenantId: tenant.id, clientId: app.clientId, resource, audience };
    const issued = { token, kind, ...about, issuedAtMs, expiresAtMs, lifetimeSeconds };
    this.tokens.push(issued);
    return issued;
  }

  /** What a token is good for now, at the given audience (default: the resource it was asked for). */
  accepts(token: string, audience?: string): Acceptance {
    const issued = this.tokens.find((each) => each.token === token);
    if (issued === undefined) return "unknown";
    if (withoutSlash(issued.audience) !== withoutSlash(audience ?? issued.resource)) return "wrongAudience";
    return this.#options.clock.now() >= issued.expiresAtMs ? "expired" : "valid";
  }
}

/** What Entra says of an app in a token of version 1.0, which resources get that never asked for another. */
function accessClaims(tenant: TenantPlan, { clientId, objectId = clientId }: AppPlan): Claims {
  return {
    iss: `https://sts.windows.net/${tenant.id}/`,
    appid: clientId,
    appidacr: "2",
    idp: `https://sts.windows.net/${tenant.id}/`,
    idtyp: "app",
    oid: objectId,
    sub: objectId,
    tid: tenant.id,
    uti: randomUUID(),
    ver: "1.0",
  };
}

/** Entra dates tokens five minutes back, so that no resource finds them too young: `exp - iat` is not their life. */
function times(issuedAtMs: number, expiresAtMs: number): Claims {
  const iat = toSeconds(Math.min(issuedAtMs, expiresAtMs)) - 300;
  return { iat, nbf: iat, exp: toSeconds(expiresAtMs) };
}

function opaqueToken(): string {
  return `EwB4A8l6BAAU${randomBytes(300).toString("base64url")}`;
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, "");
}
