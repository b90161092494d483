import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, runCommand } from "../../workshop/command.ts";
import { type Client } from "../client.ts";
import { CREDENTIALS, type ClientWorld, OFFER } from "../world.ts";

/** Runs the command line `azpc` with these words. */
export function runAzpc(programs: string, world: ClientWorld, ...words: readonly string[]): Promise<Ended> {
  writeFileSync(join(world.folder, "config.yml"), settings);
  const program = [join(import.meta.dirname, "azpc.py"), ...words];
  return runCommand(join(programs, "python"), program, { environment: world.environment, cwd: world.folder });
}

/** In YAML, which all of JSON is. */
const settings = JSON.stringify({
  aad_id: CREDENTIALS.clientId,
  aad_secret: CREDENTIALS.secret,
  tenant_id: CREDENTIALS.tenantId,
  publisherId: OFFER.publisherId,
});

/** Microsoft's command line for the Partner Center submission API; for virtual machines it asks the Cloud Partner Portal. */
export const azpc: Client = {
  name: "az-partner-center-cli",
  api: "partnerCenter",
  folder: import.meta.dirname,
  saysByZero: "accepted",
  goLive: (programs, world) => runAzpc(programs, world, "app", "release", "--name", OFFER.offerId),
};
