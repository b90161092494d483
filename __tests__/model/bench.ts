import {
  type Emulator,
  type OfferPlan,
  type OfferState,
  type OperationStatus,
  type Slot,
  startEmulator,
} from "../../emulator/emulator.ts";
import { countedGuid } from "../../emulator/wire/guid.ts";
import type { World } from "../../src/world.ts";
import { main } from "../../src/main.ts";
import { post } from "../../src/post.ts";
import { TOKEN } from "./token.ts";
import type { Bench } from "./model.ts";
import { createModelClock } from "./model-clock.ts";
import { createRecordingRunner, type RecordingRunner } from "./recording-runner.ts";
import type { Schedule } from "./schedule.ts";
import { AFTERMATH_MS, createCancel, DAY_MS, openTransport, randomFrom, settle, START_MS } from "./setting.ts";

const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;

/** What became of one run. All times in milliseconds since its start. */
export interface Trial {
  readonly exitCode: number;
  readonly runner: RecordingRunner;
  readonly tookMs: number;
  /** When the first go-live was sent, the followed operation was told, and the run was cancelled. */
  readonly sentAtMs: number | undefined;
  readonly followedAtMs: number | undefined;
  readonly cancelledAtMs: number | undefined;
  /** What was asked, by the post phase too, in order, such as `POST goLive`. */
  readonly asked: readonly string[];
  /** How many questions after an operation were not answered by it. */
  readonly unanswered: number;
  /** How many go-lives the service has accepted of this run, however late, and their ids. */
  readonly accepted: number;
  readonly acceptedIds: readonly string[];
  /** The publishes to preview that the service has accepted of this run, however late. */
  readonly publishedIds: readonly string[];
  /** How far the offer had truly come at the end of the run. */
  readonly offerState: OfferState | undefined;
  /** The operation that the run has followed; undefined when it followed none. */
  readonly followedId: string | undefined;
  /** The publishes whose previews the go-lives took. */
  readonly acceptedPreviews: readonly (string | undefined)[];
  /** The publish that alone may go live, where the inputs name one. */
  readonly pinnedId: string | undefined;
  /** The id of the operation of the kind that the run is about that ran already when it began, if there was one. */
  readonly runningId: string | undefined;
  /** The true status of the followed operation at the end; undefined when the service has no such operation. */
  readonly truth: OperationStatus | undefined;
  /** Whether the followed operation is a go-live. */
  readonly isGoLive: boolean;
  /** What the post phase of a cancelled run has let people read. */
  readonly postTexts: readonly string[];
  /** Timers that the action has left behind. */
  readonly sleepers: number;
}

/** What an offer does while one of the kind that a run is about runs already. */
const KINDS = {
  live: { running: "goingLive", slot: "production" },
  preview: { running: "publishing", slot: "staging" },
} as const;

/** A bench with one emulator for all its runs. */
export async function openBench(): Promise<Bench<Schedule, Trial>> {
  const emulator = await startEmulator();
  return { run: (schedule) => runSchedule(schedule, emulator), close: () => emulator.close() };
}

async function runSchedule(schedule: Schedule, emulator: Emulator): Promise<Trial> {
  const clock = createModelClock(START_MS, 30 * DAY_MS);
  const cancel = createCancel(schedule.cut, clock);
  const offer: OfferPlan = { ...OFFER, ...schedule.offer };
  const kind = KINDS[schedule.target ?? "live"];
  let decisions = 0;
  emulator.reset({
    clock: clock.service,
    tokens: { [TOKEN]: {} },
    offers: [offer],
    behaviour: schedule.behaviour,
    faults: schedule.faults,
    onAnswer: () => cancel.passes("decision", (decisions += 1)),
  });
  const times: { sentAtMs?: number; followedAtMs?: number } = {};
  const elapsedMs = (): number => clock.now() - START_MS;
  const runner = createRecordingRunner(inputsOf(schedule, emulator.url), schedule.hasBrokenSummary, (name) => {
    if (name === "operationLocation") times.followedAtMs = elapsedMs();
  });
  const world = {
    runner,
    environment: {},
    clock: clock.action,
    random: randomFrom(schedule.chance),
    signal: cancel.signal,
    openTransport: openTransport(clock, cancel, {
      sending: ({ url }) => {
        if (/\/(golive|publish)$/.test(url.pathname)) times.sentAtMs ??= elapsedMs();
      },
    }),
  } satisfies World;
  const exitCode = await Promise.race([main(world), clock.hang]);
  const tookMs = elapsedMs();
  await settle();
  // A request that was given up takes its timer along a few turns later.
  const { sleepers } = clock;
  const followedId = trueIdOf(runner.outputs["operationId"] ?? "", offer, kind.slot, emulator);
  const truth = truthOf(followedId, emulator);
  const offerState = emulator.offerState(OFFER.publisherId, OFFER.offerId);
  const postTexts = cancel.atMs() === undefined ? [] : await runPost(schedule, emulator, world);
  const asked = emulator.requests.map(({ method, route }) => `${method} ${route}`);
  clock.skip(AFTERMATH_MS);
  return {
    exitCode,
    runner,
    tookMs,
    sentAtMs: times.sentAtMs,
    followedAtMs: times.followedAtMs,
    cancelledAtMs: cancel.atMs(),
    asked,
    unanswered: emulator.requests.filter(
      ({ route, answer, fault }) => route === "operation" && (answer !== 200 || fault !== undefined),
    ).length,
    accepted: emulator.goLives.length,
    acceptedIds: emulator.goLives.map(({ id }) => id),
    publishedIds: emulator.publishes.map(({ id }) => id),
    offerState,
    followedId,
    runningId: offer.state === kind.running ? nthId(schedule.offer.history.length + 1) : undefined,
    acceptedPreviews: emulator.goLives.map(({ submissionId }) => submissionId),
    pinnedId: schedule.inputs.pin === undefined ? undefined : nthId(schedule.inputs.pin),
    truth,
    isGoLive: followedId !== undefined && isGoLive(followedId, offer),
    postTexts,
    sleepers,
  };
}

/** The post phase of a run that was cancelled; what it has let people read. */
async function runPost(schedule: Schedule, emulator: Emulator, world: World & { runner: RecordingRunner }) {
  const inputs = inputsOf(schedule, emulator.url);
  const runner = createRecordingRunner(inputs, false, () => {}, world.runner.states);
  await post({ ...world, runner, signal: new AbortController().signal });
  await settle();
  return runner.texts;
}

function inputsOf({ inputs, target }: Schedule, endpoint: string): Readonly<Record<string, string>> {
  const { wait, timeoutMinutes, pollIntervalSeconds, ifRunning, onCancel, watched, pin } = inputs;
  return {
    ...OFFER,
    target: target ?? "live",
    token: TOKEN,
    endpoint,
    wait: String(wait),
    timeoutMinutes: String(timeoutMinutes),
    pollIntervalSeconds: String(pollIntervalSeconds),
    ifRunning,
    onCancel,
    ...(pin === undefined ? {} : { submissionId: nthId(pin) }),
    operationLocation: watched === undefined ? "none" : locationOf(watched),
  };
}

function locationOf(watched: number | "shared"): string {
  const { publisherId, offerId } = OFFER;
  return watched === "shared"
    ? `/api/operations/${publisherId}$${offerId}$2$preview`
    : `/api/publishers/${publisherId}/offers/${offerId}/operations/${nthId(watched)}`;
}

/** The emulator counts the operations of the history, then one that runs, then those that are started. */
export function nthId(count: number): string {
  return countedGuid("operation", count);
}

/** The operation that an id means; the address of an offer that was not migrated means its newest one of that kind. */
function trueIdOf(id: string, offer: OfferPlan, slot: Slot, emulator: Emulator): string | undefined {
  if (!id.includes("$")) return id.toLowerCase();
  const before = slotsOf(offer).lastIndexOf(slot);
  return (
    emulator.publishes.at(-1)?.id ?? emulator.goLives.at(-1)?.id ?? (before === -1 ? undefined : nthId(before + 1))
  );
}

/** Whether an operation is a go-live: what is started is one, and of what was there the plan tells. */
function isGoLive(id: string, offer: OfferPlan): boolean {
  return slotsOf(offer).every((slot, index) => slot === "production" || nthId(index + 1) !== id);
}

/** The slots of the operations that are there at the start, in the order of their ids. */
export function slotsOf({ state, history = [] }: Pick<OfferPlan, "state" | "history">): readonly Slot[] {
  const running = { goingLive: ["production"], publishing: ["staging"] } as const;
  const isRunning = state === "goingLive" || state === "publishing";
  return [...history.map(({ slot }) => slot), ...(isRunning ? running[state] : [])];
}

function truthOf(id: string | undefined, emulator: Emulator): OperationStatus | undefined {
  try {
    return id === undefined ? undefined : emulator.operationStatus(id);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
