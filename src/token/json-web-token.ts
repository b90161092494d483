import { isObject, parseJson, readText } from "../text/json.ts";

/** What a JWT says of itself. It is looked at, never trusted: only the service can tell whether it is genuine. */
export interface TokenFacts {
  readonly audience: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number | undefined;
  /** The application's (client) id. */
  readonly appId: string | undefined;
  /** The local object id of the service principal or user: what Partner Center knows it by. */
  readonly objectId: string | undefined;
  /** Whether a person signed in; then the application is only the tool that they used. */
  readonly isUser?: boolean;
}

/** The claims of a JWT; undefined when the text is an opaque token. Never throws. */
export function readClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  const claims = parseJson(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
  return isObject(claims) ? claims : undefined;
}

/** The facts in a JWT; undefined when the text is an opaque token. Claims: RFC 7519, and Entra's access token reference. */
export function readTokenFacts(token: string): TokenFacts | undefined {
  const claims = readClaims(token);
  if (claims === undefined) return undefined;
  const { aud, exp } = claims;
  return {
    audience: readText(Array.isArray(aud) ? aud[0] : aud),
    expiresAtMs: typeof exp === "number" ? exp * 1_000 : undefined,
    appId: readText(claims["appid"]) ?? readText(claims["azp"]),
    objectId: readText(claims["oid"]),
    isUser: typeof claims["scp"] === "string",
  };
}
