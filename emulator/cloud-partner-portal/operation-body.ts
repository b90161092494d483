import type { ResolvedBehaviour } from "./behaviour.ts";
import { type Operation, isActiveAt, statusAt } from "./operation.ts";
import type { Offer } from "./offer.ts";
import { signOffAt, wordAt } from "./publish-end.ts";
import type { ErrorPlan } from "./plan.ts";
import { type StepBody, stepsAt } from "./step.ts";

/** A link as the service answers it. */
export interface LinkBody {
  readonly displayText: string;
  readonly uri: string;
}

/** One operation as the service answers it. */
export interface OperationBody {
  readonly id?: string;
  readonly status: string;
  readonly messages: readonly string[];
  readonly publishingVersion: number;
  readonly offerVersion: number;
  readonly cancellationRequestState: string;
  readonly steps: readonly StepBody[];
  readonly previewLinks: readonly LinkBody[];
  readonly liveLinks: readonly LinkBody[];
  readonly notificationEmails: string;
  readonly error?: ErrorPlan | readonly ErrorPlan[];
}

const defaultError = { code: "CertificationFailed", message: "The offer did not pass certification." };

/** The operation as `GET …/operations/{id}` answers it at that time. */
export function operationBody(
  operation: Operation,
  offer: Offer,
  nowMs: number,
  behaviour: ResolvedBehaviour,
): OperationBody {
  const status = statusAt(operation, nowMs);
  const isLive = operation.slot === "production" && status === "succeeded";
  const hasPreview = operation.slot === "production" || status === "succeeded";
  return {
    ...(behaviour.operationId === "none" ? {} : { id: operation.id }),
    status: wordAt(operation, offer, nowMs, behaviour),
    messages: [],
    publishingVersion: operation.version + 1,
    offerVersion: operation.version,
    cancellationRequestState: cancellationState(operation, nowMs),
    steps: isLive
      ? withLastStep(stepsAt(operation, nowMs), behaviour.liveStepAtEnd)
      : [...stepsAt(operation, nowMs), ...signOffAt(operation, offer, nowMs, behaviour)],
    previewLinks: hasPreview ? previewLinks(operation) : [],
    liveLinks: isLive ? liveLinks(operation) : [],
    notificationEmails: "releases@contoso.com",
    ...(status === "failed" ? errorOf(operation) : {}),
  };
}

/** The links to the offer's preview, which the publisher looks at before a go-live. */
export function previewLinks(offer: Pick<Operation, "publisherId" | "offerId">): readonly LinkBody[] {
  const { publisherId, offerId } = offer;
  return [
    {
      displayText: "Azure portal (preview)",
      uri: `https://portal.azure.com/#create/${publisherId}.${offerId}-preview`,
    },
  ];
}

/** The links to the public offer. */
export function liveLinks(offer: Pick<Operation, "publisherId" | "offerId">): readonly LinkBody[] {
  const name = `${offer.publisherId}.${offer.offerId}`;
  return [
    { displayText: "Azure Marketplace", uri: `https://azuremarketplace.microsoft.com/marketplace/apps/${name}` },
    { displayText: "Azure portal", uri: `https://portal.azure.com/#create/${name}` },
  ];
}

function errorOf({ plan: { error = defaultError } }: Operation): Pick<OperationBody, "error"> {
  return error === "none" ? {} : { error };
}

function withLastStep(steps: readonly StepBody[], status: ResolvedBehaviour["liveStepAtEnd"]): readonly StepBody[] {
  const last = steps.at(-1);
  if (status === "complete" || last === undefined) return steps;
  return [...steps.slice(0, -1), { ...last, status, progressPercentage: 0, messages: [] }];
}

function cancellationState(operation: Operation, nowMs: number): string {
  if (operation.cancel !== undefined) return statusAt(operation, nowMs) === "canceled" ? "canceled" : "requested";
  return isActiveAt(operation, nowMs) ? "canCancel" : "cannotCancel";
}
