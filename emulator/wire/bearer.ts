import type { ArrivedRequest } from "./request.ts";

/** What one access token is good for. */
export interface TokenPlan {
  /** A `stranger` is signed in, but not a user of the publisher account: 403. Default `member`. */
  readonly role?: "member" | "stranger";
  /** From this time on, in milliseconds since the epoch, the token has expired: 401. Default never. */
  readonly expiresAtMs?: number;
  /** The publishers whose offers the token may touch; others answer 403. Default all. */
  readonly publishers?: readonly string[];
}

/** What decides which tokens a service takes. */
export interface TokenRules {
  readonly tokens: ReadonlyMap<string, TokenPlan>;
  /** What a token is good for that is not in `tokens`; undefined: nothing. */
  readonly tokenCheck: (token: string) => TokenPlan | undefined;
}

/** What is found out about the token of a request. */
export type BearerFinding =
  | { readonly kind: "missing" | "invalid" | "expired" }
  | { readonly kind: "known"; readonly token: string; readonly plan: TokenPlan };

/** Looks at the bearer token of a request, at a time in milliseconds since the epoch. */
export function examineBearer(
  { tokens, tokenCheck }: TokenRules,
  { headers }: Pick<ArrivedRequest, "headers">,
  nowMs: number,
): BearerFinding {
  const token = /^bearer +(?<token>\S+)$/i.exec(headers["authorization"] ?? "")?.groups?.["token"];
  if (token === undefined) return { kind: "missing" };
  const plan = tokens.get(token) ?? tokenCheck(token);
  if (plan === undefined) return { kind: "invalid" };
  return nowMs >= (plan.expiresAtMs ?? Infinity) ? { kind: "expired" } : { kind: "known", token, plan };
}
