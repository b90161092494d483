import { isMissing, isRequestError, ServiceError } from "../bearer/request-error.ts";
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
    return ours`The ${title} turned the question away: ${requestReason(why, undefined)}`;
  const code = why.code === undefined ? ours("") : ours` (${harmlessLine(why.code, 30)})`;
  return ours`There is no token for the ${title} in this tenant${code}`;
}

/** Which API was found to serve the offer, and why, for the log. */
export function foundLine({ api, typeWord = "" }: FoundApi): Harmless {
  return ours`API: the ${ours(APIS[api.name].title)} (${foundReason(api, inQuotes(typeWord, 100))}).`;
}

function foundReason({ name, by }: FoundApi["api"], type: Harmless): Harmless {
  if (by === "noOther") return ours("neither of the other two serves the offer");
  if (by === "listing") return ours`it lists the offer, of the type ${type}`;
  return name === "productIngestion"
    ? ours`it says that the offer is of the type ${type}`
    : ours`the ${ours(APIS.productIngestion.title)} says that the offer is of the type ${type}`;
}

const SERVES_FEW = ours("This API serves only offers that were managed through it before. ");
const FIND_OUT = ours(
  "Most offers go live through another one: with `api: auto` and no `token` the action signs in itself and finds out which.",
);
const NAME_IT = ours("If another API serves the offer, name it with `api`.");

/** What to say of the oldest API where it has not answered once: what was asked before it, and that there are others. */
export function portalHints(error: Error, { asked }: Pick<ConclusionContext, "asked">): readonly Harmless[] {
  if (asked?.api.name !== "cloudPartnerPortal" || asked.hasAnswered || !isRequestError(error)) return [];
  const before = asked.denied.map((each) => ours`${deniedText(each)}.`);
  const last = before.length === 0 ? [] : [joined([ours("The others were asked before."), ...before], " ")];
  if (!isGoneFor(error)) return last;
  // The remedy for what is not found says so itself.
  const few = isMissing(error) ? ours("") : SERVES_FEW;
  return [...last, ours`${few}${before.length === 0 ? FIND_OUT : NAME_IT}`];
}

/** Whether an answer may mean that the API is no more, or no more for this offer. */
function isGoneFor(error: Error): boolean {
  if (error instanceof NetworkError) return error.reason === "nameNotFound";
  return error instanceof ServiceError && (error.status < 400 || error.status === 404 || error.status === 410);
}
