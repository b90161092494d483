import { type AppPlan, exchangeAudience, type FederatedCredential, type TrustedIssuer } from "./directory.ts";
import type { EntraErrorCode } from "./error.ts";
import { type Claims, isSignedBy, readClaims } from "../wire/jwt.ts";

/** How far the clock of an assertion's maker may be off. */
const toleranceMs = 5 * 60_000;

/** An assertion that came with a request for a token. */
export interface PresentedAssertion {
  readonly token: string;
  readonly jti: string | undefined;
  readonly subject: string;
  readonly issuer: string;
  readonly audience: string;
  /** In milliseconds since the epoch. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** When it arrived. */
  readonly atMs: number;
  /** Whether one with the same `jti` (or text) had come before. */
  readonly isRepeated: boolean;
}

/** Reads an assertion; what is missing is empty. */
export function readAssertion(token: string, atMs: number, earlier: readonly PresentedAssertion[]): PresentedAssertion {
  const claims: Claims = readClaims(token) ?? {};
  const { jti, sub = "", iss = "", aud = "", nbf = 0, exp = 0 } = claims;
  const isRepeated = earlier.some((each) => each.token === token || (jti !== undefined && each.jti === jti));
  const audience = [aud].flat().join(" ");
  return { token, jti, subject: sub, issuer: iss, audience, fromMs: nbf * 1000, untilMs: exp * 1000, atMs, isRepeated };
}

/** Why an assertion does not stand for an app; undefined when it does. */
export async function refuseAssertion(
  { token, issuer, subject, audience, fromMs, untilMs, atMs }: PresentedAssertion,
  { federatedCredentials = [] }: AppPlan,
  issuers: readonly TrustedIssuer[],
): Promise<EntraErrorCode | undefined> {
  if (readClaims(token) === undefined) return 700027;
  const mismatch = refuseRecord({ issuer, subject, audience }, federatedCredentials);
  if (mismatch !== undefined) return mismatch;
  const provider = issuers.find((each) => each.issuer === issuer);
  if (provider === undefined) return 50166;
  if (!(await isSignedBy(token, provider.publicKeys))) return 700027;
  return atMs >= untilMs || atMs + toleranceMs < fromMs ? 700024 : undefined;
}

/** Looks for the record by issuer, subject and audience, in this order. */
function refuseRecord(
  { issuer, subject, audience }: Required<FederatedCredential>,
  credentials: readonly FederatedCredential[],
): EntraErrorCode | undefined {
  if (credentials.length === 0) return 70025;
  const ofIssuer = credentials.filter((each) => each.issuer === issuer);
  if (ofIssuer.length === 0) return 700211;
  const ofSubject = ofIssuer.filter((each) => each.subject === subject);
  if (ofSubject.length === 0) {
    return ofIssuer.some((each) => each.subject.toLowerCase() === subject.toLowerCase()) ? 7002138 : 700213;
  }
  return ofSubject.some((each) => (each.audience ?? exchangeAudience) === audience) ? undefined : 700212;
}
