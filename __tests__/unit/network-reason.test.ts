import { expect, test } from "@jest/globals";
import type { NetworkReason } from "../../src/http/errors.ts";
import { isOurMistake, readNetworkReason } from "../../src/http/network-reason.ts";

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
    "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
    "ECONNRESET",
    "ECONNABORTED",
    "ENETRESET",
    "ENOTCONN",
    "EPIPE",
  ],
  notHttp: ["UND_ERR_HEADERS_OVERFLOW"],
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
    "INVALID_PURPOSE",
    "PATH_LENGTH_EXCEEDED",
    "CRL_HAS_EXPIRED",
    "ERROR_IN_CERT_NOT_AFTER_FIELD",
    "CERT_UNTRUSTED",
    "CERT_REJECTED",
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
    expect(readNetworkReason(failure(code), false)).toBe(reason);
  },
);

test("a proxy that does not let a request through has no code of its own", () => {
  const message = "Proxy response (407) !== 200 when HTTP Tunneling";
  expect(readNetworkReason(failure("UND_ERR_ABORTED", message), true)).toBe("proxy");
  expect(readNetworkReason(failure("UND_ERR_INVALID_ARG", "Proxy Authentication Required (407)"), true)).toBe("proxy");
  expect(readNetworkReason(failure("UND_ERR_ABORTED", `Request aborted: ${message}`), true)).toBe("reset");
});

test.each([undefined, "HPE_INVALID_CONSTANT", "HPE_24", 24])("what undici cannot parse is no HTTP: code %p", (code) => {
  const error = Object.assign(failure(code, "Response does not match"), { name: "HTTPParserError" });
  expect(readNetworkReason(error, false)).toBe("notHttp");
});

test("where there is a proxy, it is the proxy that was not found, connected to or reached", () => {
  const reasons = Object.entries(CODES).flatMap(([reason, codes]) => {
    return codes.map((code) => [reason, readNetworkReason(failure(code), true)]);
  });
  const changed = reasons.filter(([without, within]) => without !== within);
  expect(new Set(changed.map(([without]) => without))).toEqual(new Set(["nameNotFound", "refused", "unreachable"]));
  expect(new Set(changed.map(([, within]) => within))).toEqual(new Set(["proxy"]));
});

const UNKNOWN = [
  new Error("no code"),
  new TypeError("from the depths"),
  failure("ERR_ASSERTION"),
  failure("UND_ERR_ABORTED"),
  failure("UND_ERR"),
  failure("ENOENT"),
  failure(""),
  failure("constructor"),
  failure(111),
  { code: "ECONNREFUSED" },
  "ECONNREFUSED",
  undefined,
];

test.each(UNKNOWN)("%p is told as a broken connection, and no more is said", (error) => {
  expect(readNetworkReason(error, false)).toBe("reset");
});

test.each(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED", "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH"])(
  "%s is about what was handed over",
  (code) => {
    expect(isOurMistake(failure(code))).toBe(true);
    expect(isOurMistake({ code })).toBe(false);
  },
);

test.each([...UNKNOWN, failure("ECONNRESET"), failure("UND_ERR_SOCKET")])("%p is not", (error) => {
  expect(isOurMistake(error)).toBe(false);
});
