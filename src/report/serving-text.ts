import { isRequestError, ServiceError } from "../bearer/request-error.ts";
import { NetworkError } from "../http/errors.ts";
import { SignInError } from "../identity/sign-in-error.ts";
import { APIS } from "../marketplace/apis.ts";
import type { Denied, FoundApi } from "../serving-api/find.ts";
import { type Harmless, harmlessLine, inQuotes, joined, ours } from "../text/harmless.ts";
import type { ConclusionContext } from "./conclusion.ts";
import { requestReason } from "./explanation.ts";

const LISTED = {
  productIngestion: ours("lists no product of this offer id"),
  partnerCenter: ours("lists no Azure application of this offer id"),
} as const satisfies Record<Denied["name"], Harmless>;

/** Why an API does not serve the offer, as it says itself, without a full stop. */
export function deniedText({ name, why }: Denied): Harmless {
  const title = ours(APIS[name].title);
  if (why === "notListed") return ours`The ${title} ${LISTED[name]}`;
  if (!(why instanceof SignInError))
    return ours`The ${title} is not for this sign-in: ${requestReason(why, undefined)}`;
  const code = why.code === undefined ? ours("") : ours` (${harmlessLine(why.code, 30)})`;
  return ours`There is no token for the ${title} in this tenant${code}`;
}

/** Which API was found to serve the offer, and why, for the log. */
export function foundLine({ api, typeWord = "" }: FoundApi): Harmless {
  return ours`API: the ${ours(APIS[api.name].title)} (${foundReason(api.by, inQuotes(typeWord, 100))}).`;
}

function foundReason(by: FoundApi["api"]["by"], type: Harmless): Harmless {
  if (by === "noOther") return ours("neither of the other two serves the offer");
  return by === "listing"
    ? ours`it lists the offer, of the type ${type}`
    : ours`the ${ours(APIS.productIngestion.title)} says that the offer is of the type ${type}`;
}

const SERVES_FEW =
  "The Cloud Partner Portal API serves only offers that were managed through it before they moved to Partner Center.";
const FIND_OUT =
  "Most offers go live through another API: with `api: auto` and no `token` the action signs in itself and finds out which.";

/** What to say of an oldest API that has not answered once: what was asked before it, or that there are others. */
export function portalHints(error: Error, { asked }: Pick<ConclusionContext, "asked">): readonly Harmless[] {
  if (asked?.api.name !== "cloudPartnerPortal" || asked.hasAnswered || !isRequestError(error)) return [];
  const before = asked.denied.map((each) => ours`${deniedText(each)}.`);
  const last = before.length === 0 ? [] : [joined([ours("It was asked last:"), ...before], " ")];
  if (!isGoneFor(error)) return last;
  return [...last, ours(SERVES_FEW), ...(last.length === 0 ? [ours(FIND_OUT)] : [])];
}

/** Whether an answer may mean that the API is no more, or no more for this offer. */
function isGoneFor(error: Error): boolean {
  if (error instanceof NetworkError) return error.reason === "nameNotFound";
  return error instanceof ServiceError && (error.status < 400 || error.status === 404 || error.status === 410);
}
