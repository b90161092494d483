import { startEmulator } from "../../../emulator/emulator.ts";
import type { JobPlan } from "../../../emulator/product-ingestion/plan.ts";
import { type ProductIngestion, startProductIngestion } from "../../../emulator/product-ingestion/product-ingestion.ts";
import type { JobState } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { StepPlan } from "../../../emulator/step/runner.ts";
import type { EmulatorClock } from "../../../emulator/wire/clock.ts";
import type { OperationStatus } from "../../../src/marketplace/operation.ts";
import { createFastClock } from "../../harness/fast-clock.ts";
import { checkRequests } from "../../harness/leak-check.ts";
import { endStep } from "../../harness/scenario.ts";
import { FIRST, GRAPH_TOKEN, PRODUCT, STRICT } from "../../product-ingestion/ingestion-scenario.ts";
import { type FaultResult, hitOf, pauseBeforeSecond } from "../fault-hit.ts";
import type { IngestionRequest, IngestionRun } from "./fault-table.ts";

const FOR_EVER = { durationMs: Infinity } as const;
/** A push whose job is watched has ended by the first question; the others never end. */
const PUSHES = {
  product: FOR_EVER,
  submissions: FOR_EVER,
  configure: FOR_EVER,
  job: { durationMs: 0 },
  cancel: FOR_EVER,
} as const satisfies Record<IngestionRequest, JobPlan>;

interface Servers {
  readonly service: ProductIngestion;
  readonly elsewhere: { readonly url: string; readonly requests: readonly unknown[] };
  readonly clock: EmulatorClock;
}

/**
 * Runs the committed bundle through one case, with a service and another origin of its own.
 * @throws Error when the token can be read where it should not.
 */
export async function runIngestionFault(run: IngestionRun): Promise<FaultResult> {
  const clock = createFastClock(run.timeFactor);
  const service = await startProductIngestion({
    tokens: { [GRAPH_TOKEN]: {} },
    clock,
    products: [{ offerId: "contoso-vm", push: PUSHES[run.request], ...run.product }],
    happenings: run.happenings ?? [],
    // A service that takes every push: only the action itself keeps a second one from being started.
    behaviour: { ...STRICT, secondPush: "accepted", ...run.behaviour },
  });
  const elsewhere = await startEmulator();
  try {
    return await runBetween(run, { service, elsewhere, clock });
  } finally {
    await Promise.all([service.close(), elsewhere.close()]);
  }
}

async function runBetween(run: IngestionRun, { service, elsewhere, clock }: Servers): Promise<FaultResult> {
  const { timeFactor, request } = run;
  const state = request === "cancel" ? await leaveBehind(run, service) : {};
  const before = service.requests.length;
  const startMs = Date.now();
  service.setFaults([...hitOf(run, request, { elsewhere: elsewhere.url, clock }), ...(run.more ?? [])]);
  const step = await endStep({ with: inputs(run, service), timeFactor, ...state });
  const tookMs = (Date.now() - startMs) * timeFactor;
  const requests = service.requests.slice(before);
  checkRequests(requests, [GRAPH_TOKEN]);
  const [push] = service.pushes();
  return {
    step,
    sent: requests.map(({ method, route }) => `${method} ${route}`),
    sentElsewhere: elsewhere.requests.length,
    accepted: service.pushes().length,
    truth: push === undefined ? undefined : statusOf(service.jobState(push.jobId)),
    tookMs,
    pauseMs: pauseBeforeSecond(requests, request),
  };
}

function inputs(
  { request, submissionId, timeoutMinutes = 1 }: IngestionRun,
  { url }: ProductIngestion,
): StepPlan["with"] {
  return {
    publisherId: "contoso",
    offerId: "contoso-vm",
    api: "productIngestion",
    token: GRAPH_TOKEN,
    endpoint: url,
    ...(submissionId === undefined ? {} : { submissionId }),
    wait: String(request === "job"),
    timeoutMinutes: String(timeoutMinutes),
    onCancel: "cancel",
  };
}

/** Starts a push, and returns the state that a main phase leaves when it is killed while it waits. */
async function leaveBehind(
  { isJobUnknown }: IngestionRun,
  { endpoint, pushes }: ProductIngestion,
): Promise<Pick<StepPlan, "state">> {
  const schemas = "https://schema.mp.microsoft.com/schema";
  const version = "2022-03-01-preview2";
  const resource = {
    $schema: `${schemas}/submission/${version}`,
    id: FIRST,
    product: `product/${PRODUCT}`,
    target: { targetType: "live" },
  };
  await fetch(`${endpoint}/configure?$version=${version}`, {
    method: "POST",
    headers: { authorization: `Bearer ${GRAPH_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ $schema: `${schemas}/configure/${version}`, resources: [resource] }),
  });
  const place = isJobUnknown === true ? FIRST : `configure/${pushes()[0]?.jobId}/status#${FIRST}`;
  return { state: { phase: "main", sent: "true", origin: "started", operationLocation: `${endpoint}/${place}` } };
}

/** The state of a job in this action's words. */
function statusOf(state: JobState): OperationStatus {
  return state === "cancelled" ? "canceled" : state;
}
