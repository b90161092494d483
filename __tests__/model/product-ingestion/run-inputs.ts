import { countedGuid } from "../../../emulator/wire/guid.ts";
import { GRAPH_TOKEN } from "../token.ts";
import type { Schedule } from "./schedule.ts";

export const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

/** The inputs of a run, as the runner hands them over. */
export function inputsOf(schedule: Schedule, endpoint: string): Readonly<Record<string, string>> {
  const { wait, timeoutMinutes, pollIntervalSeconds, ifRunning, onCancel, pinned, namedProduct } = schedule.inputs;
  return {
    ...OFFER,
    target: schedule.target ?? "live",
    api: "productIngestion",
    token: GRAPH_TOKEN,
    endpoint,
    wait: String(wait),
    timeoutMinutes: String(timeoutMinutes),
    pollIntervalSeconds: String(pollIntervalSeconds),
    ifRunning,
    onCancel,
    operationLocation: locationOf(schedule, endpoint),
    // Both together are refused before anything is asked.
    ...(pinned === undefined || schedule.inputs.watched !== undefined
      ? {}
      : {
          submissionId: pinned.isWhole
            ? pinnedText(schedule, pinned.later)
            : numberOf(readyNth(schedule) + pinned.later),
        }),
    ...(namedProduct === undefined
      ? {}
      : { productId: namedProduct === "own" ? productGuid(schedule) : countedGuid("product", 1) }),
  };
}

function locationOf(schedule: Schedule, endpoint: string): string {
  const { watched } = schedule.inputs;
  if (watched === undefined) return "none";
  const root = `${endpoint}/rp/product-ingestion`;
  const submission = submissionText(schedule, watched.submission);
  const job = `${root}/configure/${countedGuid("job", watched.job)}/status`;
  switch (watched.as) {
    case "job":
      return job;
    case "jobOfSubmission":
      return schedule.target === "preview" ? `${job}#preview/${productGuid(schedule)}` : `${job}#${submission}`;
    case "submission":
      return `${root}/${submission}${schedule.target === "preview" ? "#preview" : ""}`;
  }
}

/** The emulator counts the products, and the submissions of all of them. */
function productGuid({ isSecondProduct }: Schedule): string {
  return countedGuid("product", isSecondProduct ? 2 : 1);
}

function numberOf(nth: number): string {
  return String(1_152_921_505_690_000_000n + 111n * BigInt(nth));
}

/** The place of the submission that stands in preview at the start, if one does: after another offer's, and a former one. */
function readyNth({ isSecondProduct, product }: Schedule): number {
  return 1 + Number(isSecondProduct) + Number(product.wasLive);
}

/** The submission that was made so many later than the one that stands in preview at the start. */
export function pinnedText(schedule: Schedule, later: number): string {
  return submissionText(schedule, readyNth(schedule) + later);
}

/** The submission at that place among the emulator's, as if it were of the offer's product. */
function submissionText(schedule: Schedule, nth: number): string {
  return `submission/${productGuid(schedule)}/${numberOf(nth)}`;
}
