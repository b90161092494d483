import { writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { type AzureCli, type AzureCliOptions, startAzureCli } from "../../emulator/entra/azure-cli.ts";
import { type EmulatorClock, realClock } from "../../emulator/wire/clock.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import { defaultApp, defaultTenant, type Entra, type EntraOptions, startEntra } from "../../emulator/entra/entra.ts";
import { type GitHubOidc, type GitHubOidcOptions, startGitHubOidc } from "../../emulator/github/oidc.ts";
import {
  type ManagedIdentity,
  type ManagedIdentityOptions,
  startManagedIdentity,
} from "../../emulator/entra/managed-identity.ts";
import type { RunningStep, StepPlan, StepResult } from "../../emulator/step/runner.ts";
import { createFolder } from "./identity-process.ts";
import { checkRequests, checkResult } from "./leak-check.ts";
import { closeAfterTest } from "./closing.ts";
import { shared } from "./shared-global.ts";
import { beginStep, endStep } from "./scenario.ts";

/** The ways to sign in that get a token of their own. */
export type SignInKind = "oidc" | "secret" | "azureCli" | "managedIdentity";

export const SIGN_IN_KINDS = ["oidc", "secret", "azureCli", "managedIdentity"] as const satisfies SignInKind[];

/** The secret of the app that Entra's stand-in knows. */
export const SECRET = defaultApp.secrets[0].value;

export interface SignInOptions {
  readonly clock?: EmulatorClock;
  readonly gitHub?: GitHubOidcOptions;
  readonly entra?: EntraOptions;
  readonly emulator?: EmulatorOptions;
}

/** The marketplace, Entra and GitHub, which know each other; they end with the test. */
export interface SignInScenario {
  readonly emulator: Emulator;
  readonly entra: Entra;
  readonly gitHub: GitHubOidc;
  /** Entra's certificate authority as a file, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** Puts an Azure CLI and a managed identity beside them. */
  readonly startCli: (options?: Partial<AzureCliOptions>) => Promise<AzureCli>;
  readonly startHost: (options?: Partial<ManagedIdentityOptions>) => Promise<ManagedIdentity>;
  /** Runs the committed bundle as a step that signs in that way; nothing secret may show anywhere. */
  readonly run: (plan: SignInPlan) => Promise<StepResult>;
  readonly begin: (plan: SignInPlan) => RunningStep;
  /** What the marketplace was asked, in order, such as `GET list`. */
  readonly asked: () => readonly string[];
  /** Every secret that exists by now. */
  readonly secrets: () => readonly string[];
}

export interface SignInPlan extends Partial<Omit<StepPlan, "with">> {
  /** Added to publisherId, offerId, api, endpoint and authorityHost. */
  readonly with?: Readonly<Record<string, string>>;
}

/** The inputs that choose each way to sign in. */
export const INPUTS = {
  oidc: { tenantId: defaultTenant.id, clientId: defaultApp.clientId },
  secret: { tenantId: defaultTenant.id, clientId: defaultApp.clientId, clientSecret: SECRET },
  azureCli: { signIn: "azureCli" },
  managedIdentity: { signIn: "managedIdentity" },
} as const satisfies Record<SignInKind, Readonly<Record<string, string>>>;

/** Starts the services that a step signs in with, and the marketplace, which takes the tokens of that Entra only. */
export async function startSignInScenario(options: SignInOptions = {}): Promise<SignInScenario> {
  const { clock = realClock } = options;
  const [gitHubKey, entraKey, tls] = await shared.identityKeys();
  const gitHub = await startGitHubOidc({ clock, key: gitHubKey, ...options.gitHub });
  closeAfterTest(() => gitHub.close());
  const emulator = await startEmulator({
    clock,
    tokens: {},
    tokenCheck: (token) => entra.tokenPlan(token, emulator.url),
    ...options.emulator,
  });
  closeAfterTest(() => emulator.close());
  const tenants = [{ ...defaultTenant, resources: [emulator.url] }];
  const entra = await startEntra({ clock, key: entraKey, tls, issuers: [gitHub], tenants, ...options.entra });
  closeAfterTest(() => entra.close());
  const caFile = join(createFolder(), "authority.pem");
  writeFileSync(caFile, entra.ca);
  const secrets = (): readonly string[] => [
    SECRET,
    gitHub.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
    ...gitHub.issued.map(({ token }) => token),
    ...entra.tokens.map(({ token }) => token),
  ];
  const planOf = ({ with: inputs, environment, ...plan }: SignInPlan): StepPlan => {
    // How to sign in is one question, and which API serves the offer another.
    const ids = { publisherId: "contoso", offerId: "contoso-vm", api: "cloudPartnerPortal" };
    return {
      ...plan,
      with: { ...ids, endpoint: emulator.url, authorityHost: entra.url, ...inputs },
      environment: { NODE_EXTRA_CA_CERTS: caFile, ...environment },
    };
  };
  return {
    emulator,
    entra,
    gitHub,
    caFile,
    async startCli(changes) {
      const cli = await startAzureCli({ folder: createFolder(), entra, clock, ...changes });
      closeAfterTest(() => cli.close());
      return cli;
    },
    async startHost(changes) {
      const host = await startManagedIdentity({ entra, clock, ...changes });
      closeAfterTest(() => host.close());
      return host;
    },
    begin(plan) {
      const step = beginStep(planOf(plan));
      return { ...step, result: step.result.then((result) => checkResult(result, secrets())) };
    },
    async run(plan) {
      const result = checkResult(await endStep(planOf(plan)), secrets());
      checkRequests(emulator.requests, secrets());
      return result;
    },
    asked: () => emulator.requests.map(({ method, route }) => `${method} ${route}`),
    secrets,
  };
}

/** A step's environment with that Azure CLI in PATH, and what its script needs. */
export function pathWith({ folder }: Pick<AzureCli, "folder">): { readonly PATH: string } {
  return { PATH: [folder, dirname("/bin/sh")].join(delimiter) };
}

/** The inputs and the environment of a step that signs in that way, with what has to be there for it. */
export async function planFor(
  kind: SignInKind,
  scenario: SignInScenario,
): Promise<Required<Pick<SignInPlan, "with" | "environment">>> {
  switch (kind) {
    case "oidc":
      return { with: INPUTS[kind], environment: scenario.gitHub.environment };
    case "secret":
      return { with: INPUTS[kind], environment: {} };
    case "azureCli":
      return { with: INPUTS[kind], environment: pathWith(await scenario.startCli()) };
    case "managedIdentity":
      return { with: INPUTS[kind], environment: (await scenario.startHost()).environment };
  }
}
