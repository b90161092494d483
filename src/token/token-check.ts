import type { TokenFacts } from "./json-web-token.ts";

/** What is wrong with a token that was handed in, found before anything is sent. */
export type TokenProblem =
  | { readonly kind: "wrongAudience"; readonly audience: string }
  | { readonly kind: "expired"; readonly agoMs: number }
  /** Usable now, but not to the end of the wait. */
  | { readonly kind: "expiresEarly"; readonly inMs: number };

/** What a token can say that it is for: an origin, or an id in its place. */
export interface Audiences {
  /** Those that are right. */
  readonly own: readonly string[];
  /** Ids that are known to be wrong. Of another id nobody can tell. */
  readonly others: readonly string[];
}

export interface TokenCheckOptions {
  readonly audiences: Audiences;
  readonly nowMs: number;
  /** How long the token will be needed, in milliseconds. */
  readonly neededMs: number;
}

/** The first problem that a token's facts show; undefined when there is none. */
export function checkToken(facts: TokenFacts, options: TokenCheckOptions): TokenProblem | undefined {
  const { audience, expiresAtMs } = facts;
  if (audience !== undefined && isOtherAudience(audience, options.audiences))
    return { kind: "wrongAudience", audience };
  if (expiresAtMs === undefined) return undefined;
  const leftMs = expiresAtMs - options.nowMs;
  if (leftMs <= 0) return { kind: "expired", agoMs: options.nowMs - expiresAtMs };
  return leftMs < options.neededMs ? { kind: "expiresEarly", inMs: leftMs } : undefined;
}

/** An audience that is an address can be compared; one that is an id may be the marketplace's own. */
function isOtherAudience(audience: string, { own, others }: Audiences): boolean {
  const url = URL.parse(audience);
  return url === null ? others.includes(audience.toLowerCase()) : !own.includes(url.origin);
}
