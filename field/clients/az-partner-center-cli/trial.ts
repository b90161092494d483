import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { trial } from "../../trial.ts";
import { programsOf } from "../client.ts";
import { mustSucceed } from "../observation.ts";
import { inClientWorld, type ClientWorld, OFFER } from "../world.ts";
import { azpc, runAzpc } from "./az-partner-center-cli.ts";

/** The emulated Partner Center submission API, judged by a client of it, and the Cloud Partner Portal API once more. */
export const azpcTrial = trial({
  name: "az-partner-center-cli",
  about: "a client of the Partner Center submission API promotes a submission, and writes a virtual machine's offer",
  prepare: (workshop) => programsOf(azpc, workshop),
  async run(programs, check) {
    await Promise.all([
      check("finds the offer", () =>
        inClientWorld({}, async (world) => {
          const ended = await runAzpc(programs, world, "app", "show", "--name", OFFER.offerId);
          mustSucceed(world, ended);
          match(ended.stdout, /"value": "contoso-vm"/);
        }),
      ),
      check("promotes its submission", () =>
        inClientWorld({}, async (world) => {
          const { partnerCenter } = world.emulator;
          const preview = partnerCenter.previewSubmission();
          mustSucceed(world, await azpc.goLive(programs, world));
          deepEqual(
            partnerCenter.promotes().map(({ submissionId }) => submissionId),
            [preview],
          );
        }),
      ),
      check(
        "lists the virtual machines of a publisher by the Cloud Partner Portal API, writes one anew and publishes it",
        () =>
          inClientWorld({}, async (world) => {
            const list = await runAzpc(programs, world, "vm", "list");
            mustSucceed(world, list);
            match(list.stdout, /"id": "contoso-vm"/);
            mustSucceed(world, await runOnMachine(programs, world, "update"));
            equal(world.emulator.requests.at(-1)?.route, "saveOffer");
            mustSucceed(
              world,
              await runOnMachine(programs, world, "publish", "--notification-emails", "releases@contoso.com"),
            );
            equal(world.emulator.publishes.length, 1);
          }),
      ),
    ]);
  },
});

function runOnMachine(programs: string, world: ClientWorld, ...words: readonly string[]): ReturnType<typeof runAzpc> {
  const file = "machine.json";
  const document = { id: OFFER.offerId, publisherId: OFFER.publisherId, definition: { displayText: "Written anew" } };
  writeFileSync(join(world.folder, file), JSON.stringify(document));
  const where = ["--name", OFFER.offerId, "--app-path", world.folder, "--config-json", file];
  return runAzpc(programs, world, "vm", ...words, ...where);
}
