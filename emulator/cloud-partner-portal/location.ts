import type { Headers } from "../wire/answer.ts";
import type { Behaviour } from "./behaviour.ts";

/** What the address of an operation is made of. */
export interface OperationAddress {
  readonly publisherId: string;
  readonly offerId: string;
  readonly id: string;
  readonly origin: string;
  readonly apiVersion: string;
}

/** The header that says where an operation lives, in the given spelling. */
export function locationHeaders(spelling: Behaviour["location"], address: OperationAddress): Headers {
  const publisher = encodeURIComponent(address.publisherId);
  const offer = encodeURIComponent(address.offerId);
  const offerPath = `/api/publishers/${publisher}/offers/${offer}`;
  const path = `${offerPath}/operations/${address.id}`;
  const query = `?api-version=${address.apiVersion}`;
  switch (spelling) {
    case "absolute":
      return { "operation-location": `${address.origin}${path}` };
    case "migrated":
    case "otherOffer":
    case "otherPublisher":
      return { location: `${path}${query}` };
    case "notMigrated":
      return { location: `/api/operations/${publisher}$${offer}$2$preview${query}` };
    case "noOperation":
      return { location: `${offerPath}/status${query}` };
    case "none":
      return {};
  }
}

/** The publisher and offer of an operation id such as `contoso$contoso-vm$2$preview`. */
export function readPreviewId(id: string): { readonly publisherId: string; readonly offerId: string } | undefined {
  const [publisherId, offerId, ...rest] = id.split("$");
  if (publisherId === undefined || offerId === undefined || rest.join("$") !== "2$preview") return undefined;
  return { publisherId, offerId };
}
