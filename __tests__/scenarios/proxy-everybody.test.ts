import { expect, test } from "@jest/globals";
import { gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { INPUTS, type SignInScenario, startSignInScenario } from "../harness/identity-scenario.ts";
import { startProxy } from "../harness/proxy.ts";
import { shown, texts } from "../harness/scenario.ts";

/** Names that only the proxy knows. */
const API = "api.github.example";
const ID_TOKENS = "pipelines.github.example";

/** A step that reads an approval, signs in and goes live, on a machine that reaches all but the marketplace by a proxy. */
async function runBehindProxy(variables: (proxy: URL) => Readonly<Record<string, string>>) {
  const api = await startGitHubApi({
    reviews: [{ environments: ["production"], state: "approved", user: { login: "anna" } }],
  });
  closeAfterTest(() => api.close());
  const scenario = await startSignInScenario();
  const idTokens = new URL(scenario.gitHub.environment.ACTIONS_ID_TOKEN_REQUEST_URL);
  const { host } = new URL(scenario.entra.url);
  const proxy = await startProxy({
    map: { [API]: api.url, [ID_TOKENS]: idTokens.origin, [host]: scenario.entra.url.replace("https:", "http:") },
  });
  const result = await scenario.run({
    with: { ...INPUTS.oidc, requireApproval: "true", githubToken: gitHubToken },
    environment: {
      ...api.environment,
      GITHUB_API_URL: `http://${API}`,
      ...scenario.gitHub.environment,
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://${ID_TOKENS}${idTokens.pathname}${idTokens.search}`,
      ...variables(new URL(proxy.url)),
    },
    timeFactor: 80,
  });
  return { result, scenario, proxy, api, entraHost: host };
}

test.each<{ what: string; variables: (proxy: URL) => Readonly<Record<string, string>> }>([
  { what: "HTTPS_PROXY and HTTP_PROXY", variables: ({ href }) => ({ HTTPS_PROXY: href, HTTP_PROXY: href }) },
  { what: "HTTP_PROXY alone", variables: ({ href }) => ({ HTTP_PROXY: href }) },
  { what: "ALL_PROXY alone", variables: ({ href }) => ({ ALL_PROXY: href }) },
  { what: "host and port alone", variables: ({ host }) => ({ https_proxy: host, http_proxy: host }) },
  {
    what: "a password with a % in it",
    variables: ({ host }) => ({ ALL_PROXY: `http://robot:hidden%word@${host}` }),
  },
])("GitHub's API, its ID tokens and Entra are asked through the proxy of $what", async ({ variables }) => {
  const { result, scenario, proxy, entraHost } = await runBehindProxy(variables);
  expect(result.exitCode).toBe(0);
  expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  expect(new Set(proxy.asked)).toEqual(new Set([`GET ${API}`, `GET ${ID_TOKENS}`, `CONNECT ${entraHost}`]));
  expect(shown(result)).not.toMatch(/hidden|a bug/);
});

test.each([
  { none: API, around: [API] },
  { none: "github.example", around: [API, ID_TOKENS] },
  { none: "*", around: [API, ID_TOKENS] },
])("NO_PROXY=$none counts for GitHub as well: $around cannot be reached without the proxy", async (row) => {
  const { none, around } = row;
  const { result, proxy, api, scenario } = await runBehindProxy(({ href }) => ({ ALL_PROXY: href, NO_PROXY: none }));
  expect(around.filter((host) => proxy.asked.includes(`GET ${host}`))).toEqual([]);
  expect([api.requests, scenario.asked(), result.exitCode]).toEqual([[], [], 1]);
});

function errorOf(result: StepResult): string {
  return texts(result, "error").join("\n");
}

test("NO_PROXY counts for the sign-in as well: Entra is asked directly", async () => {
  const { result, proxy, scenario } = await runBehindProxy(({ href }) => ({ ALL_PROXY: href, NO_PROXY: "127.0.0.1" }));
  expect(result.exitCode).toBe(0);
  expect(scenario.entra.tokens).toHaveLength(1);
  expect(new Set(proxy.asked)).toEqual(new Set([`GET ${API}`, `GET ${ID_TOKENS}`]));
});

const NOBODY = "http://127.0.0.1:9";

test("nobody signs in around a proxy where nobody listens", async () => {
  const scenario = await startSignInScenario();
  const environment = { HTTPS_PROXY: NOBODY };
  const result = await scenario.run({ with: INPUTS.secret, environment, timeFactor: 80 });
  expect(errorOf(result)).toContain(": the proxy could not be used (ECONNREFUSED)”");
  expect(errorOf(result)).toContain("HTTPS_PROXY");
  expect([scenario.entra.requests, scenario.asked(), result.exitCode]).toEqual([[], [], 1]);
});

async function signInByMachine(scenario: SignInScenario, variables: Readonly<Record<string, string>>) {
  const host = await scenario.startHost();
  return scenario.run({ with: INPUTS.managedIdentity, environment: { ...host.environment, ...variables } });
}

test.each([{ HTTP_PROXY: NOBODY }, { ALL_PROXY: NOBODY }, { HTTP_PROXY: NOBODY, HTTPS_PROXY: "10.0.0.1:1" }])(
  "a machine's managed identity is never asked through a proxy: %j",
  async (variables) => {
    const scenario = await startSignInScenario();
    const { exitCode } = await signInByMachine(scenario, variables);
    expect([exitCode, scenario.entra.tokens.map(({ kind }) => kind)]).toEqual([0, ["managedIdentity"]]);
    expect(scenario.asked()).toEqual(["GET list", "GET status", "POST goLive"]);
  },
);
