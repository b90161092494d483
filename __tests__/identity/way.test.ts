import { expect, test } from "@jest/globals";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { annotations, texts, WAITING } from "../harness/scenario.ts";
import { INPUTS, pathWith, planFor, SIGN_IN_KINDS, startSignInScenario } from "../harness/identity-scenario.ts";

const offers = [{ publisherId: "contoso", offerId: "contoso-vm", goLive: { durationMs: 100 } }] as const;
/** The most that can be logged: by the runner, by Microsoft's libraries, by the proxy agents. */
const DEBUG = { RUNNER_DEBUG: "1", AZURE_LOG_LEVEL: "verbose", DEBUG: "*" } as const;

test.each(SIGN_IN_KINDS)("signs in by %s and sees the go-live to its end, with every secret masked", async (kind) => {
  const scenario = await startSignInScenario({ emulator: { offers } });
  const plan = await planFor(kind, scenario);
  const result = await scenario.run({
    with: { ...plan.with, ...WAITING },
    environment: { ...plan.environment, ...DEBUG },
  });
  const { entra, gitHub, emulator } = scenario;
  expect([result.exitCode, result.outputs["status"]]).toEqual([0, "succeeded"]);
  expect(scenario.asked().slice(0, 4)).toEqual(["GET list", "GET status", "POST goLive", "GET operation"]);
  expect(entra.tokens.map((token) => [token.kind, token.resource])).toEqual([
    [kind === "oidc" ? "assertion" : kind, emulator.url],
  ]);
  const bearer = `Bearer ${entra.tokens[0]?.token}`;
  expect(new Set(emulator.requests.map(({ headers }) => headers["authorization"]))).toEqual(new Set([bearer]));
  expect(gitHub.issued.map(({ audience }) => audience)).toEqual(kind === "oidc" ? ["api://AzureADTokenExchange"] : []);
  expect(entra.assertions.map(({ isRepeated }) => isRepeated)).toEqual(kind === "oidc" ? [false] : []);
  expect(result.log).toContain(`Signed in as app ${defaultApp.clientId}; the token is good for `);
  const masks = result.log.matchAll(/^::add-mask::(.*)$/gm).map(([, value]) => value);
  const whole = scenario.secrets().filter((secret) => !secret.startsWith("request-token-"));
  const used = whole.filter((secret) => kind === "secret" || secret.startsWith("ey"));
  expect([...masks]).toEqual(expect.arrayContaining(used.flatMap((token) => [token, ...longParts(token)])));
  expect(texts(result, "error")).toEqual([]);
});

function longParts(token: string): readonly string[] {
  return token.split(".").filter((part) => part.length >= 8);
}

test("asks for a token of another cloud's audience, and of the authority that is given", async () => {
  const audience = "api://AzureADTokenExchangeUSGov";
  const { environment: _, ...rest } = { environment: 0, ...defaultApp };
  const app = { ...rest, federatedCredentials: [{ ...defaultApp.federatedCredentials[0], audience }] };
  const scenario = await startSignInScenario({ entra: { tenants: [{ ...defaultTenant, apps: [app] }] } });
  const { exitCode } = await scenario.run({
    with: { ...INPUTS.oidc, audience },
    environment: scenario.gitHub.environment,
  });
  expect(exitCode).toBe(0);
  expect(scenario.gitHub.issued.map((token) => token.audience)).toEqual([audience]);
});

test("takes the Azure CLI's session before a managed identity, and asks the other nothing", async () => {
  const scenario = await startSignInScenario();
  const [cli, host] = [await scenario.startCli(), await scenario.startHost()];
  const { exitCode } = await scenario.run({ environment: { ...host.environment, ...pathWith(cli) } });
  expect([exitCode, scenario.entra.tokens.map(({ kind }) => kind)]).toEqual([0, ["azureCli"]]);
  expect([cli.commands.length, host.requests.length]).toEqual([1, 0]);
});

test("falls back to the managed identity when nobody is signed in to the Azure CLI", async () => {
  const scenario = await startSignInScenario();
  const [cli, host] = [await scenario.startCli({ session: null }), await scenario.startHost()];
  const { exitCode } = await scenario.run({ environment: { ...host.environment, ...pathWith(cli) } });
  expect([exitCode, scenario.entra.tokens.map(({ kind }) => kind)]).toEqual([0, ["managedIdentity"]]);
});

test("says what each way that was tried answered, when none gives a token", async () => {
  const scenario = await startSignInScenario();
  const cli = await scenario.startCli({ session: null });
  const host = await scenario.startHost({ systemAssigned: null });
  const result = await scenario.run({ environment: { ...host.environment, ...pathWith(cli) } });
  const [error] = texts(result, "error");
  expect(annotations(result).filter(({ level }) => level === "error")).toHaveLength(1);
  expect(error).toContain("az login");
  expect(error).toContain("No User Assigned or Delegated Managed Identity found");
  expect(error).toContain("run `azure/login` before this step");
  expect([result.exitCode, result.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
});

test("a machine of one's own without a managed identity is told to sign in, not to look at its network", async () => {
  const scenario = await startSignInScenario();
  const cli = await scenario.startCli({ session: null });
  const nowhere = { RUNNER_ENVIRONMENT: "self-hosted", AZURE_POD_IDENTITY_AUTHORITY_HOST: "http://127.0.0.1:1" };
  const result = await scenario.run({ environment: { ...nowhere, ...pathWith(cli) } });
  const [error] = texts(result, "error");
  expect(error).toContain("run `azure/login` before this step");
  expect(result.log).not.toContain("Next try");
  expect([result.exitCode, result.outputs["status"], scenario.asked()]).toEqual([1, "rejected", []]);
});

test("signs in as the user-assigned identity that `clientId` names", async () => {
  const scenario = await startSignInScenario();
  const host = await scenario.startHost({ systemAssigned: null, userAssigned: [defaultApp.clientId] });
  const inputs = { ...INPUTS.managedIdentity, clientId: defaultApp.clientId };
  const { exitCode } = await scenario.run({ with: inputs, environment: host.environment });
  expect([exitCode, scenario.entra.tokens.length]).toEqual([0, 1]);
});
