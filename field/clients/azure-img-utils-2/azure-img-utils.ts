import { runImgUtils } from "../azure-img-utils-1/azure-img-utils.ts";
import type { Client } from "../client.ts";

/** The same command line since 2.0, which asks the Product Ingestion API. */
export const imgUtils2: Client = {
  name: "azure-img-utils",
  api: "productIngestion",
  folder: import.meta.dirname,
  saysByZero: "accepted",
  goLive: (programs, world) => runImgUtils(programs, world, "go-live"),
};
