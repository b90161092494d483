import type { Trial } from "../trial.ts";
import { azpcTrial } from "./az-partner-center-cli/trial.ts";
import { imgUtils1Trial } from "./azure-img-utils-1/trial.ts";
import { imgUtils2Trial } from "./azure-img-utils-2/trial.ts";
import { cloudpubTrial } from "./cloudpub/trial.ts";

/** The emulators, judged by clients that ran against the services. */
export const CLIENT_TRIALS: readonly Trial[] = [imgUtils1Trial, imgUtils2Trial, cloudpubTrial, azpcTrial];
