import type { Offer } from "./marketplace.ts";

/** The name of an offer where people read it, such as `contoso/contoso-vm`. */
export function offerName({ publisherId, offerId }: Offer): string {
  return `${publisherId}/${offerId}`;
}
