import { azureCliText } from "./azure-cli-error.ts";
import { AnswerError, isLater, NetworkError } from "../http/errors.ts";
import { isObject, parseJson, readText } from "../text/json.ts";
import { excerpt } from "./excerpt.ts";
import type { EntraSignIn } from "./sign-in.ts";
import { SignInError, type SignInReason, type Subject } from "./sign-in-error.ts";
import type { LastAnswer } from "./wire.ts";

/** What is known of a sign-in besides the library's error. */
export interface SignInAttempt {
  readonly kind: EntraSignIn["kind"];
  readonly subject: Subject | undefined;
  readonly clientId?: string | undefined;
  readonly last: LastAnswer | undefined;
  readonly redact: Redact;
}

/** Takes every secret out of a text. */
type Redact = (text: string) => string;

/** Entra's codes that say of themselves that they pass. */
const PASSING_CODES: ReadonlySet<string> = new Set(["AADSTS90024", "AADSTS90033", "AADSTS90055"]);

/**
 * What a failure of the sign-in library means, by what it was answered: its own errors leave out half of that. An
 * error of ours comes back as it is, and so does what the transport does not know: it is a bug.
 */
export function readEntraError(error: unknown, attempt: SignInAttempt): Error {
  const chain = causeChain(error);
  const own = chain.find((link) => link instanceof SignInError);
  if (own !== undefined) return own;
  const { kind, subject, clientId, last, redact } = attempt;
  if (last?.kind === "failed" && last.error instanceof SignInError) return last.error;
  const bug = bugOf(last);
  if (bug !== undefined) return bug;
  const told = longestText(chain);
  const said = last === undefined ? undefined : whatWasSaid(last);
  const code = /AADSTS\d+/.exec(said ?? told)?.[0];
  const reason = readSignInReason(chain, attempt, code);
  // Its errors may hold the token, so that nothing of them is passed on.
  if (kind === "azureCli") return new SignInError(reason, { code, kind, text: azureCliText(told, redact) });
  const text = code === undefined ? (last === undefined ? told : answerText(last, said, redact)) : (said ?? told);
  return new SignInError(reason, { code, kind, text: redact(text), subject, clientId, cause: error });
}

function readSignInReason(chain: readonly Error[], attempt: SignInAttempt, code: string | undefined): SignInReason {
  const { last } = attempt;
  if (hasNoIdentity(chain, attempt)) return "unavailable";
  if (last?.kind === "failed") return "unreachable";
  if (last?.kind === "answered" && isLater(last.status)) return "unreachable";
  if (code !== undefined) return PASSING_CODES.has(code) ? "unreachable" : "refused";
  // An answer that is a success and yet no token: somebody else has answered.
  if (last?.kind === "answered") return last.status < 400 ? "unreachable" : "refused";
  return chain.some((link) => link.name === "CredentialUnavailableError") ? "unavailable" : "refused";
}

/** A machine that has no managed identity has no such address either. */
function hasNoIdentity(chain: readonly Error[], { kind, last }: SignInAttempt): boolean {
  if (chain.some(({ message }) => message.includes("IMDS endpoint, but it is not available"))) return true;
  if (kind !== "managedIdentity" || last?.kind !== "failed") return false;
  return last.error instanceof NetworkError && !last.error.wasSent;
}

/** What the transport threw and does not know. */
function bugOf(last: LastAnswer | undefined): Error | undefined {
  if (last?.kind !== "failed" || !Error.isError(last.error)) return undefined;
  return last.error instanceof NetworkError || last.error instanceof AnswerError ? undefined : last.error;
}

/** Entra's own words in an answer that is no success. */
function whatWasSaid(last: LastAnswer): string | undefined {
  if (last.kind === "failed" || last.status < 400) return undefined;
  const body = parseJson(last.body);
  return isObject(body) ? (readText(body["error_description"]) ?? readText(body["message"])) : undefined;
}

/** What came back, in the words that are used for every other service. */
function answerText(last: LastAnswer, said: string | undefined, redact: Redact): string {
  if (last.kind === "failed") return Error.isError(last.error) ? last.error.message : "";
  const { method, url } = last.request;
  if (last.status < 400) return `${method} ${url} was answered with HTTP ${last.status} and nothing that Entra says`;
  const words = said ?? excerpt(last.body, redact);
  return `${method} ${url} was answered with HTTP ${last.status}${words === "" ? "" : `: ${words}`}`;
}

/** The error and what caused it, whichever way libraries spell that. */
function causeChain(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let link: unknown = error;
  while (Error.isError(link) && !chain.includes(link)) {
    chain.push(link);
    link = link.cause;
  }
  return chain;
}

function longestText(chain: readonly Error[]): string {
  return chain
    .map(({ message }) => message)
    .reduce((longest, text) => (text.length > longest.length ? text : longest), "");
}
