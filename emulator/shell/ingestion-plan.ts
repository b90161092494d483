import { type ProductPlan, happenings, productStates } from "../product-ingestion/plan.ts";
import type { ProductIngestionOptions } from "../product-ingestion/product-ingestion.ts";
import { type Outcome, routes } from "../product-ingestion/vocabulary.ts";
import { parseJson } from "./behaviour-option.ts";
import { parseDuration } from "./duration.ts";
import { parseFaults } from "./fault-text.ts";
import { readOneOf } from "./fields.ts";
import { parseHappening } from "./happening-text.ts";
import { readIngestionBehaviour } from "./ingestion-options.ts";

/** The options of the Product Ingestion API that are no behaviour; they can be given to `parseArgs` as they are. */
export const ingestionPlanOptions = {
  "ingestion-port": { type: "string" },
  "ingestion-type": { type: "string", default: "azureVirtualMachine" },
  "ingestion-state": { type: "string", default: "ready" },
  "ingestion-was-live": { type: "boolean", default: false },
  "ingestion-no-draft": { type: "boolean", default: false },
  "ingestion-publish-duration": { type: "string", default: "60s" },
  "ingestion-publish-outcome": { type: "string", default: "succeeded" },
  "ingestion-errors": { type: "string" },
  "ingestion-job-says": { type: "string" },
  "ingestion-entry-says": { type: "string" },
  "ingestion-happening": { type: "string", multiple: true },
  "ingestion-fault": { type: "string", multiple: true },
} as const;

/** How a job can end. */
export const outcomes = ["succeeded", "failed", "cancelled"] as const satisfies readonly Outcome[];

/** What of the command line says how the go-live goes, whichever API it is asked of. */
export interface GoLiveWords {
  readonly offerId: string;
  readonly durationMs: number;
  readonly outcome: Outcome;
}

/** The values of {@link ingestionPlanOptions}, and of the behaviour's options. */
export interface IngestionValues extends Readonly<Record<string, unknown>> {
  readonly "ingestion-type": string;
  readonly "ingestion-state": string;
  readonly "ingestion-was-live": boolean;
  readonly "ingestion-no-draft": boolean;
  readonly "ingestion-publish-duration": string;
  readonly "ingestion-publish-outcome": string;
  readonly "ingestion-errors"?: string | undefined;
  readonly "ingestion-job-says"?: string | undefined;
  readonly "ingestion-entry-says"?: string | undefined;
  readonly "ingestion-happening"?: readonly string[] | undefined;
  readonly "ingestion-fault"?: readonly string[] | undefined;
}

/**
 * The Product Ingestion API that the given values ask for, but its port.
 * @throws UsageError when one of them cannot be used.
 */
export function readIngestion(values: IngestionValues, goLive: GoLiveWords): ProductIngestionOptions {
  return {
    products: [readProduct(values, goLive)],
    behaviour: readIngestionBehaviour(values),
    happenings: (values["ingestion-happening"] ?? []).map((text) =>
      parseHappening(text, happenings, routes, "--ingestion-happening"),
    ),
    faults: parseFaults(values["ingestion-fault"] ?? [], routes, "--ingestion-fault"),
  };
}

function readProduct(values: IngestionValues, { offerId, durationMs, outcome }: GoLiveWords): ProductPlan {
  const { "ingestion-errors": errors, "ingestion-job-says": jobSays, "ingestion-entry-says": entrySays } = values;
  return {
    offerId,
    type: values["ingestion-type"],
    state: readOneOf(values["ingestion-state"], productStates, "--ingestion-state"),
    wasLive: values["ingestion-was-live"],
    hasDraft: !values["ingestion-no-draft"],
    push: {
      durationMs,
      outcome,
      ...(errors === undefined ? {} : { errors: parseJson(errors, "--ingestion-errors") }),
      ...(jobSays === undefined ? {} : { jobSays: readOneOf(jobSays, outcomes, "--ingestion-job-says") }),
      ...(entrySays === undefined ? {} : { entrySays: readOneOf(entrySays, outcomes, "--ingestion-entry-says") }),
    },
    publish: {
      durationMs: parseDuration(values["ingestion-publish-duration"], "--ingestion-publish-duration"),
      outcome: readOneOf(values["ingestion-publish-outcome"], outcomes, "--ingestion-publish-outcome"),
    },
  };
}
