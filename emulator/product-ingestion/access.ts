import type { Answer } from "../wire/answer.ts";
import { type BearerFinding, type TokenPlan, type TokenRules, examineBearer } from "../wire/bearer.ts";
import { readClaims } from "../wire/jwt.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";
import type { Behaviour } from "./behaviour.ts";
import { type RequestIds, refuse, refuseByGraph } from "./refusal.ts";
import type { RouteMatch } from "./route-table.ts";
import { versionProblem } from "./schema-version.ts";

/** What decides who may ask. */
export interface AccessRules extends TokenRules {
  /** What a token that can be read has to be for, beside this service's own origin. */
  readonly audiences: readonly string[];
}

/** A request, and what its refusal needs to know. */
export interface Caller {
  readonly rules: AccessRules;
  readonly behaviour: Behaviour;
  readonly request: ArrivedRequest;
  readonly match: RouteMatch;
  readonly ids: RequestIds;
  readonly nowMs: number;
}

const tokenTexts = {
  missing: "Access token is empty.",
  invalid: "CompactToken parsing failed with error code: 80049217",
  expired: "Lifetime validation failed, the token is expired.",
} as const satisfies Record<Exclude<BearerFinding["kind"], "known">, string>;

/** What the caller's token is good for, or the refusal of a request that may not be asked, by this caller or at all. */
export function admit(caller: Caller): TokenPlan | { readonly refused: Answer } {
  const finding = examineBearer(caller.rules, caller.request, caller.nowMs);
  const refused =
    (finding.kind === "known" ? refuseToken(caller, finding) : unauthenticated(caller, tokenTexts[finding.kind])) ??
    refuseRoute(caller) ??
    refuseVersion(caller);
  if (refused !== undefined) return { refused };
  return finding.kind === "known" ? finding.plan : {};
}

/** A token that nobody can read is not asked what it is for. */
function refuseToken(caller: Caller, { token, plan }: Extract<BearerFinding, { kind: "known" }>): Answer | undefined {
  const claims = readClaims(token);
  const audiences = new Set([...caller.rules.audiences, caller.request.origin].map(withoutSlash));
  const given = [claims?.aud ?? []].flat().map(withoutSlash);
  if (claims !== undefined && !given.some((audience) => audiences.has(audience))) {
    return unauthenticated(caller, "Access token validation failure. Invalid audience.");
  }
  if (claims?.["scp"] !== undefined) return forbidden("Only an application's token is taken, not a user's.");
  if (plan.role !== "stranger") return undefined;
  return forbidden("The application is no user of the Partner Center account with the role Manager.");
}

function refuseRoute({ match: { route, allowedMethod }, ids, nowMs }: Caller): Answer | undefined {
  if (allowedMethod !== undefined) {
    const error = { code: "methodNotAllowed", message: `The resource supports only ${allowedMethod}.` };
    return refuseByGraph(405, error, { ids, nowMs, headers: { allow: allowedMethod } });
  }
  if (route !== "unknown") return undefined;
  return refuseByGraph(404, { code: "notFound", message: "Resource not found for the segment." }, { ids, nowMs });
}

function refuseVersion({ request, behaviour }: Caller): Answer | undefined {
  const given = queryOf(request.target).getAll("$version");
  if (given.length === 0 && behaviour.versionCheck === "optional") return undefined;
  if (given.length !== 1) return refuse(400, "badRequest", "The query parameter $version is required, once.");
  const problem = versionProblem(given[0] ?? "", behaviour.deprecatedVersions);
  return problem === undefined ? undefined : refuse(400, "badRequest", problem);
}

function unauthenticated({ ids, nowMs }: Caller, message: string): Answer {
  const error = { code: "InvalidAuthenticationToken", message };
  return refuseByGraph(401, error, { ids, nowMs, headers: { "www-authenticate": "Bearer" } });
}

function forbidden(message: string): Answer {
  return refuse(403, "forbidden", message);
}

function withoutSlash(text: string): string {
  return text.replace(/\/$/, "");
}
