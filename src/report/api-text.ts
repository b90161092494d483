import type { RequestError } from "../bearer/request-error.ts";
import type { SignInError } from "../identity/sign-in-error.ts";
import { type ApiName, apiOfLocation, APIS, type ChosenApi, type ChosenBy } from "../marketplace/apis.ts";
import type { CancelAnswer, Goal } from "../marketplace/marketplace.ts";
import { type Harmless, harmlessLine, ours } from "../text/harmless.ts";
import { GOAL_TEXTS } from "./goal-text.ts";
import { REMEDIES, type RequestTrouble } from "./remedies.ts";

/** What to do about a trouble where it differs from API to API; for the rest see {@link REMEDIES}. */
const API_REMEDIES: Readonly<Record<ApiName, Readonly<Partial<Record<RequestTrouble, Harmless>>>>> = {
  cloudPartnerPortal: {},
  productIngestion: {
    badRequest: ours("Read what the service says and mend it in Partner Center, then run this job again."),
    unauthorized: ours(
      "Get a new token for the resource https://graph.microsoft.com in a step just before this one, or let the action sign in itself with `tenantId` and `clientId`.",
    ),
    forbidden: ours(
      "Add the application that the token belongs to as a user of the Partner Center account with the role Manager, under Account settings, User management, Microsoft Entra applications. A role in Azure does not count.",
    ),
    notFound: ours(
      "Check `offerId` and `productId` against Partner Center, and that the token is one of that account.",
    ),
  },
  partnerCenter: {
    badRequest: ours("Read what the service says and mend it in Partner Center, then run this job again."),
    unauthorized: ours(
      "This API answers so to a token that is not for https://api.partner.microsoft.com, and to an application without the role Manager in the Partner Center account (Account settings, User management, Microsoft Entra applications). Check both.",
    ),
    forbidden: ours(
      "Add the application that the token belongs to as a user of the Partner Center account with the role Manager, under Account settings, User management, Microsoft Entra applications.",
    ),
    notFound: ours(
      "Check `offerId` and `productId` against Partner Center, and that the token is one of that account.",
    ),
  },
};

/** What to do about a trouble with the API that was asked. */
export function apiRemedy(trouble: RequestTrouble, api: ApiName): Harmless {
  return API_REMEDIES[api][trouble] ?? ours(REMEDIES[trouble]);
}

/** The API that a failed request was for; of an unknown address the oldest. */
export function apiOfError(error: Exclude<RequestError, SignInError>): ApiName {
  return apiOfLocation(URL.parse(error.request.url)) ?? "cloudPartnerPortal";
}

const CHECK = ours("check in Partner Center, for it also answers so when nothing runs.");

/** What the service's answer to a cancel means, in a sentence; behind a colon, why it was not asked. */
const cancelTexts = (start: Harmless) =>
  ({
    cloudPartnerPortal: {
      done: ours`It says that this is done; ${CHECK}`,
      underWay: ours`It took the wish: it takes 1 to 3 minutes until the ${start} is canceled; ${CHECK}`,
      tooLate: ours`It says that it is too late: the ${start} has ended.`,
      impossible: ours("it cannot cancel one."),
    },
    productIngestion: {
      done: ours("It says that the job is canceled. What it had done before stays as it is: check in Partner Center."),
      underWay: ours("It took the wish. What the job has done by then stays as it is: check in Partner Center."),
      tooLate: ours("It says that it is too late: the job has ended. Check in Partner Center what is live."),
      impossible: ours`a ${start} can be canceled by its job only, and of this one no job is known.`,
    },
    partnerCenter: {
      done: ours("It says that this is done: check in Partner Center."),
      underWay: ours("It took the wish: check in Partner Center."),
      tooLate: ours("It says that it is too late: check in Partner Center what is live."),
      impossible: ours`this API cannot take a ${start} back.`,
    },
  }) satisfies Record<ApiName, Record<CancelAnswer, Harmless>>;

/** The same, by where the operation is. */
export function cancelText(answer: CancelAnswer, location: URL | null, goal: Goal): Harmless {
  return cancelTexts(GOAL_TEXTS[goal].start)[apiOfLocation(location) ?? "cloudPartnerPortal"][answer];
}

const UNFOUND = ours("API: to be found out, by questions that change nothing (`api: auto`).");

const REASONS = {
  api: ours("the input api says so"),
  operationLocation: ours("operationLocation is one of its addresses"),
  token: ours("the token is for it"),
  default: ours("nothing says otherwise"),
  offerType: ours("the offer's type says so"),
  listing: ours("it lists the offer"),
  noOther: ours("neither of the other two serves the offer"),
} as const satisfies Record<ChosenBy, Harmless>;

/** Which API is asked, and why; the one that everything else stands for goes without saying. */
export function apiLines(api: ChosenApi | "toBeFound"): readonly Harmless[] {
  if (api === "toBeFound") return [UNFOUND];
  const { name, by } = api;
  if (name === "cloudPartnerPortal" && by !== "api" && by !== "noOther") return [];
  return [ours`API: the ${harmlessLine(APIS[name].title)} (${REASONS[by]}).`];
}

/** The page of an offer in Partner Center, where the submission's id holds the product's. */
export function offerPage(submissionId: string | undefined): string | undefined {
  const [, product] = /^submission\/([0-9a-f-]{36})\/\d+$/.exec(submissionId ?? "") ?? [];
  return product === undefined
    ? undefined
    : `https://partner.microsoft.com/en-us/dashboard/commercial-marketplace/offers/${product}/overview`;
}
