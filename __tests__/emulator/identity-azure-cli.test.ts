import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type AzureCliOptions, startAzureCli } from "../../emulator/entra/azure-cli.ts";
import { defaultTenant } from "../../emulator/entra/entra.ts";
import { type IdentityWorld, RESOURCE, startIdentityWorld } from "../harness/identity.ts";
import { createFolder, run, signIn } from "../harness/identity-process.ts";
import { closeAfterTest } from "../harness/closing.ts";

const scope = `${RESOURCE}/.default`;

async function startCli(world: IdentityWorld, options: Partial<AzureCliOptions> = {}) {
  const { entra, clock } = world;
  const cli = await startAzureCli({ folder: createFolder(), entra, clock, ...options });
  closeAfterTest(() => cli.close());
  const az = (...words: string[]) => {
    const isWindows = process.platform === "win32";
    const file = join(cli.folder, isWindows ? "az.cmd" : "az");
    return run(isWindows ? `${process.env["ComSpec"]}` : file, isWindows ? ["/c", file, ...words] : words, {});
  };
  return { cli, token: () => az("account", "get-access-token", "--output", "json", "--resource", RESOURCE), az };
}

test("the Azure CLI shows a token as the real one does, and keeps it until five minutes before its end", async () => {
  const world = await startIdentityWorld({ entra: { lifetimeSeconds: 3600 } });
  const { token } = await startCli(world);
  const first = await token();
  expect([first.exitCode, first.stderr]).toEqual([0, ""]);
  expect(JSON.parse(first.stdout)).toEqual({
    accessToken: world.entra.tokens[0]?.token,
    expiresOn: "2026-01-01 01:00:00.000000",
    expires_on: world.clock.now() / 1000 + 3600,
    subscription: expect.stringMatching(/^[0-9-]{36}$/),
    tenant: defaultTenant.id,
    tokenType: "Bearer",
  });
  world.clock.advance(3_299_000);
  expect((await token()).stdout).toBe(first.stdout);
  world.clock.advance(1_000);
  expect((await token()).stdout).not.toBe(first.stdout);
  expect(world.entra.tokens).toHaveLength(2);
});

test("@azure/identity finds the Azure CLI in PATH", async () => {
  const world = await startIdentityWorld();
  const { cli } = await startCli(world);
  const result = await signIn(["azureCli", scope], { PATH: cli.folder });
  expect(result["token"]).toBe(world.entra.tokens[0]?.token);
  expect(cli.commands).toEqual([["account", "get-access-token", "--output", "json", "--resource", RESOURCE]]);
});

test("@azure/identity says when nobody is signed in to the Azure CLI", async () => {
  const { cli } = await startCli(await startIdentityWorld(), { session: null });
  expect(await signIn(["azureCli", scope], { PATH: cli.folder })).toEqual({
    name: "CredentialUnavailableError",
    message: "Please run 'az login' from a command prompt to authenticate before using this credential.",
  });
});

test("the Azure CLI fails in the words of the real one", async () => {
  const world = await startIdentityWorld({ entra: { tenants: [{ ...defaultTenant, resources: [] }] } });
  const odd = { stdout: "", stderr: "ERROR: No space left on device\n", exitCode: 1 };
  const { token, az, cli } = await startCli(world, {
    session: null,
    misbehaviour: (nth) => (nth === 4 ? odd : undefined),
  });
  expect(await token()).toEqual({
    stdout: "",
    stderr: "ERROR: Please run 'az login' to setup account.\n",
    exitCode: 1,
  });
  cli.setSession({});
  expect((await token()).stderr).toContain(
    `ERROR: AADSTS500011: The resource principal named ${RESOURCE} was not found`,
  );
  expect((await az("vm", "list")).exitCode).toBe(2);
  expect(await token()).toEqual(odd);
});

test("a session of azure/login with OIDC gets no new token once its assertion has expired", async () => {
  const world = await startIdentityWorld({ entra: { lifetimeSeconds: 3600 } });
  const { token } = await startCli(world, { session: { assertionExpiresAtMs: world.clock.now() + 300_000 } });
  const first = await token();
  world.clock.advance(600_000);
  expect(await token()).toEqual(first);
  world.clock.advance(3_000_000);
  const late = await token();
  expect(late.exitCode).toBe(1);
  expect(late.stderr).toContain(
    "AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-01-01T01:00:00.0000000Z, assertion valid from 2026-01-01T00:00:00.0000000Z, expiry time of assertion 2026-01-01T00:05:00.0000000Z.",
  );
});
