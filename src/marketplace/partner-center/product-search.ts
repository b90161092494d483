import type { BearerAnswer } from "../../bearer/bearer-client.ts";
import { isMissing, refusalOr, type RequestError, ServiceError } from "../../bearer/request-error.ts";
import { AnswerError } from "../../http/errors.ts";
import { isSameText } from "../../text/ascii-case.ts";
import type { Listing } from "../catalog.ts";
import type { Obstacle, Offer, UncheckedProduct } from "../marketplace.ts";
import { readWholeList, type WholeList } from "../whole-list.ts";
import { ROOT } from "./location.ts";
import { type Product, readProduct, readProducts, toListing } from "./product.ts";

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
  { readonly kind: "noSuchOffer" | "severalProducts" | "needsProductId" | "otherOffer" | "otherProduct" }
>;

/** The product of the offer; `unchecked` where that is so only because the inputs say it. */
export interface FoundProduct extends Product {
  readonly unchecked?: UncheckedProduct;
}

/** Finds the product of the offer; throws a `RequestError` when a request fails. */
export interface ProductSearch {
  /** The product, or why there is none. One that could not be checked is checked again. */
  readonly find: (signal: AbortSignal) => Promise<FoundProduct | NoProduct>;
  /**
   * Whether the product of that GUID, in lower case, is the offer's. Where none is found by the offer's id, the product is
   * asked whose it is, and is taken for the offer's where nothing tells; of several that have the id, each is the offer's.
   */
  readonly isOwn: (guid: string, signal: AbortSignal) => Promise<boolean>;
  /** What is listed under the offer's id; where that is refused, the product that the inputs name. */
  readonly list: (signal: AbortSignal) => Promise<Listing>;
}

/** The type of the products that this API publishes from end to end, as its filter names it. */
const APPLICATION = "AzureApplication";

/** A search that asks until it has found the product, and then no more: it does not change. */
export function createProductSearch({ endpoint, offer, productId, get }: ProductSearchOptions): ProductSearch {
  let found: FoundProduct | undefined;

  async function find(signal: AbortSignal): Promise<FoundProduct | NoProduct> {
    if (found !== undefined && found.unchecked === undefined) return found;
    if (productId !== undefined) return check(productId, signal);
    const own = await listOwn(signal);
    if (own === "refused") return { kind: "needsProductId" };
    const productIds = idsOf(own);
    if (productIds.length > 1) return { kind: "severalProducts", productIds };
    [found] = own;
    return found ?? { kind: "noSuchOffer" };
  }

  async function list(signal: AbortSignal): Promise<Listing> {
    const own = await listOwn(signal);
    if (own !== "refused") return toListing(own);
    if (productId === undefined) return { kind: "needsProductId" };
    const named = await askForProduct(productId.toLowerCase(), signal);
    if (named instanceof Error) throw named;
    const { offerId = "" } = named;
    return isSameText(offerId, offer.offerId) ? toListing([named]) : { kind: "otherOffer", offerId };
  }

  async function isOwn(guid: string, signal: AbortSignal): Promise<boolean> {
    const known = found ?? (await find(signal));
    if ("guid" in known) return known.guid === guid;
    switch (known.kind) {
      case "severalProducts":
      case "otherProduct":
        return known.productIds.includes(guid);
      case "otherOffer":
        return false;
      case "noSuchOffer":
      case "needsProductId":
        return "guid" in (await check(guid, signal));
    }
  }

  /**
   * The product of that GUID; another offer's is refused. Where its own route is down, the filter may tell whose it is, and
   * where that tells nothing either, it is taken for the offer's.
   */
  async function check(guid: string, signal: AbortSignal): Promise<FoundProduct | NoProduct> {
    const told = await askForProduct(guid.toLowerCase(), signal);
    const offerId = told instanceof Error ? undefined : told.offerId;
    if (!(told instanceof Error) && offerId !== undefined) {
      if (!isSameText(offerId, offer.offerId)) return { kind: "otherOffer", offerId };
      return (found = told);
    }
    const listed = await readOwn(signal);
    const same = listed.find((product) => product.guid === guid.toLowerCase());
    if (same !== undefined) return (found = same);
    if (listed.length > 0) return { kind: "otherProduct", productIds: idsOf(listed) };
    const known = told instanceof Error ? { type: "", offerId, guid: guid.toLowerCase() } : told;
    const error = told instanceof Error ? told : undefined;
    return (found = { ...known, unchecked: { productId: known.guid, error } });
  }

  /** The product at its own address, or the refusal of one who does not tell: a fault that may pass is one to ask again. */
  async function askForProduct(guid: string, signal: AbortSignal): Promise<Product | RequestError> {
    const answer = await refusalOr(get(new URL(`${ROOT}/products/${guid}`, endpoint.origin), signal));
    if (answer instanceof Error) return answer;
    const product = readProduct(answer.json());
    if (product?.guid !== guid) throw new AnswerError(answer, "wrongShape");
    return product;
  }

  /** The offer's products, as far as a filter shows them. */
  async function readOwn(signal: AbortSignal): Promise<readonly Product[]> {
    const own = await refusalOr(listOwn(signal));
    return own instanceof Error || own === "refused" ? [] : own;
  }

  /**
   * The products with the offer's id; never asked for without a filter. With the type in it, and without it where the
   * service refuses just that, or shows none: other types go live here as well.
   */
  async function listOwn(signal: AbortSignal): Promise<readonly Product[] | "refused"> {
    const byId = `ExternalIDs/Any(i:i/Type eq 'AzureOfferId' and i/Value eq '${offer.offerId}')`;
    const applications = await listOrRefused(`resourceType eq '${APPLICATION}' and ${byId}`, signal);
    if (applications !== "refused" && applications.length > 0) return applications;
    const all = await listOrRefused(byId, signal);
    return all === "refused" ? applications : all;
  }

  async function listOrRefused(filter: string, signal: AbortSignal): Promise<readonly Product[] | "refused"> {
    try {
      const { entries } = await listBy(filter, signal);
      return entries.filter(({ offerId }) => isSameText(offerId ?? "", offer.offerId));
    } catch (error) {
      if (isFilterRefused(error)) return "refused";
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

  return { find, list, isOwn };
}

function idsOf(products: readonly Product[]): readonly string[] {
  return [...new Set(products.map(({ guid }) => guid))];
}

/** "ICH50400 - Unable to complete request": the server refuses a filter that it fills in itself. */
function isFilterRefused(error: unknown): boolean {
  return (
    error instanceof ServiceError && error.status === 400 && `${error.code} ${error.serviceText}`.includes("ICH50400")
  );
}
