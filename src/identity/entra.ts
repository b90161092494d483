import type * as Identity from "@azure/identity";
import type { Clock } from "../clock.ts";
import type { AccessToken } from "./credential.ts";
import { createEntraCredential } from "./entra-credential.ts";
import { readEntraError } from "./entra-error.ts";
import type { IdTokenSource } from "./id-token.ts";
import { readSubject } from "./oidc-subject.ts";
import type { EntraSignIn } from "./sign-in.ts";
import { SignInError } from "./sign-in-error.ts";
import type { LastAnswer, Wire } from "./wire.ts";
import { NO_PROXY, type ProxySettings } from "../http/proxy.ts";
import type { OpenTransport } from "../http/transport.ts";
import { withinLimit } from "../time-limit.ts";

export interface EntraOptions {
  /** What the token is for, such as `https://cloudpartner.azure.com/.default`. */
  readonly scope: string;
  readonly clock: Clock;
  readonly idToken: IdTokenSource;
  readonly wire: Wire;
  readonly openTransport: (proxy: ProxySettings) => OpenTransport;
  readonly proxy: ProxySettings;
  /** Told of every secret before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Takes every secret out of a text: others may repeat one in their errors. */
  readonly redact: (text: string) => string;
}

/** Time limit of one sign-in, in milliseconds; the library has none of its own. */
const SIGN_IN_LIMIT_MS = 30_000;

/**
 * Gets a new token from Microsoft Entra. The library keeps tokens in memory, so each call makes a new credential:
 * a new token, and with OIDC a new assertion, every time. Throws a {@link SignInError}; anything else is a bug.
 */
export async function obtainToken(
  signIn: EntraSignIn,
  options: EntraOptions,
  signal: AbortSignal,
): Promise<AccessToken> {
  const { kind } = signIn;
  const { wire, clock, redact } = options;
  // GitHub's ID tokens live 300 s, so none is kept.
  const assertion = kind === "oidc" ? await options.idToken(signIn.audience, signal) : "";
  // Loaded only here: a run with a token of its own must not pay for it.
  const library = await import("@azure/identity");
  silence(library);
  // A managed identity is the machine's own: a proxy would answer with its own, or not at all.
  const { send, close } = options.openTransport(kind === "managedIdentity" ? NO_PROXY : options.proxy);
  try {
    const limit = { clock, signal, limitMs: SIGN_IN_LIMIT_MS, giveUp: noToken };
    const token = await withinLimit(limit, (abortSignal) => {
      wire.use({ send, clock, signal: abortSignal });
      const credential = createEntraCredential(library, signIn, { assertion, wire, limitMs: SIGN_IN_LIMIT_MS });
      return credential.getToken(options.scope, { abortSignal });
    });
    if (token === null || !isToken(token.token)) throw new SignInError("unavailable", { kind, text: NO_TOKEN[kind] });
    options.onSecret(token.token);
    if (isRefusedAnswer(wire.last())) throw new Error("the token came with a refusal");
    // The library states the end by the machine's clock, so the lifetime is taken by the same clock.
    return { text: token.token, lifetimeMs: Math.max(0, token.expiresOnTimestamp - Date.now()) };
  } catch (error) {
    const subject = readSubject(assertion);
    const clientId = "clientId" in signIn ? signIn.clientId : undefined;
    throw readEntraError(error, { kind, subject, clientId, last: wire.last(), redact });
  } finally {
    await close();
  }
}

/**
 * What the library logs at AZURE_LOG_LEVEL goes to the log as it is: with secrets that others repeat in their errors, and
 * with commands that the runner reads.
 */
function silence({ logger }: typeof Identity): void {
  for (const level of ["error", "warning", "info", "verbose"] as const) logger[level].log = () => {};
}

/** The library takes a token from whatever answer it stands in. */
function isRefusedAnswer(last: LastAnswer | undefined): boolean {
  return last?.kind === "answered" && last.status > 299;
}

/** What came in the token's place is not always one, such as where the Azure CLI prints JSON without it. */
function isToken(text: unknown): boolean {
  return typeof text === "string" && /^[\x21-\x7e]+$/.test(text);
}

const NO_TOKEN = {
  oidc: "Entra's answer holds no token",
  secret: "Entra's answer holds no token",
  azureCli: "the Azure CLI (`az`) printed no token that can be read",
  managedIdentity: "the managed identity's answer holds no token",
} as const satisfies Record<EntraSignIn["kind"], string>;

const noToken = (text: string): SignInError => new SignInError("unreachable", { text });
