import type { Behaviour } from "./behaviour.ts";
import type { ProductFilter } from "./filter.ts";
import type { Product } from "./product.ts";

/** A product as the service answers it. */
export interface ProductBody {
  readonly resourceType: string;
  readonly name: string;
  readonly externalIDs: readonly { readonly type: string; readonly value: string }[];
  readonly isModularPublishing: boolean;
  readonly id: string;
}

/** The product as the service answers it. */
export function productBody({ id, plan }: Product, { externalIdType }: Pick<Behaviour, "externalIdType">): ProductBody {
  return {
    resourceType: typeOf({ plan }),
    name: plan.alias ?? "Contoso App",
    externalIDs: [{ type: externalIdType, value: plan.offerId }],
    isModularPublishing: plan.isModularPublishing ?? true,
    id,
  };
}

/** The service's word for the type of the product. */
export function typeOf({ plan }: Pick<Product, "plan">): string {
  return plan.type ?? "AzureApplication";
}

/** Whether a product is what the filter asks for. What it says is compared without case, as the service does. */
export function isAskedFor(body: ProductBody, { type, externalId }: ProductFilter): boolean {
  if (type !== undefined && !isSame(body.resourceType, type)) return false;
  return externalId === undefined || body.externalIDs.some((each) => isSameId(each, externalId));
}

type ExternalId = ProductBody["externalIDs"][number];

function isSameId(one: ExternalId, other: ExternalId): boolean {
  return isSame(one.type, other.type) && isSame(one.value, other.value);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
