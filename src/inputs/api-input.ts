import { apiOfAudience, apiOfLocation, API_NAMES, type ApiName, APIS, type ChosenApi } from "../marketplace/apis.ts";
import type { OperationReference } from "../marketplace/marketplace.ts";
import { readTokenFacts } from "../token/json-web-token.ts";
import { bareSecret } from "../text/secret-text.ts";
import { InputError, quoted, readChoice } from "./input-value.ts";
import { STARTS_ONE } from "./watch-only.ts";

/** The value of `submissionId` that names none. */
export const ANY_READY = "ready";

/** The values of `api`; the first is the default. */
export const API_CHOICES = ["auto", "cloudPartnerPortal", "productIngestion", "partnerCenter"] as const;

type Read = (name: string) => string;

/**
 * The API that the inputs name, or that follows from what they hold: the operation's address, else what the token is for.
 * A token that does not say is taken for the Cloud Partner Portal's; without one the API is to be found. Throws an
 * {@link InputError} for an unknown one.
 */
export function readApi(read: Read): ChosenApi | "toBeFound" {
  const isToBeFound = readNamedApi(read) === undefined && read("token") === "";
  return isToBeFound && ["", STARTS_ONE].includes(read("operationLocation")) ? "toBeFound" : readKnownApi(read);
}

/** The same of an operation that the inputs name: what does not say whose it is is taken for the Cloud Partner Portal's. */
export function readKnownApi(read: Read): ChosenApi {
  return readNamedApi(read) ?? { name: "cloudPartnerPortal", by: "default" };
}

function readNamedApi(read: Read): ChosenApi | undefined {
  const choice = readChoice("api", read("api"), API_CHOICES);
  if (choice !== "auto") return { name: choice, by: "api" };
  const byLocation = apiOfLocation(URL.parse(read("operationLocation")));
  if (byLocation !== undefined) return { name: byLocation, by: "operationLocation" };
  const byToken = apiOfAudience(readTokenFacts(bareSecret(read("token")))?.audience);
  return byToken === undefined ? undefined : { name: byToken, by: "token" };
}

/** What the inputs name that the API, once it is known, has none of. */
export function foundApiProblems(
  api: ApiName,
  { productId, submissionId }: { readonly productId: string | undefined; readonly submissionId: string | undefined },
): readonly InputError[] {
  const submission = submissionId === undefined ? undefined : submissionProblem(submissionId, [api]);
  return [
    ...(productId === undefined || api !== "cloudPartnerPortal" ? [] : [noUse("productId")]),
    ...(submission === undefined ? [] : [submission]),
  ];
}

/** The GUID of the product; undefined when it is to be looked up. */
export function readProductId(read: Read): string | undefined {
  const text = read("productId");
  if (text === "") return undefined;
  const api = readApi(read);
  if (api !== "toBeFound" && api.name === "cloudPartnerPortal") throw noUse("productId");
  const [, guid] = /^(?:product\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(text) ?? [];
  if (guid !== undefined) return guid.toLowerCase();
  const remedy = "Allowed is the product's id, a GUID; it stands in the address of the offer's page in Partner Center.";
  throw new InputError("productId", `got ${quoted(text)}.`, remedy);
}

/**
 * The preview that is to go live, in lower case, as the API names it; undefined when the inputs name none. Throws an
 * {@link InputError} when it is not what the operation is about that is to be followed.
 */
export function readSubmissionInput(
  read: Read,
  wasGiven = false,
  readWatched: () => OperationReference | undefined = () => undefined,
): string | undefined {
  const text = read("submissionId");
  if (text === ANY_READY || (text === "" && !wasGiven)) return undefined;
  if (text === "") {
    throw new InputError(
      "submissionId",
      "it is empty, which would let whatever is ready go live.",
      "A variable, secret, output or workflow input that is not set arrives as empty text: check its name. To let the preview go live that is ready, leave `submissionId` out, or set it to `ready`.",
    );
  }
  const api = readApi(read);
  const problem = submissionProblem(text, api === "toBeFound" ? API_NAMES : [api.name]);
  if (problem !== undefined) throw problem;
  const submissionId = text.toLowerCase();
  expectWatched(submissionId, readWatched());
  return submissionId;
}

/** Why a text is no submission of any of those APIs. */
function submissionProblem(text: string, names: readonly ApiName[]): InputError | undefined {
  const kinds = new Set(names.map((name) => APIS[name].readSubmissionForm(text)));
  if (kinds.has("submission")) return undefined;
  const problem = kinds.has("draft") ? "it names the draft, which cannot go live." : `got ${quoted(text)}.`;
  const forms = [...new Set(names.map((name) => SUBMISSION_FORMS[name]))].join(", or ");
  const remedy = `Allowed is ${forms}, as the output \`submissionId\` of a dry run has it.`;
  return new InputError("submissionId", problem, remedy);
}

const OF_PRODUCT = "a number, or `submission/<product id>/<number>`";

/** What the APIs call a submission. */
const SUBMISSION_FORMS = {
  cloudPartnerPortal: "the id of a publish to preview, a GUID (of another API name that with `api`)",
  productIngestion: OF_PRODUCT,
  partnerCenter: OF_PRODUCT,
} as const satisfies Record<ApiName, string>;

function expectWatched(submissionId: string, watched: OperationReference | undefined): void {
  if (watched === undefined) return;
  const about = watched.submissionId;
  if (about === submissionId || about?.endsWith(`/${submissionId}`) === true) return;
  const what = about === undefined ? "does not say which submission it is about" : `is about \`${about}\``;
  const remedy = "Leave it out to follow that operation, or leave `operationLocation` out to start a go-live.";
  throw new InputError("submissionId", `it contradicts \`operationLocation\`, which ${what}.`, remedy);
}

function noUse(name: string): InputError {
  return new InputError(
    name,
    "it is of no use to the Cloud Partner Portal API.",
    "Leave it out, or name with `api` the one that serves the offer.",
  );
}
