import type { Offer } from "../marketplace/marketplace.ts";
import type { Link } from "../marketplace/operation.ts";

/** The hosts of Microsoft's marketplaces: a link to anywhere else is not taken for a listing. */
const HOSTS: ReadonlySet<string> = new Set([
  "azuremarketplace.microsoft.com",
  "appsource.microsoft.com",
  "marketplace.microsoft.com",
]);
const LONGEST_LISTING_URL = 500;
/** Characters that mean nothing to Markdown, YAML or an expression of a workflow. */
const PLAIN = /^[\w\-.~:/?=&%+,]+$/;

/**
 * Address of the offer's listing: the service's own link where it leads to a marketplace, else as it always is. Undefined
 * where nothing shows that the offer is live or was: there may be no such page.
 */
export function listingUrl(
  { publisherId, offerId }: Offer,
  links: readonly Link[],
  isKnownLive: boolean,
): string | undefined {
  const own = links.map(({ url }) => readListing(url)).find((url) => url !== undefined);
  if (own !== undefined || !isKnownLive) return own;
  return `https://azuremarketplace.microsoft.com/marketplace/apps/${publisherId}.${offerId}`;
}

function readListing(text: string): string | undefined {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return undefined;
  // `host` has the port, if it is not the usual one.
  const isListing = HOSTS.has(url.host) && url.href.length <= LONGEST_LISTING_URL && PLAIN.test(url.href);
  return isListing ? url.href : undefined;
}
