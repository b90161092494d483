import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { anyCharacter } from "../harness/any-character.ts";
import { isLinkLocal, isLoopback } from "../../src/http/host.ts";
import { NO_PROXY, proxyAuthorization, proxyFor } from "../../src/http/proxy.ts";
import { readEndpoint } from "../../src/inputs/input-value.ts";

const BOTH = { http: "http://proxy.example:3128/", https: "http://secure-proxy.example:3129/", none: "" };

const ways = (url: string, none = ""): string | undefined => proxyFor(new URL(url), { ...BOTH, none })?.href;

test("each scheme has its proxy, and the one for http serves https as well where there is no other", () => {
  expect(ways("https://service.example/")).toBe(BOTH.https);
  expect(ways("http://service.example/")).toBe(BOTH.http);
  expect(proxyFor(new URL("https://service.example"), { ...BOTH, https: "" })?.href).toBe(BOTH.http);
  expect(proxyFor(new URL("http://service.example"), { ...BOTH, http: "" })).toBeUndefined();
  expect(proxyFor(new URL("https://service.example"), NO_PROXY)).toBeUndefined();
});

/** Spellings of this machine that a URL may be written with. */
const loopback = fc.oneof(
  fc.constantFrom(
    "localhost",
    "LOCALHOST",
    "localhost.",
    "LocalHost",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "0.0.0.0",
    "0",
  ),
  fc.constantFrom("127.1", "127.0.1", "0x7f.1", "0177.0.0.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"),
  fc.constantFrom("[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f12:3456]", "127。0。0。1", "１２７.0.0.1", "127.0.0.1."),
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => `127.${bytes.join(".")}`),
  fc.domain().map((name) => `${name.split(".")[0] ?? "a"}.localhost`),
);
const settings = fc.record({
  http: fc.constantFrom("", "http://proxy.example:3128", "http://localhost:3128", "http://user:word@127.0.0.1"),
  https: fc.constantFrom("", "http://proxy.example:3128"),
  none: fc.constantFrom("", "example.com", "localhost:1"),
});
const port = fc.constantFrom("", ":80", ":8080", ":1");

test("plain http to this machine is never asked through a proxy, however its name is spelt", () => {
  fc.assert(
    fc.property(loopback, port, settings, (host, at, proxies) => {
      expect(proxyFor(new URL(`http://${host}${at}/api`), proxies)).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test("no endpoint that may be plain http is ever asked through a proxy", () => {
  const anywhere = fc.oneof(
    loopback,
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
  );
  fc.assert(
    fc.property(anywhere, port, settings, (host, at, proxies) => {
      const text = `http://${host}${at}`;
      fc.pre(URL.canParse(text));
      let endpoint: URL;
      try {
        endpoint = readEndpoint("endpoint", text, "");
      } catch {
        return;
      }
      expect(proxyFor(endpoint, proxies)).toBeUndefined();
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  "http://localhost.example/",
  "http://localhost.example.com/",
  "http://notlocalhost/",
  "http://128.0.0.1/",
  "http://1.127.0.0/",
  "http://127.example/",
  "http://127.0.0.1.example/",
  "http://[::2]/",
  "http://[2001:db8::1]/",
  "http://[::ffff:8.8.8.8]/",
  "http://[1::ffff:7f00:1]/",
  "https://localhost/",
])("%s is asked through the proxy: it is elsewhere, or carries nothing in the clear", (url) => {
  expect(ways(url)).toBeDefined();
});

test.each(["http", "https"])("a link-local address is this machine's own matter, by %s as well", (scheme) => {
  for (const host of ["169.254.169.254", "169.254.0.1", "[fe80::1]", "[febf::1]", "[::ffff:169.254.169.254]"]) {
    expect([host, ways(`${scheme}://${host}/metadata`)]).toEqual([host, undefined]);
  }
  for (const host of ["169.255.1.1", "169.25.4.1", "[fec0::1]", "[fe7f::1]", "fe80.example", "169.254.example"]) {
    expect([host, ways(`${scheme}://${host}/`)]).toEqual([host, expect.any(String)]);
  }
});

test("a host is not both this machine and beside it", () => {
  expect([isLoopback("169.254.1.1"), isLinkLocal("127.0.0.1"), isLinkLocal("localhost"), isLoopback("")]).toEqual([
    ...[false, false, false, false],
  ]);
});

const TARGET = "https://api.service.example/";

test.each([
  "*",
  " * ",
  "other.example, *",
  "service.example",
  ".service.example",
  "*.service.example",
  "SERVICE.Example",
  "service.example.",
  "api.service.example",
  "api.service.example.",
  "other.example,service.example",
  "other.example , service.example ,",
  "other.example service.example",
  "\tservice.example\n",
  "service.example:443",
  "*:443",
  ".service.example:443",
  "*.service.example:443",
])("NO_PROXY=%j leads around the proxy", (none) => {
  expect(ways(TARGET, none)).toBeUndefined();
});

test.each([
  "",
  " , ,",
  ".",
  ":443",
  "vice.example",
  "ervice.example",
  "www.service.example",
  "xapi.service.example",
  "service.example:8443",
  "*:80",
  "*.api.service.example",
  "api.service.example.com",
  "*service.example",
  "https://service.example",
])("NO_PROXY=%j does not", (none) => {
  expect(ways(TARGET, none)).toBe(BOTH.https);
});

test("a name in NO_PROXY with `*.` before it stands for the names below only", () => {
  expect(ways("https://service.example/", "*.service.example")).toBe(BOTH.https);
  expect(ways("https://service.example/", ".service.example")).toBeUndefined();
});

test.each([
  ["http://service.example/", "service.example:80"],
  ["http://service.example:8080/", "service.example:8080"],
  ["https://service.example./", "service.example"],
  ["https://10.1.2.3/", "10.1.2.3"],
  ["https://[2001:db8::1]/", "2001:db8::1"],
  ["https://[2001:db8::1]/", "[2001:db8::1]"],
  ["https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"],
])("%s is named by %s", (url, none) => {
  expect(ways(url, none)).toBeUndefined();
});

test.each([
  ["http://service.example:8080/", "service.example:80"],
  ["https://[2001:db8::1]/", "[2001:db8::1]:8443"],
  ["https://[2001:db8::1]/", "[2001:db8::2]"],
])("%s is not named by %s", (url, none) => {
  expect(ways(url, none)).toBeDefined();
});

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString("base64")}`;

test.each([
  ["http://proxy.example", undefined],
  ["http://robot@proxy.example", basic("robot:")],
  ["http://:word@proxy.example", basic(":word")],
  ["http://robot:hidden@proxy.example", basic("robot:hidden")],
  ["http://robot:50%@proxy.example", basic("robot:50%")],
  ["http://robot:50%25@proxy.example", basic("robot:50%")],
  // As the page of recipes says: an escape is one, and `%25` keeps it from that.
  ["http://robot:50%41x@proxy.example", basic("robot:50Ax")],
  ["http://robot:50%2541x@proxy.example", basic("robot:50%41x")],
  ["http://robot:a%5Cb@proxy.example", basic("robot:a\\b")],
  ["http://robot:%zz%4@proxy.example", basic("robot:%zz%4")],
  ["http://robot:a%40b%3Ac@proxy.example", basic("robot:a@b:c")],
  ["http://robot:p@ss@proxy.example", basic("robot:p@ss")],
  ["http://robot:%C3%A4@proxy.example", basic("robot:ä")],
  ["http://robot:ä@proxy.example", basic("robot:ä")],
])("says %j to a proxy as its address has it", (url, expected) => {
  expect(proxyAuthorization(new URL(url))).toBe(expected);
});

test("any user name and password arrives as it was escaped", () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), fc.string({ unit: anyCharacter }), (user, word) => {
      fc.pre(user.isWellFormed() && word.isWellFormed());
      const url = new URL(`http://${encodeURIComponent(user)}:${encodeURIComponent(word)}@proxy.example`);
      expect(proxyAuthorization(url)).toBe(basic(`${user}:${word}`));
    }),
  );
});
