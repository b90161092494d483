import type { Offer, OperationReference } from "./marketplace.ts";

/** Why a location cannot be used; the text completes "a location that …". */
export type LocationFault =
  | "is not a URL"
  | "is on another origin"
  | "carries a user name or password"
  | "is outside /api/"
  | "names no operation";

/**
 * The operation that a location names, absolute or relative to `base`; a fault when the token must not go there or it
 * names nothing. Paths are held to `/api/`, with no encoded slash that a server might resolve to another place.
 */
export function readLocation(text: string, base: URL): OperationReference | LocationFault {
  const location = URL.parse(text.trim(), base.href);
  if (location === null) return "is not a URL";
  if (location.origin !== base.origin) return "is on another origin";
  if (location.username !== "" || location.password !== "") return "carries a user name or password";
  if (!location.pathname.startsWith("/api/") || /%2f|%5c|%2e/i.test(location.pathname)) return "is outside /api/";
  location.hash = "";
  const id = lastSegment(location.pathname);
  // A location that resolves to where it was asked for names nothing new.
  if (id === undefined || location.pathname === base.pathname) return "names no operation";
  // `{publisher}${offer}$2$preview`: the path of offers that were not migrated names a slot, not an operation.
  return id.includes("$") ? { id, location, isShared: true } : { id, location };
}

/** Whether a location says by its path that it is about another offer: both spellings name publisher and offer. */
export function isOfOtherOffer({ location }: OperationReference, { publisherId, offerId }: Offer): boolean {
  const path = decoded(location.pathname).toLowerCase();
  const named =
    /^\/api\/publishers\/([^/]+)\/offers\/([^/]+)\//.exec(path) ??
    /^\/api\/operations\/([^/$]+)\$([^/$]+)\$/.exec(path);
  return named !== null && (named[1] !== publisherId.toLowerCase() || named[2] !== offerId.toLowerCase());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lastSegment(path: string): string | undefined {
  const segment = path.split("/").findLast((part) => part !== "");
  if (segment === undefined || segment === "api" || segment === "operations") return undefined;
  return decoded(segment);
}
