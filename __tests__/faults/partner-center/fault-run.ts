import { startEmulator } from "../../../emulator/emulator.ts";
import { startPartnerCenter } from "../../../emulator/partner-center/partner-center.ts";
import type { GoLivePlan } from "../../../emulator/partner-center/plan.ts";
import type { Stage } from "../../../emulator/partner-center/vocabulary.ts";
import type { StepPlan } from "../../../emulator/step/runner.ts";
import type { OperationStatus } from "../../../src/marketplace/operation.ts";
import { createFastClock } from "../../harness/fast-clock.ts";
import { checkRequests } from "../../harness/leak-check.ts";
import { endStep } from "../../harness/scenario.ts";
import { CENTER_TOKEN } from "../../partner-center/center-scenario.ts";
import { type FaultResult, hitOf, pauseBeforeSecond } from "../fault-hit.ts";
import type { CenterRequest, CenterRun } from "./fault-table.ts";

const FOR_EVER = { durationMs: Infinity } as const;
/** A go-live that is watched has ended by the first question; the others never end. */
const GO_LIVES = {
  products: FOR_EVER,
  submissions: FOR_EVER,
  promote: FOR_EVER,
  submission: { durationMs: 0 },
} as const satisfies Record<CenterRequest, GoLivePlan>;

/**
 * Runs the committed bundle through one case, with a service and another origin of its own.
 * @throws Error when the token can be read where it should not, or when a DELETE was sent.
 */
export async function runCenterFault(run: CenterRun): Promise<FaultResult> {
  const { timeFactor, request } = run;
  const clock = createFastClock(timeFactor);
  const service = await startPartnerCenter({
    tokens: { [CENTER_TOKEN]: {} },
    clock,
    products: [{ offerId: "contoso-app", goLive: GO_LIVES[request], ...run.product }, ...(run.others ?? [])],
    happenings: run.happenings ?? [],
    // A service that takes every promote: only the action itself keeps a second one from being sent.
    behaviour: { secondPromote: "accepted", ...run.behaviour },
  });
  const elsewhere = await startEmulator();
  try {
    service.setFaults([...hitOf(run, request, { elsewhere: elsewhere.url, clock }), ...(run.more ?? [])]);
    const startMs = Date.now();
    const step = await endStep({ with: inputs(run, service.url), timeFactor });
    checkRequests(service.requests, [CENTER_TOKEN]);
    if (service.deletes().length > 0) throw new Error("A DELETE was sent.");
    const promotes = service.promotes();
    return {
      step,
      sent: service.requests.map(({ method, route }) => `${method} ${route}`),
      sentElsewhere: elsewhere.requests.length,
      accepted: promotes.length,
      truth: promotes[0] && statusOf(service.stageOf(promotes[0].submissionId)),
      tookMs: (Date.now() - startMs) * timeFactor,
      pauseMs: pauseBeforeSecond(service.requests, request),
    };
  } finally {
    await Promise.all([service.close(), elsewhere.close()]);
  }
}

function inputs({ request, productId, timeoutMinutes = 1 }: CenterRun, endpoint: string): StepPlan["with"] {
  return {
    publisherId: "contoso",
    offerId: "contoso-app",
    api: "partnerCenter",
    token: CENTER_TOKEN,
    endpoint,
    ...(productId === undefined ? {} : { productId }),
    wait: String(request === "submission"),
    timeoutMinutes: String(timeoutMinutes),
  };
}

/** Where a submission stands that was promoted, in this action's words. */
function statusOf(stage: Stage): OperationStatus {
  switch (stage) {
    case "live":
      return "succeeded";
    case "canceled":
      return "canceled";
    case "ready":
    case "absent":
    case "invalid":
    case "failed":
    case "failedInCertification":
    case "updateFailed":
      return "failed";
    case "assembling":
    case "submitted":
    case "updating":
    case "publishing":
    case "published":
      return "running";
  }
}
