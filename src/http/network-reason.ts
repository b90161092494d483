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
  UND_ERR_HEADERS_OVERFLOW: "reset",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "reset",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  ENETRESET: "reset",
  ENOTCONN: "reset",
  EPIPE: "reset",
  EPROTO: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  HOSTNAME_MISMATCH: "tls",
  INVALID_CA: "tls",
};

const REASONS_BY_PREFIX: readonly (readonly [prefix: string, reason: NetworkReason])[] = [
  ["EAI_", "nameNotFound"],
  ["CERT_", "tls"],
  ["UNABLE_TO_", "tls"],
  ["ERR_TLS_", "tls"],
  ["ERR_SSL_", "tls"],
  ["HPE_", "reset"],
];

/** Why the network failed, from the error that undici or node gave; undefined when it is no error of the network. */
export function readNetworkReason(error: unknown): NetworkReason | undefined {
  if (!Error.isError(error) || !("code" in error) || typeof error.code !== "string") return undefined;
  const { code } = error;
  // undici has no code of its own for a proxy that answers CONNECT with anything but 200.
  if (code === "UND_ERR_ABORTED" && error.message.startsWith("Proxy response")) return "proxy";
  if (Object.hasOwn(REASONS, code)) return REASONS[code];
  return REASONS_BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
}
