import { azpc } from "./az-partner-center-cli/az-partner-center-cli.ts";
import { imgUtils1 } from "./azure-img-utils-1/azure-img-utils.ts";
import { imgUtils2 } from "./azure-img-utils-2/azure-img-utils.ts";
import type { Client } from "./client.ts";
import { cloudpub } from "./cloudpub/cloudpub.ts";

/** All clients, by the APIs that they ask. */
export const CLIENTS: readonly Client[] = [imgUtils1, imgUtils2, cloudpub, azpc];
