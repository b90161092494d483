import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { runCommand } from "../../workshop/command.ts";
import { trial } from "../../trial.ts";
import { programsOf } from "../client.ts";
import { mustSucceed } from "../observation.ts";
import { inClientWorld, type ClientWorld, OFFER } from "../world.ts";
import { imgUtils1, runImgUtils, writeCredentials } from "./azure-img-utils.ts";

/**
 * What the library says while it makes the offer go live: how the offer stands before and right after, how the operation
 * stands each minute, and how the offer stands in the end. Version 2 knows no publisher.
 */
export async function goLiveByLibrary(
  programs: string,
  world: ClientWorld,
  publisher: readonly string[],
): Promise<readonly string[]> {
  const words = [writeCredentials(world), OFFER.offerId, ...publisher];
  const ended = await runCommand(join(programs, "python"), [join(import.meta.dirname, "go_live.py"), ...words], {
    environment: world.environment,
    cwd: world.folder,
  });
  mustSucceed(world, ended);
  return JSON.parse(ended.stdout) as readonly string[];
}

/** An image of the plan that every offer has. */
const image = [
  ...["--container", "images", "--blob-url", "https://contoso.blob.core.windows.net/images/contoso-vm-2.0.0.vhd"],
  ...["--blob-name", "contoso-vm-2.0.0.vhd", "--image-name", "contoso-vm-v20260101", "--label", "Contoso 2"],
  ...["--image-description", "Contoso 2", "--sku", "standard"],
];

/** The emulated Cloud Partner Portal, judged by a client of it. */
export const imgUtils1Trial = trial({
  name: "azure-img-utils-1",
  about: "a client of the Cloud Partner Portal API changes an offer and makes it go live",
  prepare: (workshop) => programsOf(imgUtils1, workshop),
  async run(programs, check) {
    await Promise.all([
      check("reads the offer, adds an image to its plan and writes it anew", () =>
        inClientWorld({}, async (world) => {
          mustSucceed(world, await runImgUtils(programs, world, "add-image-to-offer", ...image));
          const written = world.emulator.requests.find(({ route }) => route === "saveOffer");
          equal(written?.headers["if-match"], "*");
          match(written?.body ?? "", /"contoso-vm-v20260101"/);
        }),
      ),
      check("publishes the offer to preview", () =>
        inClientWorld({}, async (world) => {
          mustSucceed(world, await runImgUtils(programs, world, "publish"));
          deepEqual([world.emulator.publishes.length, world.emulator.goLives.length], [1, 0]);
        }),
      ),
      ...(["plain", "migrated"] as const).map((offerStatus) =>
        check(`makes an offer go live whose status is ${offerStatus}, and reads it to its end`, () =>
          inClientWorld({ emulator: { behaviour: { offerStatus } } }, async (world) => {
            const told = await goLiveByLibrary(programs, world, [OFFER.publisherId]);
            deepEqual(new Set(told), new Set(["waitingForPublisherReview", "running", "completed", "succeeded"]));
            equal(told[0], "waitingForPublisherReview");
            equal(told.at(-1), "succeeded");
            equal(world.emulator.goLives.length, 1);
          }),
        ),
      ),
    ]);
  },
});
