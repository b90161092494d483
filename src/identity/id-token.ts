import type { Environment } from "../environment.ts";
import { isHttp } from "../http/host.ts";
import { AnswerError, isLater, NetworkError } from "../http/errors.ts";
import type { ProxySettings } from "../http/proxy.ts";
import type { Answer, OpenTransport } from "../http/transport.ts";
import { isObject, parseJson, readText } from "../text/json.ts";
import { excerpt } from "./excerpt.ts";
import { SignInError } from "./sign-in-error.ts";

export interface IdTokenOptions {
  readonly environment: Environment;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  readonly proxy: ProxySettings;
  /** Told of every secret before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Takes every secret out of a text. */
  readonly redact: (text: string) => string;
}

/** A new ID token of the job for an audience. Throws a {@link SignInError}; anything else is a bug. */
export type IdTokenSource = (audience: string, signal: AbortSignal) => Promise<string>;

/**
 * Where GitHub gives a job its ID tokens; each is asked for once, over a connection of its own. The toolkit's
 * `getIDToken` would follow redirects, try ten times unseen, and cannot be given up.
 * https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export function createIdTokenSource(options: IdTokenOptions): IdTokenSource {
  const { environment, openTransport, proxy, onSecret, redact } = options;
  return async (audience, signal) => {
    const url = URL.parse(neededVariable(environment, "ACTIONS_ID_TOKEN_REQUEST_URL"));
    const requestToken = neededVariable(environment, "ACTIONS_ID_TOKEN_REQUEST_TOKEN");
    if (!isHttp(url)) throw noIdToken("ACTIONS_ID_TOKEN_REQUEST_URL is not a URL of http or https");
    onSecret(requestToken);
    if (!/^[\x21-\x7e]+$/.test(requestToken)) {
      throw noIdToken("ACTIONS_ID_TOKEN_REQUEST_TOKEN holds blanks or other characters that no token has");
    }
    url.searchParams.append("audience", audience);
    const headers = { accept: "application/json", authorization: `Bearer ${requestToken}` };
    const { send, close } = openTransport(proxy);
    try {
      const idToken = readIdTokenAnswer(
        await send({ method: "GET", url, headers, wantsBody: () => true, signal }),
        redact,
      );
      onSecret(idToken);
      return idToken;
    } catch (error) {
      throw readFailure(error, redact);
    } finally {
      await close();
    }
  };
}

/** Without `permissions: id-token: write` the runner sets neither variable. */
function neededVariable(environment: Environment, name: string): string {
  const value = environment[name] ?? "";
  if (value === "") throw noIdToken(`${name} is not set`);
  return value;
}

function noIdToken(why: string): SignInError {
  return new SignInError("noIdToken", { text: `GitHub gives this job no ID token: ${why}` });
}

function readIdTokenAnswer({ status, body }: Answer, redact: (text: string) => string): string {
  const text = body();
  const json = parseJson(text);
  const value = isObject(json) ? readText(json["value"]) : undefined;
  const isSuccess = status >= 200 && status <= 299;
  if (isSuccess && value !== undefined) return value;
  const isFinal = status >= 400 && !isLater(status);
  const said = (isObject(json) ? readText(json["message"]) : undefined) ?? readText(excerpt(text, redact));
  // What came with a success may be a token all the same, in a form that nobody expects here.
  const answer = isSuccess
    ? `HTTP ${status}, but no token in it`
    : `HTTP ${status}${said === undefined ? "" : `: ${said}`}`;
  throw new SignInError(isFinal ? "idTokenRefused" : "idTokenUnreachable", {
    text: `GitHub gave no ID token: ${answer}`,
  });
}

function readFailure(error: unknown, redact: (text: string) => string): unknown {
  if (error instanceof SignInError) return new SignInError(error.reason, { text: redact(error.text) });
  if (!(error instanceof NetworkError || error instanceof AnswerError)) return error;
  const text = redact(`GitHub gave no ID token: ${error.message}`);
  return new SignInError("idTokenUnreachable", { text, cause: error });
}
