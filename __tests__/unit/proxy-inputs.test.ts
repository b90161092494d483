import { expect, test } from "@jest/globals";
import { readInputs } from "../../src/inputs/inputs.ts";
import { namedProxy, proxySecrets } from "../../src/inputs/proxy-inputs.ts";
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
  const reading = readInputs((name) => INPUTS[name] ?? "", environment);
  return reading.kind === "usable" ? reading.inputs.proxy : reading.problems.map(({ input }) => input);
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

const pair = (text: string): string => Buffer.from(text).toString("base64");

test.each([
  ["http://bob:hunter2hunter2@proxy.example:8080", ["hunter2hunter2", pair("bob:hunter2hunter2")]],
  ["bob:hunter2hunter2@proxy.example:8080", ["hunter2hunter2", pair("bob:hunter2hunter2")]],
  ["http://bob:p%40ss%2Fword@proxy.example", ["p%40ss%2Fword", "p@ss/word", pair("bob:p@ss/word")]],
  ["http://bob:p@ss/w?r#d@proxy.example", ["p@ss/w?r#d", "p%40ss%2Fw%3Fr%23d", pair("bob:p@ss/w?r#d")]],
  ["http://bob:100%pass@proxy.example", ["100%pass", pair("bob:100%pass")]],
  ["socks5://bob:hunter2hunter2@proxy.example", ["hunter2hunter2", pair("bob:hunter2hunter2")]],
  ["http://bob:p\u00e4ssword@proxy.example", ["p\u00e4ssword", "p%C3%A4ssword", pair("bob:p\u00e4ssword")]],
  ["http://bob:six666@proxy.example", ["six666", pair("bob:six666")]],
  ["http://:hunter2hunter2@proxy.example", ["hunter2hunter2", pair(":hunter2hunter2")]],
])("knows the password of %s in every spelling", (address, spellings) => {
  for (const name of ["HTTP_PROXY", "https_proxy", "ALL_PROXY"]) {
    expect(proxySecrets({ [name]: address })).toEqual(expect.arrayContaining(spellings));
  }
});

test.each([
  "http://proxy.example:8080",
  "proxy.example:8080",
  "http://bob@proxy.example",
  "http://bob:five5@proxy",
  "http://:@proxy.example",
  "",
])("knows no password in %j", (address) => {
  expect(proxySecrets({ HTTPS_PROXY: address, NO_PROXY: "a:hunter2hunter2@b" })).toEqual([]);
});
