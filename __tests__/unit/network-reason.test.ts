import { expect, test } from "@jest/globals";
import type { NetworkReason } from "../../src/http/errors.ts";
import { readNetworkReason } from "../../src/http/network-reason.ts";

const CODES: Readonly<Partial<Record<NetworkReason, readonly string[]>>> = {
  nameNotFound: ["ENOTFOUND", "EAI_AGAIN", "EAI_NONAME", "EAI_FAIL", "EAI_NODATA"],
  refused: ["ECONNREFUSED"],
  unreachable: ["EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH", "ENETDOWN", "EADDRNOTAVAIL", "EACCES", "EPERM"],
  timeout: ["ETIMEDOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"],
  connectTimeout: ["UND_ERR_CONNECT_TIMEOUT"],
  proxy: ["UND_ERR_PRX_TLS", "UND_ERR_PRX_CONN"],
  reset: [
    "UND_ERR_SOCKET",
    "UND_ERR_INFO",
    "UND_ERR_CLOSED",
    "UND_ERR_DESTROYED",
    "UND_ERR_HEADERS_OVERFLOW",
    "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
    "ECONNRESET",
    "ECONNABORTED",
    "ENETRESET",
    "ENOTCONN",
    "EPIPE",
    "HPE_INVALID_CONSTANT",
  ],
  tls: [
    "EPROTO",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_GET_CRL",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "HOSTNAME_MISMATCH",
    "INVALID_CA",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
  ],
};

const failure = (code: unknown, message = "failed"): Error => Object.assign(new Error(message), { code });

test.each(Object.entries(CODES).flatMap(([reason, codes]) => codes.map((code) => [code, reason])))(
  "%s means %s",
  (code, reason) => {
    expect(readNetworkReason(failure(code))).toBe(reason);
  },
);

test("a proxy that does not let a request through has no code of its own", () => {
  const message = "Proxy response (407) !== 200 when HTTP Tunneling";
  expect(readNetworkReason(failure("UND_ERR_ABORTED", message))).toBe("proxy");
  expect(readNetworkReason(failure("UND_ERR_ABORTED", `Request aborted: ${message}`))).toBeUndefined();
  expect(readNetworkReason(failure("EOTHER", message))).toBeUndefined();
});

test.each([
  new Error("no code"),
  new TypeError("a bug"),
  failure("ERR_INVALID_ARG_TYPE"),
  failure("UND_ERR_INVALID_ARG"),
  failure("UND_ERR_ABORTED"),
  failure("ENOENT"),
  failure(""),
  failure("constructor"),
  failure(111),
  { code: "ECONNRESET" },
  "ECONNRESET",
  undefined,
])("%p is no error of the network", (error) => {
  expect(readNetworkReason(error)).toBeUndefined();
});
