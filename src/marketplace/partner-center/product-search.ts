import { type BearerAnswer, jsonOrNothing } from "../../bearer/bearer-client.ts";
import { answerOrError, isMissing, ServiceError } from "../../bearer/request-error.ts";
import { isSameText } from "../../text/ascii-case.ts";
import type { Obstacle, Offer } from "../marketplace.ts";
import { readWholeList, type WholeList } from "../whole-list.ts";
import { ROOT } from "./location.ts";
import { type Product, readProduct, readProducts } from "./product.ts";

export interface ProductSearchOptions {
  readonly endpoint: URL;
  readonly offer: Offer;
  /** The product's GUID, where the offer cannot be looked up. */
  readonly productId: string | undefined;
  readonly get: (url: URL, signal: AbortSignal) => Promise<BearerAnswer>;
}

/** Why there is no product to look at. */
export type NoProduct = Extract<
  Obstacle,
  { readonly kind: "noSuchOffer" | "severalProducts" | "needsProductId" | "otherOffer" }
>;

/** Finds the product of the offer; throws a `RequestError` when a request fails. */
export interface ProductSearch {
  /** The product, or why there is none. */
  readonly find: (signal: AbortSignal) => Promise<Product | NoProduct>;
  /**
   * Whether the product of that GUID, in lower case, is the offer's. Where none is found by the offer's id, its own route
   * is asked, which may be down while submissions answer; of several that have the id, each is the offer's.
   */
  readonly isOwn: (guid: string, signal: AbortSignal) => Promise<boolean>;
}

/** The type of the products that this API publishes from end to end, as its filter names it. */
const APPLICATION = "AzureApplication";

/** A search that asks until it has found the product, and then no more: it does not change. */
export function createProductSearch({ endpoint, offer, productId, get }: ProductSearchOptions): ProductSearch {
  let found: Product | undefined;

  async function find(signal: AbortSignal): Promise<Product | NoProduct> {
    if (found !== undefined) return found;
    if (productId !== undefined) return check(productId, signal);
    const list = await listByOffer(signal);
    if (list === "needsProductId") return { kind: list };
    const own = list.entries.filter(({ offerId }) => isSameText(offerId ?? "", offer.offerId));
    const productIds = [...new Set(own.map(({ guid }) => guid))];
    if (productIds.length > 1) return { kind: "severalProducts", productIds };
    [found] = own;
    return found ?? { kind: "noSuchOffer" };
  }

  async function isOwn(guid: string, signal: AbortSignal): Promise<boolean> {
    const known = await find(signal);
    if ("guid" in known) return known.guid === guid;
    switch (known.kind) {
      case "severalProducts":
        return known.productIds.includes(guid);
      case "otherOffer":
        return false;
      case "noSuchOffer":
      case "needsProductId":
        return "guid" in (await check(guid, signal));
    }
  }

  /** The product of that GUID, unless it is another offer's. */
  async function check(guid: string, signal: AbortSignal): Promise<Product | NoProduct> {
    const answer = await answerOrError(get(new URL(`${ROOT}/products/${guid}`, endpoint.origin), signal));
    const own = answer instanceof Error ? undefined : readProduct(jsonOrNothing(answer));
    const offerId = own?.offerId;
    if (offerId !== undefined && !isSameText(offerId, offer.offerId)) return { kind: "otherOffer", offerId };
    found = { type: "", offerId, ...own, guid: guid.toLowerCase() };
    return found;
  }

  /** Never without a filter; with the type in it, unless the service refuses just that. */
  async function listByOffer(signal: AbortSignal): Promise<WholeList<Product> | "needsProductId"> {
    const byId = `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${offer.offerId}')`;
    try {
      return await listBy(`resourceType eq '${APPLICATION}' and ${byId}`, signal);
    } catch (error) {
      if (!isFilterRefused(error)) throw error;
    }
    try {
      return await listBy(byId, signal);
    } catch (error) {
      if (isFilterRefused(error)) return "needsProductId";
      throw error;
    }
  }

  function listBy(filter: string, signal: AbortSignal): Promise<WholeList<Product>> {
    const url = new URL(`${ROOT}/products`, endpoint.origin);
    url.searchParams.set("$filter", filter);
    return readWholeList({
      url,
      ask: (next) => get(next, signal),
      read: readProducts,
      stateOf: ({ guid }) => guid,
      linkBase: endpoint,
      isEnd: isMissing,
    });
  }

  return { find, isOwn };
}

/** "ICH50400 - Unable to complete request": the server refuses a filter that it fills in itself. */
function isFilterRefused(error: unknown): boolean {
  return (
    error instanceof ServiceError && error.status === 400 && `${error.code} ${error.serviceText}`.includes("ICH50400")
  );
}
