import { type RequestError, ServiceError } from "../bearer/request-error.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import type { ApiName, ChosenApi } from "../marketplace/apis.ts";
import type { ListedProduct, Listing, OfferType } from "../marketplace/catalog.ts";
import type { Obstacle } from "../marketplace/marketplace.ts";

/** The APIs that are asked whether they know the offer, in this order; when both say no, the third one is left. */
export const ASKED_APIS = ["productIngestion", "partnerCenter"] as const satisfies readonly ApiName[];

/** An API that is asked. */
export type AskedApi = (typeof ASKED_APIS)[number];

/** Which API serves which offers. */
const SERVING = {
  virtualMachine: "productIngestion",
  coreVirtualMachine: "productIngestion",
  container: "productIngestion",
  saas: "productIngestion",
  azureApplication: "partnerCenter",
} as const satisfies Record<OfferType, AskedApi>;

/** Why an API does not serve the offer: it lists none of that id, or will not be asked. */
export type Denial = "notListed" | RequestError;

/** What follows from what one API said. */
export type Verdict =
  /** It is known which API serves the offer, and, where it is by its type, how the service calls that. */
  | { readonly kind: "serves"; readonly api: ChosenApi; readonly typeWord: string }
  | { readonly kind: "denies"; readonly why: Denial }
  /** The service could not be asked. */
  | { readonly kind: "fault"; readonly error: RequestError }
  | { readonly kind: "unknownType"; readonly typeWord: string }
  /** The offer is there, and it is not told which product is meant. */
  | { readonly kind: "obstacle"; readonly obstacle: Obstacle };

/** What an API said, or how it failed, read as an answer to whether it serves the offer; of two products nobody guesses. */
export function readVerdict(asked: AskedApi, said: Listing | RequestError, productId: string | undefined): Verdict {
  if (said instanceof Error) return isDenial(said) ? { kind: "denies", why: said } : { kind: "fault", error: said };
  if (said.kind !== "listed") return { kind: "obstacle", obstacle: said };
  const products = said.products.filter((product) => asked === "productIngestion" || !isServedElsewhere(product));
  if (products.length === 0) return { kind: "denies", why: "notListed" };
  const meant = products.filter(({ guid }) => productId === undefined || guid === productId.toLowerCase());
  const [first] = meant;
  const productIds = [...new Set(products.map(({ guid }) => guid))];
  if (first === undefined) return { kind: "obstacle", obstacle: { kind: "otherProduct", productIds } };
  const stranger = meant.find(({ type }) => type === undefined);
  if (stranger !== undefined) return { kind: "unknownType", typeWord: stranger.typeWord };
  const [name, ...others] = new Set(meant.flatMap(({ type }) => (type === undefined ? [] : SERVING[type])));
  if (name === undefined || others.length > 0) {
    return { kind: "obstacle", obstacle: { kind: "severalProducts", productIds } };
  }
  const by = asked === "partnerCenter" ? "listing" : "offerType";
  return { kind: "serves", api: { name, by }, typeWord: first.typeWord };
}

/** Partner Center lists every offer, and promotes few: what goes live elsewhere is none of its own. */
function isServedElsewhere({ type }: ListedProduct): boolean {
  return type !== undefined && SERVING[type] !== "partnerCenter";
}

/** Whether an error says for certain that nobody serves this offer here, or not to this caller: no fault does. */
export function isDenial(error: RequestError): boolean {
  if (error instanceof ServiceError) return [401, 403, 404].includes(error.status);
  return error instanceof SignInError && UNKNOWN_RESOURCES.some((code) => code === error.code);
}

/** Entra's codes for a resource that the tenant, or the application, knows nothing of. */
const UNKNOWN_RESOURCES = ["AADSTS500011", "AADSTS650057"] as const;
