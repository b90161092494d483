import { join } from "node:path";
import { type Ended, runCommand } from "../../workshop/command.ts";
import { type Client } from "../client.ts";
import { CREDENTIALS, type ClientWorld, OFFER } from "../world.ts";

/** The image that the emulated offer has from the start, in its draft and in its preview. */
const PRESENT_IMAGE = "https://contoso.blob.core.windows.net/images/contoso-vm-1.0.0.vhd";

/** Publishes an image of the offer's plan with the library, to preview and live, as far as that is still to do. */
export function publishImage(programs: string, world: ClientWorld, image = PRESENT_IMAGE): Promise<Ended> {
  return runCommand(join(programs, "python"), [join(import.meta.dirname, "publish.py")], {
    cwd: world.folder,
    environment: {
      ...world.environment,
      TENANT_ID: CREDENTIALS.tenantId,
      CLIENT_ID: CREDENTIALS.clientId,
      CLIENT_SECRET: CREDENTIALS.secret,
      OFFER_ID: OFFER.offerId,
      IMAGE: image,
      DISK_VERSION: "2.0.0",
      POLL_SECONDS: "60",
    },
  });
}

/** Red Hat's library, which pushes an offer live and waits for the end: the image that is in the preview goes live. */
export const cloudpub: Client = {
  name: "cloudpub",
  api: "productIngestion",
  folder: import.meta.dirname,
  saysByZero: "live",
  goLive: (programs, world) => publishImage(programs, world),
};
