import { inLowerCase, isSameText } from "../../text/ascii-case.ts";
import type { LocationFault, LocationScope } from "../location.ts";
import type { Offer, OperationReference } from "../marketplace.ts";

/**
 * The operation of the offer that a location names, in one of the forms of the reference: absolute, relative, or the
 * place that the operations of an offer share which was not migrated. A fault for everything else, however near: what is
 * asked there would be told as this offer's. Of the query the api-version alone is kept, so that the address holds
 * plain characters only.
 */
export function readLocation(text: string, { endpoint, offer }: LocationScope): OperationReference | LocationFault {
  const url = URL.parse(text.trim(), endpoint.origin);
  if (url === null) return "is not a URL";
  if (url.origin !== endpoint.origin) return "is on another origin";
  if (url.username !== "" || url.password !== "") return "carries a user name or password";
  // What the reading of the URL has mended, such as two dots or a backslash, was in no form of the reference.
  const path = WRITTEN.exec(text.trim())?.[1];
  const named = path === url.pathname ? readPath(path) : undefined;
  if (named === undefined) return "is not written as the address of an operation";
  if (!isSameText(named.publisherId, offer.publisherId) || !isSameText(named.offerId, offer.offerId)) {
    return "names an operation of another offer";
  }
  const location = new URL(url.pathname, endpoint.origin);
  const apiVersion = versionIn(url);
  if (apiVersion !== undefined) location.searchParams.set("api-version", apiVersion);
  const reference = { id: named.id, location, key: operationKey(named.id) };
  return named.isShared ? { ...reference, isShared: true } : reference;
}

/** Whether a text can be the id of an operation: a GUID, or letters, digits, `-` and `_` that need no quotes anywhere. */
export function isOperationId(text: string): boolean {
  return OPERATION_ID.test(text);
}

/** What a text names that people write: a publish to preview goes by the id of its operation; a number is another API's. */
export function readSubmissionForm(text: string): "submission" | "neither" {
  return isOperationId(text) && !/^\d+$/.test(text) ? "submission" : "neither";
}

/** What the list shows an operation under: services spell one id in either case. */
export function operationKey(id: string): string {
  return inLowerCase(id);
}

/** A location as it was written: an origin or none, then the path that is captured, then a query or none. */
const WRITTEN = /^(?:https?:\/\/[^/\\?#]+)?(\/[^/\\?#][^\\?#]*)(?:\?[^#]*)?$/i;
const OPERATION_ID = /^(?=.*[A-Za-z0-9])[A-Za-z0-9_-]{1,100}$/;
const API_VERSION = /^[A-Za-z0-9][A-Za-z0-9.-]{0,49}$/;
const OF_OFFER = /^\/api\/publishers\/([\w.-]+)\/offers\/([\w.-]+)\/operations\/([^/]+)$/;
/** `{publisher}${offer}$2$preview` names a slot, not an operation. */
const SHARED = /^\/api\/operations\/([\w.-]+)(?:\$|%24)([\w.-]+)(?:\$|%24)2(?:\$|%24)preview$/i;

interface NamedOperation extends Offer {
  readonly id: string;
  readonly isShared: boolean;
}

function readPath(path: string): NamedOperation | undefined {
  const [, publisherId, offerId, id] = OF_OFFER.exec(path) ?? [];
  if (publisherId !== undefined && offerId !== undefined && id !== undefined) {
    return isOperationId(id) ? { publisherId, offerId, id, isShared: false } : undefined;
  }
  const [, sharedPublisher, sharedOffer] = SHARED.exec(path) ?? [];
  if (sharedPublisher === undefined || sharedOffer === undefined) return undefined;
  const sharedId = `${sharedPublisher}$${sharedOffer}$2$preview`;
  return { publisherId: sharedPublisher, offerId: sharedOffer, id: sharedId, isShared: true };
}

function versionIn(url: URL): string | undefined {
  const [, version] = [...url.searchParams].find(([name]) => name.toLowerCase() === "api-version") ?? [];
  return version !== undefined && API_VERSION.test(version) ? version : undefined;
}
