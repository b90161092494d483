import { isSameText } from "../../text/ascii-case.ts";
import { isObject, type JsonObject, readObjects, readShortText, readText } from "../../text/json.ts";
import type { Listing, OfferType } from "../catalog.ts";
import type { Obstacle } from "../marketplace.ts";
import { readEntries } from "../whole-list.ts";

/** A product: what an offer is to this API. */
export interface Product {
  /** Its GUID, in lower case. */
  readonly guid: string;
  /** The service's word; empty when it names none. */
  readonly type: string;
  /** The id of the offer; undefined when the service names none. */
  readonly offerId: string | undefined;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_IDS = 50;

/** The products in an answer; undefined when it is no list of them. */
export function readProducts(body: unknown): readonly Product[] | undefined {
  return readEntries(body)?.flatMap((object) => readProduct(object) ?? []);
}

/** The product that an object shows; undefined when it shows none. */
export function readProduct(body: unknown): Product | undefined {
  if (!isObject(body)) return undefined;
  const guid = readText(body["id"]) ?? "";
  if (!GUID.test(guid)) return undefined;
  return { guid: guid.toLowerCase(), type: readShortText(body["resourceType"], 100) ?? "", offerId: readOfferId(body) };
}

/** Created as `AzureOfferID`, it is read back as `AzureOfferId`. */
function readOfferId(product: JsonObject): string | undefined {
  const ids = readObjects(product["externalIDs"] ?? product["externalIds"], MOST_IDS);
  const own = ids.find((id) => isSameText(readText(id["type"]) ?? "", "AzureOfferId"));
  return own === undefined ? undefined : readText(own["value"]);
}

/** What the types that have a home are called here. */
const OFFER_TYPES = {
  AzureApplication: "azureApplication",
  AzureThirdPartyVirtualMachine: "virtualMachine",
  AzureContainer: "container",
  SoftwareAsAService: "saas",
} as const satisfies Readonly<Record<string, OfferType>>;

function offerTypeOf({ type }: Product): OfferType | undefined {
  return Object.entries(OFFER_TYPES).find(([word]) => isSameText(word, type))?.[1];
}

/** The products as every API lists them. */
export function toListing(products: readonly Product[]): Listing {
  const listed = products.map((product) => {
    return { guid: product.guid, type: offerTypeOf(product), typeWord: product.type };
  });
  return { kind: "listed", products: listed };
}

/** What stands in the way of a product that can be read here and not promoted; an unknown type is the service's to refuse. */
export function otherType(product: Product): Obstacle | undefined {
  const type = offerTypeOf(product);
  return type === undefined || type === "azureApplication" ? undefined : { kind: "otherType", type: product.type };
}
