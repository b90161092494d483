import { type Answer, refusal } from "../wire/answer.ts";
import { type BearerFinding, type TokenRules, examineBearer } from "../wire/bearer.ts";
import { type ArrivedRequest, queryOf } from "../wire/request.ts";
import type { RouteMatch } from "./route-table.ts";

/** What decides who may ask. */
export interface AccessRules extends TokenRules {
  readonly apiVersions: readonly string[];
}

const tokenTexts = {
  missing: "The request has no bearer token.",
  invalid: "The bearer token is not valid.",
  expired: "The bearer token has expired.",
} as const satisfies Record<Exclude<BearerFinding["kind"], "known">, string>;

/** The refusal of a request that may not be asked, by this caller or at all; undefined when it may. */
export function refuseAccess(
  rules: AccessRules,
  request: ArrivedRequest,
  match: RouteMatch,
  nowMs: number,
): Answer | undefined {
  return (
    refuseLength(request) ??
    refuseRoute(match) ??
    refuseToken(rules, request, match, nowMs) ??
    refuseApiVersion(rules, request)
  );
}

/** The web server before the service insists: https://www.rfc-editor.org/rfc/rfc9110#name-411-length-required */
function refuseLength({ method, headers }: ArrivedRequest): Answer | undefined {
  const isMeasured = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (method !== "POST" || isMeasured) return undefined;
  return refusal(411, "LengthRequired", "A POST request says how long its body is.");
}

function refuseRoute({ route, allowedMethods }: RouteMatch): Answer | undefined {
  if (allowedMethods !== undefined) {
    const message = `The requested resource supports only ${allowedMethods}.`;
    return refusal(405, "MethodNotAllowed", message, { allow: allowedMethods });
  }
  return route === "unknown" ? refusal(404, "NotFound", "There is no such resource.") : undefined;
}

function refuseToken(
  rules: AccessRules,
  request: ArrivedRequest,
  match: RouteMatch,
  nowMs: number,
): Answer | undefined {
  const finding = examineBearer(rules, request, nowMs);
  if (finding.kind !== "known") return unauthenticated(tokenTexts[finding.kind]);
  const { plan } = finding;
  if (plan.role === "stranger") return forbidden("The principal is not a user of the publisher account.");
  if (match.publisherId !== "" && plan.publishers?.includes(match.publisherId) === false) {
    return forbidden(`The principal has no access to the publisher '${match.publisherId}'.`);
  }
  return undefined;
}

function refuseApiVersion(rules: AccessRules, request: ArrivedRequest): Answer | undefined {
  const given = queryOf(request.target).getAll("api-version");
  const [version = ""] = given;
  if (given.length === 1 && rules.apiVersions.includes(version)) return undefined;
  const allowed = rules.apiVersions.map((each) => `'${each}'`).join(", ");
  const problem = given.length > 1 ? "was given more than once" : `'${version}' is not valid`;
  return refusal(400, "InvalidAPIVersion", `The api-version ${problem}. The allowed versions are ${allowed}.`);
}

function unauthenticated(message: string): Answer {
  return refusal(401, "Unauthorized", message, { "www-authenticate": "Bearer" });
}

function forbidden(message: string): Answer {
  return refusal(403, "Forbidden", message);
}
