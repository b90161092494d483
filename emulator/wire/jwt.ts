import { createPublicKey, generateKeyPair, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  type JSONWebKeySet,
  type JWTPayload,
  SignJWT,
} from "jose";

export type { JSONWebKeySet as KeySet, JWTPayload as Claims } from "jose";

/** A key that signs tokens, RS256. */
export interface SigningKey {
  /** The public half, as a `jwks_uri` shows it. */
  readonly publicKeys: JSONWebKeySet;
  /** A signed JWT (compact form) with those claims. */
  sign(claims: JWTPayload): Promise<string>;
}

/** Makes a new key. */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const kid = randomUUID().replaceAll("-", "").toUpperCase();
  const publicKey = await exportJWK(createPublicKey(privateKey));
  return {
    publicKeys: { keys: [{ ...publicKey, kid, use: "sig", alg: "RS256" }] },
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ typ: "JWT", alg: "RS256", kid }).sign(privateKey),
  };
}

/** The claims of a token, not verified; undefined when it is no JWT. */
export function readClaims(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/** Whether one of the keys signed the token; says nothing of its claims. */
export async function isSignedBy(token: string, keys: JSONWebKeySet): Promise<boolean> {
  try {
    await compactVerify(token, createLocalJWKSet(keys), { algorithms: ["RS256"] });
    return true;
  } catch {
    return false;
  }
}

/** A time in milliseconds since the epoch as claims have it: whole seconds. */
export function toSeconds(timeMs: number): number {
  return Math.floor(timeMs / 1000);
}
