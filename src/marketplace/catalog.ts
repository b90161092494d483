import type { Obstacle } from "./marketplace.ts";

/** What an offer is, as far as it matters to which API serves it. */
export type OfferType = "virtualMachine" | "coreVirtualMachine" | "container" | "saas" | "azureApplication";

/** A product that has the offer's id. */
export interface ListedProduct {
  /** Its GUID, in lower case: the same in every API. */
  readonly guid: string;
  /** Undefined when the service calls it a word that nobody knows. */
  readonly type: OfferType | undefined;
  /** The service's word, untrusted; empty when it names none. */
  readonly typeWord: string;
}

/** What an API lists under the offer's id, none among it; or why it does not say. */
export type Listing =
  | { readonly kind: "listed"; readonly products: readonly ListedProduct[] }
  | Extract<Obstacle, { readonly kind: "needsProductId" | "otherOffer" }>;

/** An API that can be asked, by questions that change nothing, whether it knows the offer. */
export interface Catalog {
  /** Throws a `RequestError` when a request fails. */
  readonly list: (signal: AbortSignal) => Promise<Listing>;
}
