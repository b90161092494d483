import { isSameText } from "../../text/ascii-case.ts";
import { isObject, type JsonObject, readShortText, readText } from "../../text/json.ts";
import type { Listing, OfferType } from "../catalog.ts";
import type { Obstacle } from "../marketplace.ts";
import { readEntries } from "../whole-list.ts";

/** A product: what an offer is to this API. */
export interface Product {
  /** Its GUID, in lower case. */
  readonly guid: string;
  /** The service's word, untrusted; empty when it names none. */
  readonly type: string;
}

const PRODUCT_ID = /^product\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * The products in an answer that have that offer id, whatever the service was asked for: a list in `value`, or one product
 * alone. Undefined when the answer can be read as neither.
 */
export function readProducts(body: unknown, offerId: string): readonly Product[] | undefined {
  const objects = readEntries(body) ?? (isObject(body) && body["id"] !== undefined ? [body] : undefined);
  return objects?.flatMap((object): readonly Product[] => {
    const product = readProduct(object);
    const isOffer = isSameText(readExternalId(object) ?? "", offerId);
    return product === undefined || !isOffer ? [] : [product];
  });
}

/** A product, and the offer that it says it is; undefined when it names none. */
export interface ToldProduct extends Product {
  readonly offerId: string | undefined;
}

/** The product of that GUID as its tree tells of it, which need not hold it; undefined when the answer is no tree. */
export function readTree(body: unknown, guid: string): ToldProduct | undefined {
  const resources = isObject(body) ? readEntries(body["resources"]) : undefined;
  const own = resources?.find((resource) => readProduct(resource)?.guid === guid);
  if (own === undefined) return resources === undefined ? undefined : { guid, type: "", offerId: undefined };
  return { guid, type: "", ...readProduct(own), offerId: readExternalId(own) };
}

function readProduct(object: JsonObject): Product | undefined {
  const [, guid] = PRODUCT_ID.exec(readText(object["id"]) ?? "") ?? [];
  return guid === undefined ? undefined : { guid: guid.toLowerCase(), type: readShortText(object["type"], 100) ?? "" };
}

/** Newer pages of the reference spell it otherwise. */
function readExternalId(object: JsonObject): string | undefined {
  const { identity } = object;
  return isObject(identity) ? (readText(identity["externalId"]) ?? readText(identity["externalID"])) : undefined;
}

/** What the types that have a home are called here. */
const OFFER_TYPES = {
  azureVirtualMachine: "virtualMachine",
  coreVirtualMachine: "coreVirtualMachine",
  azureContainer: "container",
  softwareAsAService: "saas",
  azureApplication: "azureApplication",
} as const satisfies Readonly<Record<string, OfferType>>;

/** The products as every API lists them. */
export function toListing(products: readonly Product[]): Listing {
  const listed = products.map(({ guid, type: typeWord }) => {
    const type = Object.entries(OFFER_TYPES).find(([word]) => isSameText(word, typeWord))?.[1];
    return { guid, type, typeWord };
  });
  return { kind: "listed", products: listed };
}

/** Whether a product of that type goes live through another API: "Type AzureApplication is not supported". */
export function isServedElsewhere(type: string): boolean {
  return isSameText(type, "azureApplication");
}

/** Why there is no product to look at. */
export type NoProduct = Extract<
  Obstacle,
  { readonly kind: "noSuchOffer" | "severalProducts" | "otherProduct" | "otherOffer" }
>;

/**
 * The product that is meant of those that have the offer's id; `named` is the one that the inputs name. Of several, such as
 * those of several publishers, nobody guesses.
 */
export function chooseProduct(products: readonly Product[], named: string | undefined): Product | NoProduct {
  const own = products.find(({ guid }) => guid === named);
  if (own !== undefined) return own;
  const [first] = products;
  const guids = [...new Set(products.map(({ guid }) => guid))];
  if (first === undefined) return { kind: "noSuchOffer" };
  if (named !== undefined) return { kind: "otherProduct", productIds: guids };
  return guids.length === 1 ? first : { kind: "severalProducts", productIds: guids };
}

/**
 * Whether a product may be the offer's: of several that have its id each may, and where none is found nobody can tell. None
 * may while the inputs name a product of another offer.
 */
export function mayBe(chosen: Product | NoProduct, guid: string): boolean {
  if (!("kind" in chosen)) return chosen.guid === guid;
  switch (chosen.kind) {
    case "noSuchOffer":
      return true;
    case "severalProducts":
    case "otherProduct":
      return chosen.productIds.includes(guid);
    case "otherOffer":
      return false;
  }
}
