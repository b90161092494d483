import { actTrial } from "./act/act.ts";
import { answersTrial } from "./answers/answers.ts";
import { azureCliTrial } from "./azure-cli/azure-cli.ts";
import { CLIENT_TRIALS } from "./clients/trials.ts";
import { schemathesisTrial } from "./schemathesis/schemathesis.ts";
import type { Trial } from "./trial.ts";
import { zizmorTrial } from "./zizmor/zizmor.ts";

/** All trials, in the order in which they run. */
export const TRIALS: readonly Trial[] = [
  zizmorTrial,
  actTrial,
  azureCliTrial,
  schemathesisTrial,
  answersTrial,
  ...CLIENT_TRIALS,
];
