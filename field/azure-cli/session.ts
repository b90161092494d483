import { mkdtempSync } from "node:fs";
import { delimiter, join } from "node:path";
import { defaultApp, defaultTenant } from "../../emulator/entra/entra.ts";
import { runStep, type StepResult } from "../../emulator/step/runner.ts";
import type { World } from "../world/world.ts";
import { type Ended, mustRun, runCommand } from "../workshop/command.ts";

/** The Azure CLI with a folder of its own for what it keeps, in a world. */
export interface AzureSession {
  /** What it and programs that call it find in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Signs the default app in by its secret. */
  signInBySecret(): Promise<void>;
  /** The same by an ID token. */
  signInByAssertion(assertion: string): Promise<void>;
  /** Runs a command, which may fail. */
  run(...words: readonly string[]): Promise<Ended>;
  /** Runs the committed bundle as a step that takes its token from this session. */
  runStep(inputs?: Readonly<Record<string, string>>): Promise<StepResult>;
}

/** Opens a session that nobody has signed in to; `programs` is where `az` is. */
export function openSession(programs: string, world: World, folder: string): AzureSession {
  const az = join(programs, "az");
  const environment = {
    PATH: [programs, "/usr/bin", "/bin"].join(delimiter),
    HTTPS_PROXY: world.proxyUrl,
    NODE_EXTRA_CA_CERTS: world.caFile,
    REQUESTS_CA_BUNDLE: world.caFile,
    HOME: folder,
    AZURE_CONFIG_DIR: mkdtempSync(join(folder, "azure-")),
    AZURE_CORE_COLLECT_TELEMETRY: "false",
    AZURE_CORE_NO_COLOR: "true",
  };
  const signIn = async (...proof: readonly string[]): Promise<void> => {
    const who = ["--username", defaultApp.clientId, "--tenant", defaultTenant.id];
    const words = ["login", "--service-principal", "--allow-no-subscriptions", "--output", "none"];
    await mustRun(az, [...words, ...who, ...proof], { environment });
  };
  return {
    environment,
    signInBySecret: () => signIn("--password", defaultApp.secrets[0].value),
    signInByAssertion: (assertion) => signIn("--federated-token", assertion),
    run: (...words) => runCommand(az, words, { environment }),
    runStep: (inputs = {}) =>
      runStep({
        // What is asked is the sign-in: which API it is need not be found.
        with: {
          publisherId: "contoso",
          offerId: "contoso-vm",
          api: "cloudPartnerPortal",
          signIn: "azureCli",
          ...inputs,
        },
        environment,
      }),
  };
}
