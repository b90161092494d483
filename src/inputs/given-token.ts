import { readTokenFacts, type TokenFacts } from "../token/json-web-token.ts";
import { checkToken } from "../token/token-check.ts";
import { InputError, isThisMachine } from "./input-value.ts";
import type { Inputs } from "./inputs.ts";
import { durationText } from "../text/time-text.ts";
import { APIS, audiencesAt } from "../marketplace/apis.ts";
import { type Harmless, inQuotes, ours } from "../text/harmless.ts";

/** A warning to give before anything is sent. */
export interface TokenWarning {
  readonly title: Harmless;
  readonly text: Harmless;
}

/**
 * Looks at a token that was handed in, before anything is sent: an {@link InputError} when it cannot work, or would go to
 * a host that it is not for; a warning when it will not last to the end of the wait. An opaque token tells nothing, and
 * one that the action gets itself is for `endpoint`.
 */
export function inspectToken(inputs: Inputs, nowMs: number): InputError | TokenWarning | undefined {
  // What signs in itself has no token yet.
  if (inputs.api === "toBeFound") return undefined;
  const { signIn, api, endpoint, wait, timeoutMs } = inputs;
  const usual = APIS[api.name].endpoint;
  const facts = signIn.kind === "token" ? readTokenFacts(signIn.token) : undefined;
  if (facts === undefined) return undefined;
  // What stands in for the service on this machine takes the tokens that are for the service.
  const isHere = isThisMachine(endpoint.hostname);
  const origins = isHere ? [endpoint.origin, usual] : [endpoint.origin];
  if (!isHere && endpoint.origin !== usual) {
    const problem = foreignHost(facts, endpoint);
    if (problem !== undefined) return problem;
  }
  const audiences = { ...audiencesAt(api.name, endpoint.origin), own: origins };
  const problem = checkToken(facts, { audiences, nowMs, neededMs: wait ? timeoutMs : 0 });
  switch (problem?.kind) {
    case undefined:
      return undefined;
    case "wrongAudience":
      return new InputError(
        "token",
        `it is for ${inQuotes(problem.audience, 200)}, not for ${origins.join(" or ")}.`,
        `Ask for a token of the right resource: \`az account get-access-token --resource ${usual}\`.`,
      );
    case "expired":
      return new InputError(
        "token",
        `it expired ${durationText(problem.agoMs)} ago.`,
        "Get a new one in a step just before this one (tokens live 60 to 90 minutes), or let the action sign in itself with `tenantId` and `clientId`.",
      );
    case "expiresEarly":
      return {
        title: ours("Token expires during the wait"),
        text: ours`The token expires in ${durationText(problem.inMs)}, and the wait may take ${durationText(timeoutMs)}. The go-live itself is not affected, but from then on it cannot be observed. Let the action sign in itself with \`tenantId\` and \`clientId\`, or set \`timeoutMinutes\` to less.`,
      };
  }
}

/** A token goes to a host of somebody else's only if it says that it is for it; an id may be anybody's. */
function foreignHost({ audience }: TokenFacts, endpoint: URL): InputError | undefined {
  if (audience !== undefined && URL.parse(audience)?.origin === endpoint.origin) return undefined;
  const meant = audience === undefined ? "does not say what it is for" : `is for ${inQuotes(audience, 200)}`;
  const remedy = `Leave \`endpoint\` out, or pass a token of its own: \`az account get-access-token --resource ${endpoint.origin}\`.`;
  return new InputError("endpoint", `it is ${endpoint.origin}, and the token ${meant}.`, remedy);
}
