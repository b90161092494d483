import {
  type Emulator,
  type Fault,
  type OperationPlan,
  type RecordedRequest,
  startEmulator,
} from "../../emulator/emulator.ts";
import type { StepPlan, StepResult } from "../../emulator/runner.ts";
import type { OperationStatus } from "../../src/operation.ts";
import { checkRequests } from "../harness/leak-check.ts";
import { endStep, TOKEN } from "../harness/scenario.ts";
import type { FaultedRequest, FaultRun } from "./fault-table.ts";

/** What a case came to. */
export interface FaultResult {
  readonly step: StepResult;
  /** In the notation of the table. */
  readonly sent: string;
  /** How many requests reached the other origin. */
  readonly sentElsewhere: number;
  readonly accepted: number;
  readonly truth: OperationStatus | undefined;
  /** How long the step took, on its own clock. */
  readonly tookMs: number;
  /** The pause before the second request of the kind that was hit, on the step's clock. */
  readonly pauseMs: number | undefined;
}

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const ROUTES = { look: "list", start: "goLive", poll: "operation", cancel: "cancel" } as const satisfies Record<
  FaultedRequest,
  Fault["on"]
>;
/** A go-live that is watched has ended by the first question; the others never end. */
const GO_LIVES = {
  look: { durationMs: Infinity },
  start: { durationMs: Infinity },
  poll: { durationMs: 0 },
  cancel: { durationMs: Infinity },
} as const satisfies Record<FaultedRequest, OperationPlan>;

/**
 * Runs the committed bundle through one case, with an emulator and another origin of its own.
 * @throws Error when the token can be read where it should not.
 */
export async function runFault(run: FaultRun): Promise<FaultResult> {
  const emulator = await startEmulator({
    tokens: { [TOKEN]: {} },
    offers: [{ ...OFFER, goLive: GO_LIVES[run.request] }],
    // A service that takes every go-live: only the action itself keeps a second one from being started.
    behaviour: { secondGoLive: "accepted", cancelMs: 0 },
  });
  const elsewhere = await startEmulator();
  try {
    return await runBetween(run, emulator, elsewhere);
  } finally {
    await Promise.all([emulator.close(), elsewhere.close()]);
  }
}

/** A date has no milliseconds: rounded up, so that the pause is not too short. */
function dateIn(durationMs: number): string {
  return new Date(Math.ceil((Date.now() + durationMs) / 1_000) * 1_000).toUTCString();
}

async function runBetween(run: FaultRun, emulator: Emulator, elsewhere: Emulator): Promise<FaultResult> {
  const { timeFactor } = run;
  const state = run.request === "cancel" ? await startBeforehand(emulator) : {};
  const before = emulator.requests.length;
  const startMs = Date.now();
  emulator.setFaults([
    {
      on: ROUTES[run.request],
      ...(run.times === "once" ? { nth: 1 } : {}),
      ...(run.isCarriedOut === undefined ? {} : { carriedOut: run.isCarriedOut }),
      act: run.act({ elsewhere: elsewhere.url, dateIn }),
    },
  ]);
  const step = await endStep({ with: inputs(run, emulator), timeFactor, ...state });
  const tookMs = (Date.now() - startMs) * timeFactor;
  const requests = emulator.requests.slice(before);
  checkRequests(requests, [TOKEN]);
  const [goLive] = emulator.goLives;
  return {
    step,
    sent: notation(requests),
    sentElsewhere: elsewhere.requests.length,
    accepted: emulator.goLives.length,
    truth: goLive === undefined ? undefined : emulator.operationStatus(goLive.id),
    tookMs,
    pauseMs: pauseBeforeSecond(requests, ROUTES[run.request], timeFactor),
  };
}

function inputs({ request, timeoutMinutes = 1 }: FaultRun, emulator: Emulator): StepPlan["with"] {
  return {
    ...OFFER,
    token: TOKEN,
    endpoint: emulator.url,
    wait: String(request === "poll"),
    timeoutMinutes: String(timeoutMinutes),
    onCancel: "cancel",
  };
}

/** Starts a go-live and returns the state that a main phase leaves when it is killed while it waits. */
async function startBeforehand({ url }: Emulator): Promise<Pick<StepPlan, "state">> {
  const answer = await fetch(
    `${url}/api/publishers/${OFFER.publisherId}/offers/${OFFER.offerId}/golive?api-version=2017-10-31`,
    { method: "POST", headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" } },
  );
  const location = new URL(answer.headers.get("location") ?? "", url);
  return { state: { phase: "main", sent: "true", origin: "started", operationLocation: location.href } };
}

/** `GET list ×2, POST goLive`: in order, repeated ones counted. */
function notation(requests: readonly RecordedRequest[]): string {
  const runs: { readonly name: string; count: number }[] = [];
  for (const { method, route } of requests) {
    const [name, last] = [`${method} ${route}`, runs.at(-1)];
    if (last?.name === name) last.count += 1;
    else runs.push({ name, count: 1 });
  }
  return runs.map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`)).join(", ");
}

function pauseBeforeSecond(
  requests: readonly RecordedRequest[],
  route: Fault["on"],
  timeFactor: number,
): number | undefined {
  const second = requests.filter((request) => request.route === route)[1];
  if (second === undefined) return undefined;
  const previous = requests[requests.indexOf(second) - 1];
  return previous === undefined ? undefined : (second.atMs - previous.atMs) * timeFactor;
}
