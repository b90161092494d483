import type { AccessToken } from "../identity/credential.ts";
import { readTokenFacts, type TokenFacts } from "../token/json-web-token.ts";
import type { ServiceError } from "../bearer/request-error.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { durationText } from "../text/time-text.ts";
import { harmlessLine, inQuotes } from "../text/harmless.ts";

/** Who is signed in and for how long, without a word of the token. */
export function signedInLine(token: AccessToken, isFirst: boolean): string {
  const facts = readTokenFacts(token.text);
  const name = facts === undefined ? "" : holderName(facts);
  const until =
    token.lifetimeMs > 0
      ? `the token is good for ${durationText(token.lifetimeMs)} and renewed before that`
      : "the token is good for no time that is known, so every request gets a new one";
  return `${isFirst ? "Signed in" : "Signed in anew"}${name}; ${until}.`;
}

/** Whose token it is, to follow "signed in": ` as app …`, ` as user …`; empty when the token does not say. */
export function holderName({ appId, objectId, isUser }: TokenFacts): string {
  const who = isUser === true || appId === undefined ? objectId : appId;
  return who === undefined ? "" : ` as ${isUser === true ? "user" : "app"} ${harmlessLine(who, 60)}`;
}

/** Why the marketplace may have turned this token away, as far as the token itself says; empty when it does not. */
export function tokenHint(error: ServiceError, offer: Offer | undefined): string {
  const { token, status, request } = error;
  if (token === undefined) return "";
  if (status === 403) return strangerText(token, offer);
  const { problem } = token;
  if (problem?.kind === "expired") return `The token expired ${durationText(problem.agoMs)} ago.`;
  if (token.audience === undefined) return "";
  const audience = `The token was for ${inQuotes(token.audience, 200)}`;
  if (problem?.kind === "wrongAudience") return `${audience}, not for ${new URL(request.url).origin}.`;
  return `${audience}${expiry(token)}.`;
}

function strangerText(token: TokenFacts, offer: Offer | undefined): string {
  const who = holder(token);
  if (who === undefined || offer === undefined) return "";
  return `The token belongs to ${who}, which seems to be no user of the publisher account ${offer.publisherId}.`;
}

/** Whose token it is. A person goes by the object id alone: their name need not stand in a log. */
function holder({ appId, objectId, isUser }: TokenFacts): string | undefined {
  const id = objectId === undefined ? undefined : `object id ${harmlessLine(objectId, 60)}`;
  if (isUser === true) return id === undefined ? undefined : `the user with ${id}`;
  if (appId === undefined) return id === undefined ? undefined : `the principal with ${id}`;
  return `app ${harmlessLine(appId, 60)}${id === undefined ? "" : ` (${id})`}`;
}

function expiry({ expiresAtMs }: TokenFacts): string {
  // A token may say anything, a time that no calendar has as well.
  const isDate = expiresAtMs !== undefined && !Number.isNaN(new Date(expiresAtMs).getTime());
  return isDate ? ` and good until ${new Date(expiresAtMs).toISOString()}` : "";
}
