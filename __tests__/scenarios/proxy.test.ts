import { expect, test } from "@jest/globals";
import type { Emulator } from "../../emulator/emulator.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { createCertificateAuthority } from "../harness/certificates.ts";
import { type Proxy, startProxy } from "../harness/proxy.ts";
import { shown, startScenario, texts } from "../harness/scenario.ts";

/**
 * `{proxy}` is a proxy's URL, `{address}` the same without its scheme, `{nobody}` one where nobody listens, `{port}` the
 * service's port.
 */
type Variables = Readonly<Record<string, string>>;

interface Behind {
  readonly emulator: Emulator;
  readonly proxy: Proxy;
  readonly run: (variables: Variables, timeFactor?: number) => Promise<StepResult>;
}

/** A service with a certificate for `localhost`, or without any, and a proxy that leads to it. */
async function startBehindProxy({
  isSecure = true,
  refusal,
}: { isSecure?: boolean; refusal?: number } = {}): Promise<Behind> {
  const authority = await createCertificateAuthority();
  const { emulator, run } = await startScenario(isSecure ? { tls: await authority.issue("localhost") } : {});
  const endpoint = emulator.url.replace("127.0.0.1", "localhost");
  const proxy = await startProxy({
    map: { [new URL(endpoint).host]: emulator.url },
    ...(refusal === undefined ? {} : { refusal }),
  });
  return {
    emulator,
    proxy,
    run(variables, timeFactor) {
      const environment = { ...fill(variables, proxy, endpoint), NODE_EXTRA_CA_CERTS: authority.file };
      return run({ endpoint }, { environment, ...(timeFactor === undefined ? {} : { timeFactor }) });
    },
  };
}

function fill(variables: Variables, { url }: Proxy, endpoint: string): Variables {
  const values = {
    "{proxy}": url,
    "{address}": new URL(url).host,
    "{nobody}": "http://127.0.0.1:9",
    "{port}": new URL(endpoint).port,
  };
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      Object.entries(values).reduce((text, [mark, filling]) => text.replace(mark, filling), value),
    ]),
  );
}

const THROUGH: readonly Variables[] = [
  { HTTPS_PROXY: "{proxy}" },
  { https_proxy: "{address}" },
  { https_proxy: "{proxy}", HTTPS_PROXY: "{nobody}" },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "example.com,ocalhost" },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "localhost:1,*.localhost" },
  { HTTPS_PROXY: "{proxy}", no_proxy: "example.com", NO_PROXY: "localhost" },
  { HTTP_PROXY: "{address}" },
  { HTTP_PROXY: "{nobody}", HTTPS_PROXY: "{proxy}" },
  { ALL_PROXY: "{proxy}" },
  { all_proxy: "{address}" },
  { HTTPS_PROXY: "{proxy}", ALL_PROXY: "socks5://127.0.0.1:9" },
];

test.each(THROUGH)("goes through the proxy with %j", async (variables) => {
  const { emulator, proxy, run } = await startBehindProxy();
  const { exitCode, outputs } = await run(variables);
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT localhost:${new URL(emulator.url).port}`]));
  expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
  expect(outputs["status"]).toBe("running");
  expect(exitCode).toBe(0);
});

const AROUND: readonly Variables[] = [
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "localhost" },
  { https_proxy: "{proxy}", no_proxy: "example.com, localhost" },
  { HTTPS_PROXY: "{proxy}", no_proxy: "*" },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "*" },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "localhost:{port}" },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: "  example.com  localhost  " },
  { HTTPS_PROXY: "{proxy}", NO_PROXY: ".localhost" },
  { HTTPS_PROXY: "{proxy}", no_proxy: "localhost", NO_PROXY: "example.com" },
  { HTTPS_PROXY: "{proxy}", no_proxy: " ", NO_PROXY: "localhost" },
  { ALL_PROXY: "{proxy}", NO_PROXY: "LOCALHOST" },
  { HTTPS_PROXY: " " },
];

test.each(AROUND)("goes straight to the service with %j", async (variables) => {
  const { emulator, proxy, run } = await startBehindProxy();
  const { exitCode } = await run(variables);
  expect(proxy.asked).toEqual([]);
  expect(emulator.requests.map(({ method }) => method)).toEqual(["GET", "GET", "POST"]);
  expect(exitCode).toBe(0);
});

test.each([
  { HTTP_PROXY: "{proxy}" },
  { http_proxy: "{proxy}", HTTPS_PROXY: "{proxy}", ALL_PROXY: "{proxy}" },
  { ALL_PROXY: "{nobody}" },
])("a token never goes in the clear: plain http to this machine goes around the proxy with %j", async (variables) => {
  const { emulator, proxy, run } = await startBehindProxy({ isSecure: false });
  const { exitCode } = await run(variables);
  expect(proxy.asked).toEqual([]);
  expect(emulator.goLives).toHaveLength(1);
  expect(exitCode).toBe(0);
});

test.each([
  ["http://robot:hidden%word@{address}", "robot:hidden%word"],
  ["robot:hidden%@{address}", "robot:hidden%"],
  ["http://robot:hidden%25word%40home@{address}", "robot:hidden%word@home"],
  ["http://robot:hidden@word@{address}", "robot:hidden@word"],
])("tells the proxy the password in %j, and never shows it", async (address, pair) => {
  const { proxy, run } = await startBehindProxy();
  const { exitCode, log, summary } = await run({ HTTPS_PROXY: address });
  expect(new Set(proxy.credentials)).toEqual(new Set([`Basic ${Buffer.from(pair).toString("base64")}`]));
  expect(shown({ log, summary })).not.toContain("hidden");
  expect(exitCode).toBe(0);
});

test.each([
  ["HTTPS_PROXY", "http://robot:1/hidden@{address}"],
  ["HTTP_PROXY", "http://robot:1#hidden@{address}"],
  ["ALL_PROXY", "socks5://robot:hidden@{address}"],
])("names %s when it holds no address of a proxy, as %j does not, and shows nothing of it", async (name, address) => {
  const { emulator, proxy, run } = await startBehindProxy();
  const result = await run({ [name]: address });
  expect(texts(result, "error")).toEqual([
    expect.stringContaining(`\`${name}\`: the environment variable holds no address of a proxy.`),
  ]);
  expect(shown(result)).not.toMatch(/hidden|bug/);
  expect([proxy.asked, emulator.requests, result.exitCode]).toEqual([[], [], 1]);
});

test("signs in to the proxy with the user and password of its address, and never shows them", async () => {
  const { proxy, run } = await startBehindProxy();
  const { exitCode, log, summary } = await run({ HTTPS_PROXY: "http://robot:hidden-word@{address}" });
  const expected = `Basic ${Buffer.from("robot:hidden-word").toString("base64")}`;
  expect(new Set(proxy.credentials)).toEqual(new Set([expected]));
  expect(shown({ log, summary })).not.toContain("hidden-word");
  expect(exitCode).toBe(0);
});

test.each([403, 407])("says what to do when the proxy answers %d", async (refusal) => {
  const { emulator, run } = await startBehindProxy({ refusal });
  const result = await run({ HTTPS_PROXY: "http://robot:hidden-word@{address}" }, 80);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The proxy could not be used.*\.\nCheck HTTPS_PROXY and NO_PROXY, that the proxy runs, and that it allows CONNECT to the host of `endpoint`\.$/,
    ),
  ]);
  expect(shown(result)).not.toContain("hidden-word");
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});

test("fails, and does not go around the proxy, when nobody listens there", async () => {
  const { emulator, run } = await startBehindProxy();
  const result = await run({ HTTPS_PROXY: "{nobody}" }, 80);
  expect(texts(result, "error")).toEqual([
    expect.stringMatching(
      /^The proxy could not be used \(ECONNREFUSED\): .*\.\nCheck HTTPS_PROXY and NO_PROXY, that the proxy runs/,
    ),
  ]);
  expect(emulator.requests).toEqual([]);
  expect(result).toMatchObject({ exitCode: 1, outputs: { status: "rejected" } });
});
