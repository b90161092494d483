import { expect, test } from "@jest/globals";
import type { InputError } from "../../src/input-value.ts";
import { readInputs } from "../../src/inputs.ts";
import { namedProxy } from "../../src/proxy-inputs.ts";
import { problemOf } from "../harness/input-problem.ts";

test.each([
  ["", ""],
  ["  ", ""],
  ["http://proxy.example:8080", "http://proxy.example:8080/"],
  ["https://proxy.example", "https://proxy.example/"],
  [" http://proxy.example ", "http://proxy.example/"],
  ["proxy.example:8080", "http://proxy.example:8080/"],
  [" proxy.example:8080 ", "http://proxy.example:8080/"],
  ["10.1.2.3:3128", "http://10.1.2.3:3128/"],
  ["proxy", "http://proxy/"],
  ["http://user:word@proxy.example", "http://user:word@proxy.example/"],
  ["user:50%@proxy.example:3128", "http://user:50%@proxy.example:3128/"],
])("reads the proxy %j as %j", (text, proxy) => {
  expect(namedProxy({ HTTPS_PROXY: text }, "HTTPS_PROXY")).toBe(proxy);
});

test.each([
  "socks5://user:hidden@proxy.example:1080",
  "http://",
  "://hidden",
  "hidden word",
  "ftp://hidden",
  "http://user:1/hidden@proxy.example",
  "http://user:1\\hidden@proxy.example",
  "http://user:a\\hidden@proxy.example",
  "http://user:1?hidden@proxy.example",
  "http://user:1#hidden@proxy.example",
])("refuses the proxy %j without showing it", (text) => {
  expect(problemOf(() => namedProxy({ HTTPS_PROXY: text }, "HTTPS_PROXY")).message).toBe(
    "`HTTPS_PROXY`: the environment variable holds no address of a proxy. Allowed is an http or https URL such as `http://proxy.example:8080`; a `/`, `\\`, `?` or `#` in its password is written `%2F`, `%5C`, `%3F` or `%23`.",
  );
});

const INPUTS: Readonly<Record<string, string>> = { publisherId: "contoso", offerId: "contoso-vm", token: "abc" };

function proxyOf(environment: Readonly<Record<string, string>>): unknown {
  const inputs = readInputs((name) => INPUTS[name] ?? "", environment);
  return "offer" in inputs ? inputs.proxy : inputs.map((problem: InputError) => problem.input);
}

test.each([
  { environment: {}, proxy: { http: "", https: "", none: "" } },
  { environment: { ALL_PROXY: "http://a" }, proxy: { http: "http://a/", https: "http://a/", none: "" } },
  { environment: { all_proxy: "http://a" }, proxy: { http: "http://a/", https: "http://a/", none: "" } },
  { environment: { HTTP_PROXY: "http://b", ALL_PROXY: "http://a" }, proxy: { http: "http://b/", https: "", none: "" } },
  {
    environment: { https_proxy: "http://c", ALL_PROXY: "http://a" },
    proxy: { http: "", https: "http://c/", none: "" },
  },
  { environment: { no_proxy: " low ", NO_PROXY: "up" }, proxy: { http: "", https: "", none: "low" } },
  { environment: { no_proxy: " ", NO_PROXY: "up" }, proxy: { http: "", https: "", none: "up" } },
  {
    environment: { https_proxy: "http://c", HTTPS_PROXY: "hidden word" },
    proxy: { http: "", https: "http://c/", none: "" },
  },
  // It is not used, so it is not judged: curl's users have it in this form.
  {
    environment: { HTTPS_PROXY: "http://c", ALL_PROXY: "socks5://d" },
    proxy: { http: "", https: "http://c/", none: "" },
  },
  { environment: { ALL_PROXY: "socks5://d" }, proxy: ["ALL_PROXY"] },
])("reads $environment", ({ environment, proxy }) => {
  expect(proxyOf(environment as unknown as Readonly<Record<string, string>>)).toEqual(proxy);
});
