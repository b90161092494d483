import { readCenterBehaviour } from "../partner-center/behaviour-options.ts";
import type { PartnerCenterOptions } from "../partner-center/partner-center.ts";
import { type FailurePlan, type ProductPlan, happenings, productStates } from "../partner-center/plan.ts";
import { type GoLiveOutcome, routes } from "../partner-center/vocabulary.ts";
import { parseDuration } from "./duration.ts";
import { parseFaults } from "./fault-text.ts";
import { readOneOf } from "./fields.ts";
import { parseHappening } from "./happening-text.ts";

/** The options of the Partner Center submission API that are no behaviour; they can be given to `parseArgs` as they are. */
export const centerPlanOptions = {
  "center-port": { type: "string" },
  "center-type": { type: "string", default: "AzureApplication" },
  "center-state": { type: "string", default: "ready" },
  "center-was-live": { type: "boolean", default: false },
  "center-queued": { type: "string", default: "0s" },
  "center-outcome": { type: "string" },
  "center-reason": { type: "string" },
  "center-finding": { type: "string", multiple: true },
  "center-report": { type: "string", multiple: true },
  "center-happening": { type: "string", multiple: true },
  "center-fault": { type: "string", multiple: true },
} as const;

/** How a go-live can end here; the words of `--outcome` are none of these. */
export const centerOutcomes = [
  ...(["live", "failed", "failedInCertification", "canceled", "updateFailed", "ready", "absent"] as const),
] as const satisfies readonly GoLiveOutcome[];

/** How a report of the certification can read. */
export const reportStatuses = ["Pending", "Failed", "Passed", "PassedWithNotes", "Unknown"] as const;

/** What of the command line says how the go-live goes, whichever API it is asked of. */
export interface CenterGoLiveWords {
  readonly offerId: string;
  readonly durationMs: number;
  readonly outcome: "succeeded" | "failed" | "canceled";
}

/** The values of {@link centerPlanOptions}, and of the behaviour's options. */
export interface CenterValues extends Readonly<Record<string, unknown>> {
  readonly "center-type": string;
  readonly "center-state": string;
  readonly "center-was-live": boolean;
  readonly "center-queued": string;
  readonly "center-outcome"?: string | undefined;
  readonly "center-reason"?: string | undefined;
  readonly "center-finding"?: readonly string[] | undefined;
  readonly "center-report"?: readonly string[] | undefined;
  readonly "center-happening"?: readonly string[] | undefined;
  readonly "center-fault"?: readonly string[] | undefined;
}

/**
 * The Partner Center submission API that the given values ask for, but its port.
 * @throws UsageError when one of them cannot be used.
 */
export function readCenter(values: CenterValues, goLive: CenterGoLiveWords): PartnerCenterOptions {
  return {
    products: [readProduct(values, goLive)],
    behaviour: readCenterBehaviour(values),
    happenings: (values["center-happening"] ?? []).map((text) =>
      parseHappening(text, happenings, routes, "--center-happening"),
    ),
    faults: parseFaults(values["center-fault"] ?? [], routes, "--center-fault"),
  };
}

function readProduct(values: CenterValues, { offerId, durationMs, outcome }: CenterGoLiveWords): ProductPlan {
  const { "center-outcome": own } = values;
  const usual = outcome === "succeeded" ? "live" : outcome;
  return {
    offerId,
    type: values["center-type"],
    state: readOneOf(values["center-state"], productStates, "--center-state"),
    wasLive: values["center-was-live"],
    goLive: {
      durationMs,
      queuedMs: parseDuration(values["center-queued"], "--center-queued"),
      outcome: own === undefined ? usual : readOneOf(own, centerOutcomes, "--center-outcome"),
      failure: readFailure(values),
    },
  };
}

/** Why a go-live fails: a finding is `CODE=MESSAGE`. */
function readFailure(values: CenterValues): FailurePlan {
  const { "center-reason": failureReason, "center-finding": findings = [], "center-report": reports = [] } = values;
  return {
    ...(failureReason === undefined ? {} : { failureReason }),
    validations: findings.map((text) => {
      const [errorCode = "", ...message] = text.split("=");
      return { errorCode, message: message.join("=") };
    }),
    reports: reports.map((text) => ({ status: readOneOf(text, reportStatuses, "--center-report") })),
  };
}
