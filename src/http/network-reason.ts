import type { NetworkReason } from "./errors.ts";

const REASONS: Readonly<Record<string, NetworkReason>> = {
  ENOTFOUND: "nameNotFound",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "unreachable",
  EPERM: "unreachable",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "connectTimeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  UND_ERR_PRX_TLS: "proxy",
  UND_ERR_PRX_CONN: "proxy",
  UND_ERR_SOCKET: "reset",
  UND_ERR_INFO: "reset",
  UND_ERR_CLOSED: "reset",
  UND_ERR_DESTROYED: "reset",
  UND_ERR_HEADERS_OVERFLOW: "notHttp",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "reset",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  ENETRESET: "reset",
  ENOTCONN: "reset",
  EPIPE: "reset",
  EPROTO: "tls",
  // What a certificate can be turned away for: https://nodejs.org/api/tls.html#x509-certificate-error-codes
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  HOSTNAME_MISMATCH: "tls",
  PATH_LENGTH_EXCEEDED: "tls",
};

const REASONS_BY_PREFIX: readonly (readonly [prefix: string, reason: NetworkReason])[] = [
  ["EAI_", "nameNotFound"],
  ["CERT_", "tls"],
  ["CRL_", "tls"],
  ["ERROR_IN_", "tls"],
  ["INVALID_", "tls"],
  ["UNABLE_TO_", "tls"],
  ["ERR_TLS_", "tls"],
  ["ERR_SSL_", "tls"],
];

/** What goes wrong before there is a way to the service goes wrong with the proxy, where there is one. */
const CONNECTING: ReadonlySet<NetworkReason> = new Set(["nameNotFound", "refused", "unreachable"]);

/**
 * Why the network failed, from the error that undici or node gave. What they give another name than any that is known
 * here is a broken connection: whoever cannot tell must not say more.
 */
export function readNetworkReason(error: unknown, isBehindProxy: boolean): NetworkReason {
  const reason = reasonOf(error);
  return isBehindProxy && CONNECTING.has(reason) ? "proxy" : reason;
}

/** What undici says of a request that it will not even begin to send. */
const OUR_MISTAKES: ReadonlySet<string> = new Set([
  "UND_ERR_INVALID_ARG",
  "UND_ERR_NOT_SUPPORTED",
  "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH",
]);

/** Whether an error is about the request that was handed over, not about the network. */
export function isOurMistake(error: unknown): boolean {
  return OUR_MISTAKES.has(codeOf(error));
}

function reasonOf(error: unknown): NetworkReason {
  const code = codeOf(error);
  // undici's parser names what it could not read in one of several ways, or not at all.
  if (Error.isError(error) && error.name === "HTTPParserError") return "notHttp";
  if (isProxyAnswer(error)) return "proxy";
  if (Object.hasOwn(REASONS, code)) return REASONS[code] ?? "reset";
  return REASONS_BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? "reset";
}

/** undici has no code of its own for a proxy that answers CONNECT with anything but 200, or a request with 407. */
function isProxyAnswer(error: unknown): boolean {
  return Error.isError(error) && /^Proxy (response|Authentication Required) \(/.test(error.message);
}

function codeOf(error: unknown): string {
  return Error.isError(error) && "code" in error && typeof error.code === "string" ? error.code : "";
}
