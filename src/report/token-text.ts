import type { AccessToken } from "../identity/credential.ts";
import { readTokenFacts, type TokenFacts } from "../token/json-web-token.ts";
import type { ServiceError } from "../bearer/request-error.ts";
import type { ApiName } from "../marketplace/apis.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { apiOfError } from "./api-text.ts";
import { durationText } from "../text/time-text.ts";
import { type Harmless, harmlessLine, inQuotes, ours } from "../text/harmless.ts";

/** Who is signed in, for which API where there are several, and for how long, without a word of the token. */
export function signedInLine(token: AccessToken, isFirst: boolean, origin?: string): Harmless {
  const facts = readTokenFacts(token.text);
  const name = facts === undefined ? "" : holderName(facts);
  const until =
    token.lifetimeMs > 0
      ? ours`the token is good for ${durationText(token.lifetimeMs)} and renewed before that`
      : "the token is good for no time that is known, so every request gets a new one";
  const where = origin === undefined ? "" : ours` for ${harmlessLine(origin)}`;
  return ours`${isFirst ? "Signed in" : "Signed in anew"}${where}${name}; ${until}.`;
}

/** Whose token it is, to follow "signed in": ` as app …`, ` as user …`; empty when the token does not say. */
export function holderName({ appId, objectId, isUser }: TokenFacts): Harmless | "" {
  const who = isUser === true || appId === undefined ? objectId : appId;
  return who === undefined ? "" : ours` as ${isUser === true ? "user" : "app"} ${harmlessLine(who, 60)}`;
}

/** Why the marketplace may have turned this token away, in a sentence at most, as far as the token itself says. */
export function tokenHint(error: ServiceError, offer: Offer | undefined): readonly Harmless[] {
  const { token, status, request } = error;
  if (token === undefined) return [];
  if (status === 403) return strangerText(token, offer, apiOfError(error));
  const { problem } = token;
  if (problem?.kind === "expired") return [ours`The token expired ${durationText(problem.agoMs)} ago.`];
  if (token.audience === undefined) return [];
  const audience = ours`The token was for ${inQuotes(token.audience, 200)}`;
  if (problem?.kind === "wrongAudience")
    return [ours`${audience}, not for ${harmlessLine(new URL(request.url).origin)}.`];
  return [ours`${audience}${expiry(token)}.`];
}

/** Only the Cloud Partner Portal's addresses name the account. */
function strangerText(token: TokenFacts, offer: Offer | undefined, api: ApiName): readonly Harmless[] {
  const who = holder(token);
  if (who === undefined || offer === undefined) return [];
  if (api !== "cloudPartnerPortal") {
    return [ours`The token belongs to ${who}, which seems to have no role in the Partner Center account.`];
  }
  const account = harmlessLine(offer.publisherId);
  return [ours`The token belongs to ${who}, which seems to be no user of the publisher account ${account}.`];
}

/** Whose token it is. A person goes by the object id alone: their name need not stand in a log. */
function holder({ appId, objectId, isUser }: TokenFacts): Harmless | undefined {
  const id = objectId === undefined ? undefined : ours`object id ${harmlessLine(objectId, 60)}`;
  if (isUser === true) return id === undefined ? undefined : ours`the user with ${id}`;
  if (appId === undefined) return id === undefined ? undefined : ours`the principal with ${id}`;
  return ours`app ${harmlessLine(appId, 60)}${id === undefined ? "" : ours` (${id})`}`;
}

function expiry({ expiresAtMs }: TokenFacts): Harmless | "" {
  // A token may say anything, a time that no calendar has as well.
  const isDate = expiresAtMs !== undefined && !Number.isNaN(new Date(expiresAtMs).getTime());
  return isDate ? ours` and good until ${harmlessLine(new Date(expiresAtMs).toISOString())}` : "";
}
