import { expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/emulator.ts";
import { readCommandLine } from "../../emulator/shell/cli-options.ts";
import { entraGreeting, startShellEntra } from "../../emulator/shell/entra-options.ts";
import { UsageError } from "../../emulator/shell/usage-error.ts";
import { closeAfterTest } from "../harness/closing.ts";
import { askToken, secretForm } from "../harness/identity.ts";

function orderOf(...words: readonly string[]) {
  const command = readCommandLine(words);
  return command.kind === "help" ? undefined : command.entra;
}

test("Entra is started only when a port is named", () => {
  expect(orderOf("--entra-unknown", "productIngestion")).toBeUndefined();
  expect(orderOf("--entra-port", "0")).toEqual({ port: 0, unknown: [], notPermitted: [] });
});

test.each([
  ["--entra-port", "x"],
  ["--entra-unknown", "graph"],
  ["--entra-not-permitted", "Graph"],
])("refuses %s %s", (option, value) => {
  expect(() => orderOf(option, value)).toThrow(UsageError);
});

test("an API can be unknown in the tenant, or not among the app's permissions, and the others are not", async () => {
  const emulator = await startEmulator();
  closeAfterTest(() => emulator.close());
  const words = ["--entra-port", "0", "--entra-unknown", "productIngestion", "--entra-not-permitted", "partnerCenter"];
  const order = orderOf(...words) ?? { port: 0, unknown: [], notPermitted: [] };
  const entra = await startShellEntra(order, emulator);
  closeAfterTest(() => entra.close());
  const codeOf = async (resource: string): Promise<unknown> =>
    (await askToken(entra, secretForm({ scope: `${resource}/.default` }))).body["error_codes"];
  for (const resource of [emulator.url, "https://cloudpartner.azure.com"]) {
    expect(await codeOf(resource)).toBeUndefined();
  }
  for (const resource of [emulator.productIngestion.url, "https://graph.microsoft.com"]) {
    expect(await codeOf(resource)).toEqual([500011]);
  }
  for (const resource of [emulator.partnerCenter.url, "https://api.partner.microsoft.com"]) {
    expect(await codeOf(resource)).toEqual([650057]);
  }
  expect(entraGreeting(entra, "/authority.pem")).toContain(`authorityHost: ${entra.url}\n`);
});
