import type { AccessToken } from "../identity/credential.ts";
import { readTokenFacts, type TokenFacts } from "../identity/json-web-token.ts";
import type { Offer } from "../marketplace/marketplace.ts";
import { durationText } from "./duration.ts";
import { harmlessLine } from "./harmless.ts";

/** Who is signed in and for how long, without a word of the token. */
export function signedInLine(token: AccessToken, isFirst: boolean): string {
  const facts = readTokenFacts(token.text);
  const who = facts?.appId === undefined ? "" : ` as app ${harmlessLine(facts.appId, 60)}`;
  const until = `the token is good for ${durationText(token.lifetimeMs)} and renewed before that`;
  return `${isFirst ? "Signed in" : "Signed in anew"}${who}; ${until}.`;
}

/** Why the marketplace may have turned this token away, as far as the token itself says; empty when it does not. */
export function tokenHint(token: TokenFacts, status: number, offer: Offer | undefined): string {
  if (status === 401)
    return token.audience === undefined
      ? ""
      : `The token was for “${harmlessLine(token.audience, 200)}”${expiry(token)}.`;
  const who = token.appId === undefined ? undefined : `app ${harmlessLine(token.appId, 60)}`;
  const id = token.objectId === undefined ? "" : ` (object id ${harmlessLine(token.objectId, 60)})`;
  if (who === undefined || offer === undefined) return "";
  return `The token belongs to ${who}${id}, which seems to be no user of the publisher account ${offer.publisherId}.`;
}

function expiry({ expiresAtMs }: TokenFacts): string {
  return expiresAtMs === undefined ? "" : ` and good until ${new Date(expiresAtMs).toISOString()}`;
}
