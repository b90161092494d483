import { readText } from "../text/json.ts";
import { readClaims } from "../token/json-web-token.ts";
import type { Subject } from "./sign-in-error.ts";

/**
 * The subject of GitHub's ID token, and both forms of it that a federated credential may name. Undefined when the
 * token cannot be read. https://docs.github.com/actions/reference/security/oidc
 */
export function readSubject(idToken: string): Subject | undefined {
  const claims = readClaims(idToken);
  const sent = readText(claims?.["sub"]);
  if (claims === undefined || sent === undefined) return undefined;
  const text = (name: string): string | undefined => readText(claims[name]);
  const others = { issuer: text("iss"), audience: text("aud") };
  const [owner, name] = text("repository")?.split("/") ?? [];
  const [ownerId, repositoryId] = [text("repository_owner_id"), text("repository_id")];
  // An organization may have given its subjects another form altogether: then there is only what was sent.
  const rest = /^repo:[^:/]+\/[^:/]+:(.*)$/s.exec(sent)?.[1];
  if (rest === undefined || owner === undefined || name === undefined)
    return { sent, plain: undefined, immutable: undefined, ...others };
  const hasIds = ownerId !== undefined && repositoryId !== undefined;
  return {
    sent,
    plain: `repo:${owner}/${name}:${rest}`,
    immutable: hasIds ? `repo:${owner}@${ownerId}/${name}@${repositoryId}:${rest}` : undefined,
    ...others,
  };
}
