import { type ApiName, APIS } from "../marketplace/apis.ts";
import type { LocationFault, LocationScope } from "../marketplace/location.ts";
import type { OperationReference } from "../marketplace/marketplace.ts";
import { InputError, quoted, withoutPassword } from "./input-value.ts";

/** The value of `operationLocation` that names no operation. */
export const STARTS_ONE = "none";

/**
 * The operation that the inputs name to be followed; undefined when one is to be started. Throws an {@link InputError} for
 * what cannot be followed: an operation of another offer would be announced under this one's name.
 */
export function readWatchOnly(
  text: string,
  wasGiven: boolean,
  readScope: () => LocationScope & { readonly api: ApiName },
): OperationReference | undefined {
  if (!isWatchOnly(text, wasGiven)) return undefined;
  const scope = readScope();
  const reference = APIS[scope.api].readLocation(text, scope);
  if (typeof reference !== "string") return reference;
  const problem = `got ${quoted(withoutPassword(text, URL.parse(text, scope.endpoint.href)))}, which ${reference}.`;
  throw new InputError("operationLocation", problem, LOCATION_REMEDIES[reference]);
}

const LOCATION_REMEDIES = {
  "is not a URL": "Pass the output `operationLocation` of the step that started the go-live.",
  "is on another origin": "The token goes to the origin of `endpoint` only.",
  "carries a user name or password": "Pass the output `operationLocation` as it is.",
  "is not written as the address of an operation":
    "Pass the output `operationLocation` of the step that started the go-live, as it is.",
  "names an operation of another offer": "Set `publisherId` and `offerId` to those of the run that started it.",
} as const satisfies Record<LocationFault, string>;

/** A value that is not set must not turn a look at an operation into a go-live. */
function isWatchOnly(text: string, wasGiven: boolean): boolean {
  if (text === STARTS_ONE || (text === "" && !wasGiven)) return false;
  if (text !== "") return true;
  throw new InputError(
    "operationLocation",
    "it is empty, which would start a go-live instead of following one.",
    "A variable, secret, output or workflow input that is not set arrives as empty text: check its name. To start a go-live leave `operationLocation` out, or set it to `none`.",
  );
}
