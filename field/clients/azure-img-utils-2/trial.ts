import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { trial } from "../../trial.ts";
import { runImgUtils } from "../azure-img-utils-1/azure-img-utils.ts";
import { goLiveByLibrary } from "../azure-img-utils-1/trial.ts";
import { programsOf } from "../client.ts";
import { mustSucceed } from "../observation.ts";
import { inClientWorld } from "../world.ts";
import { imgUtils2 } from "./azure-img-utils.ts";

/** The emulated Product Ingestion API, judged by a client of it. */
export const imgUtils2Trial = trial({
  name: "azure-img-utils-2",
  about: "a client of the Product Ingestion API reads an offer, publishes it to preview and makes it go live",
  prepare: (workshop) => programsOf(imgUtils2, workshop),
  async run(programs, check) {
    await Promise.all([
      check("reads what the offer consists of", () =>
        inClientWorld({}, async (world) => {
          const file = join(world.folder, "offer.json");
          mustSucceed(world, await runImgUtils(programs, world, "get-offer-document", "--offer-document-file", file));
          ok(readFileSync(file, "utf8").includes("virtual-machine-plan-technical-configuration"));
        }),
      ),
      check("publishes the offer to preview", () =>
        inClientWorld({}, async (world) => {
          mustSucceed(world, await runImgUtils(programs, world, "publish"));
          equal(world.emulator.productIngestion.publishes().length, 1);
          deepEqual(world.emulator.productIngestion.pushes(), []);
        }),
      ),
      check("makes the offer go live, and reads its job to the end", () =>
        inClientWorld({}, async (world) => {
          const told = await goLiveByLibrary(programs, world, []);
          deepEqual(new Set(told), new Set(["waitingForPublisherReview", "running", "completed", "succeeded"]));
          equal(told.at(-1), "succeeded");
          equal(world.emulator.productIngestion.pushes().length, 1);
        }),
      ),
    ]);
  },
});
