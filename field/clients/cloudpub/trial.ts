import { deepEqual, equal } from "node:assert/strict";
import { trial } from "../../trial.ts";
import { programsOf } from "../client.ts";
import { mustSucceed } from "../observation.ts";
import { inClientWorld } from "../world.ts";
import { cloudpub, publishImage } from "./cloudpub.ts";

const NEW_IMAGE = "https://contoso.blob.core.windows.net/images/contoso-vm-2.0.0.vhd";

/** The emulated Product Ingestion API, judged by another client of it. */
export const cloudpubTrial = trial({
  name: "cloudpub",
  about: "a client of the Product Ingestion API pushes an image live and waits for the end",
  prepare: (workshop) => programsOf(cloudpub, workshop),
  async run(programs, check) {
    await Promise.all([
      check("writes a new image into the draft, publishes it to preview and pushes it live", () =>
        inClientWorld({}, async (world) => {
          mustSucceed(world, await publishImage(programs, world, NEW_IMAGE));
          const { productIngestion } = world.emulator;
          const [publish] = productIngestion.publishes();
          deepEqual(
            productIngestion.pushes().map(({ submissionId }) => submissionId),
            [publish?.submissionId],
          );
          equal(productIngestion.liveSubmission(), publish?.submissionId);
        }),
      ),
      check("pushes the preview live that holds the image already", () =>
        inClientWorld({}, async (world) => {
          const { productIngestion } = world.emulator;
          const preview = productIngestion.previewSubmission();
          mustSucceed(world, await publishImage(programs, world));
          deepEqual([productIngestion.publishes().length, productIngestion.pushes().length], [0, 1]);
          equal(productIngestion.liveSubmission(), preview);
        }),
      ),
    ]);
  },
});
