import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, runCommand } from "../../workshop/command.ts";
import { type Client } from "../client.ts";
import { CREDENTIALS, type ClientWorld, OFFER } from "../world.ts";

/** Runs a command of `azure-img-utils cloud-partner-offer`, of either version, about the offer of the world. */
export function runImgUtils(programs: string, world: ClientWorld, ...words: readonly string[]): Promise<Ended> {
  const credentials = writeCredentials(world);
  const offer = ["--offer-id", OFFER.offerId, "--publisher-id", OFFER.publisherId];
  const emails = ["--notification-emails", "releases@contoso.com"];
  return runCommand(
    join(programs, "azure-img-utils"),
    ["cloud-partner-offer", ...words, ...offer, ...emails, "--credentials-file", credentials, "--no-color"],
    { environment: world.environment, cwd: world.folder },
  );
}

/** Writes the service account's file; returns its path. */
export function writeCredentials({ folder }: Pick<ClientWorld, "folder">): string {
  const file = join(folder, "credentials.json");
  writeFileSync(file, JSON.stringify(serviceAccount));
  return file;
}

const serviceAccount = {
  tenantId: CREDENTIALS.tenantId,
  clientId: CREDENTIALS.clientId,
  clientSecret: CREDENTIALS.secret,
  subscriptionId: "00000000-0000-0000-0000-000000000000",
  activeDirectoryEndpointUrl: "https://login.microsoftonline.com",
  managementEndpointUrl: "https://management.core.windows.net/",
};

/** The command line of SUSE's image utilities, whose versions up to 1.2 ask the Cloud Partner Portal API. */
export const imgUtils1: Client = {
  name: "azure-img-utils",
  api: "cloudPartnerPortal",
  folder: import.meta.dirname,
  saysByZero: "accepted",
  goLive: (programs, world) => runImgUtils(programs, world, "go-live"),
};
