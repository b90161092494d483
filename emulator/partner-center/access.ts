import type { Answer } from "../wire/answer.ts";
import { type BearerFinding, type TokenPlan, type TokenRules, examineBearer } from "../wire/bearer.ts";
import { readClaims } from "../wire/jwt.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import type { Behaviour } from "./behaviour.ts";
import { type Problem, errorAnswer } from "./error.ts";
import type { RouteMatch } from "./route-table.ts";

/** What decides who may ask. */
export interface AccessRules extends TokenRules {
  /** What a token that can be read has to be for, beside this service's own origin. */
  readonly audiences: readonly string[];
}

/** Who asks; or the refusal of one who may not, or of what cannot be asked at all. */
export type Admission = { readonly caller: TokenPlan } | { readonly refusal: Answer };

const tokenTexts = {
  missing: "The request has no bearer token.",
  invalid: "The bearer token is not valid.",
  expired: "The bearer token has expired.",
} as const satisfies Record<Exclude<BearerFinding["kind"], "known">, string>;

/** Lets a request in, or refuses it, at a time in milliseconds since the epoch. */
export function admit(
  rules: AccessRules,
  behaviour: Behaviour,
  request: ArrivedRequest,
  match: RouteMatch,
  nowMs: number,
): Admission {
  const problem = lengthProblem(request) ?? routeProblem(match);
  const found = problem ?? examineCaller(rules, behaviour, request, nowMs);
  return "status" in found ? { refusal: errorAnswer(behaviour.errorShape, found) } : { caller: found };
}

/** The web server before the service insists: https://www.rfc-editor.org/rfc/rfc9110#name-411-length-required */
function lengthProblem({ method, headers }: ArrivedRequest): Problem | undefined {
  const isMeasured = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (method !== "POST" || isMeasured) return undefined;
  return { status: 411, message: "A POST request says how long its body is." };
}

function routeProblem({ route, allowedMethods }: RouteMatch): Problem | undefined {
  if (allowedMethods.length > 0) {
    const allow = allowedMethods.join(", ");
    return { status: 405, message: `The requested resource supports only ${allow}.`, headers: { allow } };
  }
  return route === "unknown" ? { status: 404, message: "There is no such resource." } : undefined;
}

/** One without the role is turned away with 401, too. */
function examineCaller(
  rules: AccessRules,
  { foreignToken }: Pick<Behaviour, "foreignToken">,
  request: ArrivedRequest,
  nowMs: number,
): TokenPlan | Problem {
  const finding = examineBearer(rules, request, nowMs);
  if (finding.kind !== "known") return unauthorized(tokenTexts[finding.kind]);
  if (!isFor(finding.token, [...rules.audiences, request.origin])) {
    const message = "The bearer token is for another resource.";
    return foreignToken === 401 ? unauthorized(message) : { status: foreignToken, message };
  }
  if (finding.plan.role === "stranger") return unauthorized("The principal has no role in the account.");
  return finding.plan;
}

function unauthorized(message: string): Problem {
  return { status: 401, message, headers: { "www-authenticate": "Bearer" } };
}

/** Whether a token is for one of those; a token that cannot be read is not asked what it is for. */
function isFor(token: string, audiences: readonly string[]): boolean {
  const claims = readClaims(token);
  if (claims === undefined) return true;
  const known = new Set(audiences.map(withoutSlash));
  return [claims.aud ?? []].flat().some((each) => known.has(withoutSlash(each)));
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, "");
}
