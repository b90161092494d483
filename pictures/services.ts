import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatorClock } from "../emulator/wire/clock.ts";
import { type OperationPlan, startEmulator } from "../emulator/emulator.ts";
import { defaultApp, defaultTenant, startEntra } from "../emulator/entra/entra.ts";
import { gitHubToken, startGitHubApi } from "../emulator/github/api.ts";
import { startGitHubOidc } from "../emulator/github/oidc.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

/** What a step needs around it: the marketplace, Entra and GitHub. */
export interface Services {
  readonly with: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<unknown>;
}

/** Starts them; the offer is ready, its go-live will go as planned, and the run has been approved. */
export async function startServices(goLive: OperationPlan, clock: EmulatorClock): Promise<Services> {
  const gitHub = await startGitHubOidc({ clock });
  const reviews = await startGitHubApi({
    clock,
    reviews: [
      { environments: ["production"], state: "approved", user: { login: "mona" }, comment: "Preview checked, go." },
    ],
  });
  const emulator = await startEmulator({
    clock,
    tokens: {},
    tokenCheck: (token) => entra.tokenPlan(token, emulator.url),
    offers: [{ ...OFFER, goLive }],
    // So that the whole log fits on a picture; the first look comes early all the same.
    behaviour: { pollRetryAfter: "240" },
    faults: [{ on: "goLive", act: { kind: "headers", remove: ["retry-after"] } }],
  });
  const tenants = [{ ...defaultTenant, resources: [emulator.url] }];
  const entra = await startEntra({ clock, issuers: [gitHub], tenants });
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, entra.ca);
  return {
    with: {
      ...OFFER,
      tenantId: defaultTenant.id,
      clientId: defaultApp.clientId,
      authorityHost: entra.url,
      endpoint: emulator.url,
      requireApproval: "true",
      githubToken: gitHubToken,
    },
    environment: {
      ...gitHub.environment,
      ...reviews.environment,
      GITHUB_ACTION_REPOSITORY: "contoso/azure-marketplace-go-live",
      GITHUB_ACTION_REF: "v1",
      NODE_EXTRA_CA_CERTS: authority,
    },
    close() {
      rmSync(folder, { recursive: true });
      return Promise.all([gitHub, reviews, emulator, entra].map((service) => service.close()));
    },
  };
}
