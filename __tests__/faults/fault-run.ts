import {
  type Emulator,
  type EmulatorClock,
  type Fault,
  type OperationPlan,
  startEmulator,
} from "../../emulator/emulator.ts";
import type { StepPlan } from "../../emulator/step/runner.ts";
import { createFastClock } from "../harness/fast-clock.ts";
import { checkRequests } from "../harness/leak-check.ts";
import { endStep, TOKEN } from "../harness/scenario.ts";
import { type FaultResult, hitOf, pauseBeforeSecond } from "./fault-hit.ts";
import type { FaultedRequest, FaultRun } from "./fault-table.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const ROUTES = {
  look: "list",
  start: "goLive",
  poll: "operation",
  end: "operation",
  glance: "operation",
  cancel: "cancel",
} as const satisfies Record<FaultedRequest, Fault["on"]>;
/** A go-live that is watched has ended by the first question; the others never end. */
const GO_LIVES = {
  look: { durationMs: Infinity },
  start: { durationMs: Infinity },
  poll: { durationMs: 0 },
  end: { durationMs: 0 },
  glance: { durationMs: Infinity },
  cancel: { durationMs: Infinity },
} as const satisfies Record<FaultedRequest, OperationPlan>;

/**
 * Runs the committed bundle through one case, with an emulator and another origin of its own.
 * @throws Error when the token can be read where it should not.
 */
export async function runFault(run: FaultRun): Promise<FaultResult> {
  const { history, state } = run;
  // How old an entry of the list is must mean the same to the service and to the step.
  const clock = createFastClock(run.timeFactor);
  const emulator = await startEmulator({
    tokens: { [TOKEN]: {} },
    clock,
    offers: [
      {
        ...OFFER,
        goLive: run.goLive ?? GO_LIVES[run.request],
        ...(history === undefined ? {} : { history }),
        ...(state === undefined ? {} : { state }),
      },
    ],
    // A service that takes every go-live: only the action itself keeps a second one from being started.
    behaviour: { secondGoLive: "accepted", cancelMs: 0, ...run.behaviour },
  });
  const elsewhere = await startEmulator();
  try {
    return await runBetween(run, { emulator, elsewhere, clock });
  } finally {
    await Promise.all([emulator.close(), elsewhere.close()]);
  }
}

interface Servers {
  readonly emulator: Emulator;
  readonly elsewhere: Emulator;
  readonly clock: EmulatorClock;
}

async function runBetween(run: FaultRun, { emulator, elsewhere, clock }: Servers): Promise<FaultResult> {
  const { timeFactor } = run;
  const isBegun = run.request === "cancel" || run.request === "glance" || run.isBegun === true;
  const location = isBegun ? await startBeforehand(emulator) : "";
  const before = emulator.requests.length;
  const startMs = Date.now();
  const hit = hitOf(run, ROUTES[run.request], { elsewhere: elsewhere.url, clock });
  emulator.setFaults([...hit, ...(run.more ?? [])]);
  const step = await endStep({ with: inputs(run, emulator, location), timeFactor, ...stateOf(run, location) });
  const tookMs = (Date.now() - startMs) * timeFactor;
  const requests = emulator.requests.slice(before);
  checkRequests(requests, [TOKEN]);
  const [goLive] = emulator.goLives;
  return {
    step,
    sent: requests.map(({ method, route }) => `${method} ${route}`),
    sentElsewhere: elsewhere.requests.length,
    accepted: emulator.goLives.length,
    truth: goLive === undefined ? undefined : emulator.operationStatus(goLive.id),
    tookMs,
    pauseMs: pauseBeforeSecond(requests, ROUTES[run.request]),
  };
}

function inputs({ request, timeoutMinutes = 1 }: FaultRun, emulator: Emulator, location: string): StepPlan["with"] {
  return {
    ...OFFER,
    token: TOKEN,
    endpoint: emulator.url,
    wait: String(request === "poll" || request === "end"),
    ...(request === "glance" ? { operationLocation: location } : {}),
    timeoutMinutes: String(timeoutMinutes),
    onCancel: "cancel",
  };
}

/** The state that a main phase leaves when it is killed while it waits; the post phase reads it. */
function stateOf({ request }: FaultRun, location: string): Pick<StepPlan, "state"> {
  return request === "cancel"
    ? { state: { phase: "main", sent: "true", origin: "started", operationLocation: location } }
    : {};
}

/** Starts a go-live and returns where it is. */
async function startBeforehand({ url }: Emulator): Promise<string> {
  const answer = await fetch(
    `${url}/api/publishers/${OFFER.publisherId}/offers/${OFFER.offerId}/golive?api-version=2017-10-31`,
    { method: "POST", headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" } },
  );
  const location = new URL(answer.headers.get("location") ?? "", url);
  return location.href;
}
