import type { TokenFacts } from "./json-web-token.ts";

/** What is wrong with a token that was handed in, found before anything is sent. */
export type TokenProblem =
  | { readonly kind: "wrongAudience"; readonly audience: string }
  | { readonly kind: "expired"; readonly agoMs: number }
  /** Usable now, but not to the end of the wait. */
  | { readonly kind: "expiresEarly"; readonly inMs: number };

export interface TokenCheckOptions {
  /** The origins that a token may be for. */
  readonly origins: readonly string[];
  readonly nowMs: number;
  /** How long the token will be needed, in milliseconds. */
  readonly neededMs: number;
}

/** Resources that people pass by mistake and that name themselves by an id: Microsoft Graph. */
const OTHER_RESOURCES: ReadonlySet<string> = new Set(["00000003-0000-0000-c000-000000000000"]);

/** The first problem that a token's facts show; undefined when there is none. */
export function checkToken(facts: TokenFacts, options: TokenCheckOptions): TokenProblem | undefined {
  const { audience, expiresAtMs } = facts;
  if (audience !== undefined && isOtherAudience(audience, options.origins)) return { kind: "wrongAudience", audience };
  if (expiresAtMs === undefined) return undefined;
  const leftMs = expiresAtMs - options.nowMs;
  if (leftMs <= 0) return { kind: "expired", agoMs: options.nowMs - expiresAtMs };
  return leftMs < options.neededMs ? { kind: "expiresEarly", inMs: leftMs } : undefined;
}

/** An audience that is an address can be compared; one that is an id may be the marketplace's own. */
function isOtherAudience(audience: string, origins: readonly string[]): boolean {
  const url = URL.parse(audience);
  if (url === null) return OTHER_RESOURCES.has(audience.toLowerCase());
  return !origins.includes(url.origin);
}
