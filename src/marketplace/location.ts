import type { Offer, OperationReference } from "./marketplace.ts";

/** Why a location cannot be used; the text completes "a location that …". */
export type LocationFault =
  | "is not a URL"
  | "is on another origin"
  | "carries a user name or password"
  | "is not written as the address of an operation"
  | "names an operation of another offer";

/** Whose operations count: those of one offer, at one place. */
export interface LocationScope {
  /** The marketplace's base address. */
  readonly endpoint: URL;
  readonly offer: Offer;
}

/** The operation that a location names, or why it cannot be used. */
export type ReadLocation = (text: string, scope: LocationScope) => OperationReference | LocationFault;
