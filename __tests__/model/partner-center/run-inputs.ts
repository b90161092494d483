import { countedGuid } from "../../../emulator/wire/guid.ts";
import { CENTER_TOKEN } from "../token.ts";
import { OFFER_ID } from "./offer-id.ts";
import type { Schedule } from "./schedule.ts";

/** The inputs of a run, as the runner hands them over. */
export function inputsOf(schedule: Schedule, endpoint: string): Readonly<Record<string, string>> {
  const { inputs } = schedule;
  const { wait, timeoutMinutes, pollIntervalSeconds, ifRunning, onCancel, namedProduct } = inputs;
  return {
    publisherId: "contoso",
    offerId: OFFER_ID,
    api: "partnerCenter",
    token: CENTER_TOKEN,
    endpoint,
    wait: String(wait),
    timeoutMinutes: String(timeoutMinutes),
    pollIntervalSeconds: String(pollIntervalSeconds),
    ifRunning,
    onCancel,
    operationLocation: locationOf(schedule, endpoint),
    ...pinOf(schedule),
    ...(namedProduct === "none" ? {} : { productId: productGuid(schedule, namedProduct) }),
  };
}

/** Both a pin and a location are refused before anything is asked. */
function pinOf(schedule: Schedule): Readonly<Record<string, string>> {
  const { pinned, watched } = schedule.inputs;
  if (pinned === undefined || watched !== undefined) return {};
  const number = pinnedNumber(schedule, pinned.later);
  return { submissionId: pinned.isWhole ? `submission/${productGuid(schedule, "own")}/${number}` : number };
}

function locationOf(schedule: Schedule, endpoint: string): string {
  const { watched } = schedule.inputs;
  if (watched === undefined) return "none";
  const product = productGuid(schedule, watched === "other" ? "other" : "own");
  const nth = watched === "other" ? firstOfOther(schedule) : watched;
  return `${endpoint}/v1.0/ingestion/products/${product}/submissions/${numberOf(nth)}`;
}

/** The emulator counts the products, and the submissions of all of them; one that is absent would be the second. */
export function productGuid({ isSecondProduct, isAbsent }: Schedule, whose: "own" | "other"): string {
  return countedGuid("product", (isSecondProduct || isAbsent) === (whose === "own") ? 2 : 1);
}

/** The place of another offer's older submission. */
function firstOfOther({ isSecondProduct, isAbsent, product: { state, wasLive } }: Schedule): number {
  if (isAbsent) return 1;
  const counts: Readonly<Record<string, number>> = { neverPublished: 0, twoReady: 2 };
  return isSecondProduct ? 1 : 1 + Number(wasLive) + (counts[state] ?? 1);
}

function numberOf(nth: number): string {
  return String(1_152_921_505_690_000_221n + BigInt(nth));
}

/** The submission that was made so many later than the one that stands in preview at the start, if one does. */
export function pinnedNumber({ isSecondProduct, product }: Schedule, later: number): string {
  // Before it come another offer's two, and a former one.
  return numberOf(1 + 2 * Number(isSecondProduct) + Number(product.wasLive) + later);
}
