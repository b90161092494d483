import { expect, test } from "@jest/globals";
import { isProxyFailure } from "../../src/http/proxy.ts";

const SECURE = new URL("https://service.example/api");
const PLAIN = new URL("http://service.example:8080/api");
const PROXY = { http: "http://proxy.example:3128", https: "http://secure-proxy.example:3129", none: "" };

/** An attempt to connect that failed, as node tells it. */
function unconnected(port: number | undefined, syscall = "connect"): Error {
  return Object.assign(new Error("refused"), {
    code: "ECONNREFUSED",
    syscall,
    ...(port === undefined ? {} : { port }),
  });
}

/** A name that was not found. */
function unfound(hostname: string): Error {
  return Object.assign(new Error("not found"), { code: "ENOTFOUND", hostname });
}

test.each([
  ["the proxy for https", SECURE, unfound("secure-proxy.example"), true],
  ["the other proxy", SECURE, unfound("proxy.example"), false],
  ["the service", SECURE, unfound("service.example"), false],
  ["the proxy for http", PLAIN, unfound("proxy.example"), true],
  ["the proxy for https, which http does not use", PLAIN, unfound("secure-proxy.example"), false],
])("tells whose name could not be found: that of %s", (_whose, target, error, isProxy) => {
  expect(isProxyFailure(error, target, PROXY)).toBe(isProxy);
});

test("a name that both have tells nothing", () => {
  const same = { http: "", https: "http://service.example:3128", none: "" };
  expect(isProxyFailure(unfound("service.example"), SECURE, same)).toBe(false);
});

test.each([
  ["the proxy's", SECURE, 3129, true],
  ["the service's", SECURE, 443, false],
  ["the other proxy's", SECURE, 3128, false],
  ["the proxy's for http", PLAIN, 3128, true],
  ["the service's own", PLAIN, 8080, false],
  ["no", SECURE, undefined, false],
])("tells by its port to whom no connection could be made: %s port", (_whose, target, port, isProxy) => {
  expect(isProxyFailure(unconnected(port), target, PROXY)).toBe(isProxy);
});

test("one of several addresses is enough", () => {
  const both = new AggregateError([unconnected(443), unconnected(3129)]);
  expect(isProxyFailure(both, SECURE, PROXY)).toBe(true);
  expect(isProxyFailure(new AggregateError([unconnected(443)]), SECURE, PROXY)).toBe(false);
  expect(isProxyFailure(new AggregateError([]), SECURE, PROXY)).toBe(false);
});

test.each([
  ["https://proxy.example", 443, "http://service.example:8080/", true],
  ["http://proxy.example", 80, "http://service.example:8080/", true],
  ["http://proxy.example", 443, "http://service.example:8080/", false],
  ["https://proxy.example", 80, "http://service.example:8080/", false],
  ["http://proxy.example", 80, "http://service.example/", false],
])("knows the port of %s when it names none: %d", (http, port, target, isProxy) => {
  expect(isProxyFailure(unconnected(port), new URL(target), { http, https: "", none: "" })).toBe(isProxy);
});

test("the proxy for http serves https as well when there is no other", () => {
  expect(isProxyFailure(unconnected(3128), SECURE, { ...PROXY, https: "" })).toBe(true);
});

test("a failure of anything else than connecting is not the proxy's", () => {
  expect(isProxyFailure(unconnected(3129, "read"), SECURE, PROXY)).toBe(false);
  expect(isProxyFailure(new Error("odd"), SECURE, PROXY)).toBe(false);
  expect(isProxyFailure({ hostname: "secure-proxy.example" }, SECURE, PROXY)).toBe(false);
});

test("without a proxy nothing is", () => {
  expect(isProxyFailure(unconnected(3129), SECURE, { http: "", https: "", none: "" })).toBe(false);
});
