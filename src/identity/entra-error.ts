import { readNetworkReason } from "../http/network-reason.ts";
import { SignInError, type Subject } from "./sign-in-error.ts";

/**
 * What a failure of the sign-in library means. Entra's code stands in its text; a failure of the network is somewhere
 * among the causes. An error of ours comes back as it is.
 */
export function readEntraError(error: unknown, subject: Subject | undefined): Error {
  const chain = causes(error);
  const own = chain.find((link) => link instanceof SignInError);
  if (own !== undefined) return own;
  const text = longestText(chain);
  const code = /AADSTS\d+/.exec(text)?.[0];
  const details = { code, text, subject, cause: error };
  if (code !== undefined) return new SignInError("refused", details);
  if (chain.some(isOfNetwork)) return new SignInError("unreachable", details);
  return new SignInError(
    chain.some((link) => link.name === "CredentialUnavailableError") ? "unavailable" : "refused",
    details,
  );
}

/**
 * Why GitHub gave no ID token. Without the permission the runner sets no ACTIONS_ID_TOKEN_REQUEST_ variables, and the
 * toolkit's error names them.
 */
export function readIdTokenError(error: unknown): SignInError {
  const chain = causes(error);
  const text = longestText(chain);
  const details = { text, cause: error };
  if (text.includes("ACTIONS_ID_TOKEN_REQUEST")) return new SignInError("noIdToken", details);
  const status = Number(/Error Code\s*:\s*(\d{3})/.exec(text)?.[1]);
  const isLater = status === 408 || status === 429 || status >= 500;
  return new SignInError(isLater || chain.some(isOfNetwork) ? "unreachable" : "refused", details);
}

/** The error and what caused it, whichever way libraries spell that. */
function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  let link: unknown = error;
  while (link instanceof Error && !chain.includes(link)) {
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

/**
 * MSAL's own codes for no answer. The second one stands for an unknown tenant too, where the authority is not one that
 * MSAL knows: nobody can tell the two apart.
 */
const NO_ANSWER_CODES: ReadonlySet<unknown> = new Set(["network_error", "endpoints_resolution_error"]);

/** No answer, or an answer that says: later. */
function isOfNetwork(error: Error): boolean {
  if (readNetworkReason(error) !== undefined || error.name === "AbortError") return true;
  if ("errorCode" in error && NO_ANSWER_CODES.has(error.errorCode)) return true;
  const status = readStatus(error);
  return status === 408 || status === 429 || status >= 500;
}

/** The HTTP status of an answer, wherever the libraries put it; NaN when there is none. */
function readStatus(error: Error): number {
  if ("statusCode" in error && typeof error.statusCode === "number") return error.statusCode;
  if ("status" in error && typeof error.status === "number") return error.status;
  return Number(/Http status code: (\d{3})/i.exec(error.message)?.[1]);
}
