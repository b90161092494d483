import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/emulator.ts";
import {
  defaultApp,
  defaultTenant,
  type Entra,
  type EntraOptions,
  type FederatedCredential,
  startEntra,
} from "../../emulator/entra/entra.ts";
import { type ManagedIdentity, startManagedIdentity } from "../../emulator/entra/managed-identity.ts";
import { type GitHubApi, gitHubToken, startGitHubApi } from "../../emulator/github/api.ts";
import { type GitHubOidc, gitHubIssuer, startGitHubOidc } from "../../emulator/github/oidc.ts";
import { createCertificates } from "../../emulator/wire/certificate.ts";
import { createSigningKey } from "../../emulator/wire/jwt.ts";
import { inTemporaryFolder } from "../temporary-folder.ts";
import { startResourceManager } from "./resource-manager.ts";
import { startTunnel } from "./tunnel.ts";

/** What there is in a world. Everything has a default. */
export interface WorldPlan {
  /** The environments whose jobs may sign in; somebody has approved each. Default: `marketplace`. */
  readonly environments?: readonly string[];
  readonly emulator?: Omit<EmulatorOptions, "port" | "host" | "tls" | "tokens" | "tokenCheck">;
  readonly entra?: Pick<EntraOptions, "clock" | "lifetimeSeconds" | "faults">;
}

/**
 * The emulated services under their real names: a program that goes through the proxy and trusts the authority meets
 * them where it would meet Microsoft's and GitHub's.
 */
export interface World {
  readonly emulator: Emulator;
  readonly entra: Entra;
  readonly gitHubApi: GitHubApi;
  readonly managedIdentity: ManagedIdentity;
  /** Who gives ID tokens to the jobs of each environment. */
  readonly oidc: Readonly<Record<string, GitHubOidc>>;
  readonly proxyUrl: string;
  /** Where each host really is: a url on this machine. */
  readonly places: Readonly<Record<string, string>>;
  /** The certificate of the authority to trust, as a PEM file. */
  readonly caFile: string;
  /** The hosts that were asked for, in order. */
  readonly asked: readonly string[];
  /** Every secret that there is by now. */
  secrets(): readonly string[];
}

/** What each service's tokens are for. */
const AUDIENCES = {
  cloudPartnerPortal: "https://cloudpartner.azure.com",
  productIngestion: "https://graph.microsoft.com",
  partnerCenter: "https://api.partner.microsoft.com",
} as const;

const HOSTS = {
  cloudPartnerPortal: "cloudpartner.azure.com",
  productIngestion: "graph.microsoft.com",
  partnerCenter: "api.partner.microsoft.com",
  entra: "login.microsoftonline.com",
  gitHubApi: "api.github.com",
  resourceManager: "management.azure.com",
} as const;

/** Does work in a world of its own, which ends with it. */
export async function inWorld<Result>(plan: WorldPlan, work: (world: World) => Promise<Result>): Promise<Result> {
  return inTemporaryFolder(async (folder) => {
    const ending: (() => Promise<void>)[] = [];
    const ends = <Service extends { close(): Promise<void> }>(service: Service): Service => {
      ending.push(() => service.close());
      return service;
    };
    try {
      return await work(await startWorld(plan, join(folder, "authority.pem"), ends));
    } finally {
      await Promise.all(ending.map((end) => end()));
    }
  });
}

async function startWorld(
  plan: WorldPlan,
  caFile: string,
  ends: <Service extends { close(): Promise<void> }>(service: Service) => Service,
): Promise<World> {
  const { environments = ["marketplace"] } = plan;
  const tls = await createCertificates(Object.values(HOSTS));
  writeFileSync(caFile, tls.ca);
  const oidc = await startOidc(environments, ends);
  const issuers = Object.values(oidc);
  const federatedCredentials: readonly FederatedCredential[] = issuers.map(({ subject }) => ({
    issuer: gitHubIssuer,
    subject,
  }));
  const apps = [{ ...defaultApp, federatedCredentials }];
  const entra = ends(await startEntra({ tls, issuers, tenants: [{ ...defaultTenant, apps }], ...plan.entra }));
  const tokens = {} as const;
  const tokenCheckOf = (api: keyof typeof AUDIENCES) => (token: string) => entra.tokenPlan(token, AUDIENCES[api]);
  const emulator = ends(
    await startEmulator({
      tls,
      tokens,
      tokenCheck: tokenCheckOf("cloudPartnerPortal"),
      ...plan.emulator,
      productIngestion: { ...plan.emulator?.productIngestion, tokenCheck: tokenCheckOf("productIngestion") },
      partnerCenter: { ...plan.emulator?.partnerCenter, tokenCheck: tokenCheckOf("partnerCenter") },
    }),
  );
  const reviews = [{ environments, state: "approved", user: { login: "octocat" }, comment: "Looks right." }];
  const gitHubApi = ends(await startGitHubApi({ tls, reviews }));
  const managedIdentity = ends(await startManagedIdentity({ entra }));
  const resourceManager = ends(await startResourceManager(tls));
  const places = {
    [HOSTS.cloudPartnerPortal]: emulator.url,
    [HOSTS.productIngestion]: emulator.productIngestion.url,
    [HOSTS.partnerCenter]: emulator.partnerCenter.url,
    [HOSTS.entra]: entra.url,
    [HOSTS.gitHubApi]: gitHubApi.url,
    [HOSTS.resourceManager]: resourceManager.url,
  };
  const tunnel = ends(await startTunnel(places));
  return {
    ...{ emulator, entra, gitHubApi, managedIdentity, oidc, caFile, places },
    proxyUrl: tunnel.url,
    asked: tunnel.asked,
    secrets: () => [
      ...(defaultApp.secrets ?? []).map(({ value }) => value),
      gitHubToken,
      ...issuers.flatMap(({ environment, issued }) => [
        environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
        ...issued.map(({ token }) => token),
      ]),
      ...entra.tokens.map(({ token }) => token),
    ],
  };
}

/** A provider for each environment: a job's own names its environment, whatever the job asks for. */
async function startOidc(
  environments: readonly string[],
  ends: (service: GitHubOidc) => GitHubOidc,
): Promise<Readonly<Record<string, GitHubOidc>>> {
  const key = await createSigningKey();
  const entries = environments.map(
    async (environment) => [environment, ends(await startGitHubOidc({ key, job: { environment } }))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
