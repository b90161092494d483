import { actTrial } from "./act/act.ts";
import { CLIENT_TRIALS } from "./clients/trials.ts";
import type { Trial } from "./trial.ts";
import { zizmorTrial } from "./zizmor/zizmor.ts";

/** All trials, in the order in which they run. */
export const TRIALS: readonly Trial[] = [zizmorTrial, actTrial, ...CLIENT_TRIALS];
