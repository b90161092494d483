import {
  type ProductIngestion,
  type ProductIngestionOptions,
  startProductIngestion,
} from "../../../emulator/product-ingestion/product-ingestion.ts";
import type { AcceptedJob, ProductPlan } from "../../../emulator/product-ingestion/plan.ts";
import type { JobState, Route } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { RecordedRequest } from "../../../emulator/wire/journal.ts";
import { countedGuid } from "../../../emulator/wire/guid.ts";
import { main } from "../../../src/main.ts";
import { post } from "../../../src/post.ts";
import type { World } from "../../../src/world.ts";
import type { Bench, ModelTrial } from "../model.ts";
import { createModelClock, type ModelClock } from "../model-clock.ts";
import { createRecordingRunner, type RecordingRunner } from "../recording-runner.ts";
import { AFTERMATH_MS, createCancel, DAY_MS, openTransport, randomFrom, settle, START_MS } from "../setting.ts";
import { GRAPH_TOKEN } from "../token.ts";
import { createSightings, type Sighting } from "./sighting.ts";
import type { Schedule } from "./schedule.ts";

export const OFFER = { publisherId: "contoso", offerId: "contoso-vm" } as const;
const OTHER_OFFER = "contoso-other";
/** By it the emulator's journal tells the runs apart. */
const RUN_HEADER = "x-run";

/** What became of one run. All times in milliseconds since the first began. */
export interface RunTrial {
  readonly runner: RecordingRunner;
  readonly exitCode: number;
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly sentAtMs: number | undefined;
  readonly followedAtMs: number | undefined;
  readonly cancelledAtMs: number | undefined;
  /** What the service got of it, by its post phase too. */
  readonly requests: readonly RecordedRequest<Route>[];
  /** What the last look before the first sending had shown. */
  readonly lookedAt: Sighting;
  /** What its location names. */
  readonly place: Place;
  /** Whether the submission there has truly gone live, and how the job there truly is. */
  readonly isLive: boolean;
  readonly jobState: JobState | undefined;
  /** The pushes that the service has accepted of it, however late; of two runs at once perhaps the other's. */
  readonly accepted: readonly AcceptedJob[];
  /** What the post phase of a cancelled run has let people read. */
  readonly postTexts: readonly string[];
}

/** What a location of this API's names. */
export interface Place {
  readonly jobId: string | undefined;
  readonly submission: string | undefined;
}

/** What became of one run, or of two at once; as a whole it is told as the first. */
export interface Trial extends ModelTrial {
  readonly runs: readonly RunTrial[];
  /** All pushes and publishes of ours that the service has accepted, however late. */
  readonly pushes: readonly AcceptedJob[];
  readonly publishes: number;
  /** How the jobs of the pushes truly are at the end, and when that was. */
  readonly endedBefore: (one: AcceptedJob, other: AcceptedJob) => boolean;
  /** Timers that the action has left behind. */
  readonly sleepers: number;
}

/** A bench with one emulator for all its runs. */
export async function openBench(): Promise<Bench<Schedule, Trial>> {
  const emulator = await startProductIngestion();
  return { run: (schedule) => runSchedule(schedule, emulator), close: () => emulator.close() };
}

/** A run that has ended, before anybody has looked what was true. */
interface Ended extends Omit<RunTrial, "requests" | "accepted" | "isLive" | "postTexts" | "cancelledAtMs"> {
  readonly nth: number;
  readonly wasLive: boolean;
  readonly world: World & { readonly runner: RecordingRunner };
  readonly cancelledAtMs: () => number | undefined;
}

async function runSchedule(schedule: Schedule, emulator: ProductIngestion): Promise<Trial> {
  const clock = createModelClock(START_MS, 30 * DAY_MS);
  const cancel = createCancel(schedule.cut, clock);
  let decisions = 0;
  emulator.reset(optionsOf(schedule, clock, () => cancel.passes("decision", (decisions += 1))));
  const never = createCancel(undefined, clock);
  const begin = (nth: number, of: typeof cancel): Promise<Ended> => runOnce(nth, schedule, emulator, clock, of);
  const { secondAfterMs } = schedule;
  const second = async (afterMs: number): Promise<Ended> => {
    await clock.action.sleep(afterMs);
    return begin(2, never);
  };
  const begun = [begin(1, cancel), ...(secondAfterMs === undefined ? [] : [second(secondAfterMs)])];
  const ended = await Promise.race([Promise.all(begun), clock.hang]);
  await settle();
  // A request that was given up takes its timer along a few turns later.
  const { sleepers } = clock;
  const postTexts = await Promise.all(ended.map((run) => runPost(run, schedule, emulator)));
  const asked = emulator.requests.map(({ method, route }) => `${method} ${route}`);
  const { requests } = emulator;
  clock.skip(AFTERMATH_MS);
  clock.skip(Math.max(0, ...schedule.faults.map(({ carriedOutAfterMs = 0 }) => carriedOutAfterMs)));
  const pushes = emulator.pushes();
  const runs = ended.map((run, index): RunTrial => {
    const own = requests.filter(({ headers }) => headers[RUN_HEADER] === String(run.nth));
    const { submission } = run.place;
    return {
      ...run,
      requests: own,
      isLive: run.wasLive || (showsEarly(schedule) && submission !== undefined && emulator.hasGoneLive(submission)),
      accepted: pushes.filter((push) => isOf(push, own, schedule)),
      postTexts: postTexts[index] ?? [],
      cancelledAtMs: run.cancelledAtMs(),
    };
  });
  const [first] = ended;
  if (first === undefined) throw new Error("no run at all");
  return {
    runner: first.runner,
    asked,
    runs,
    pushes,
    publishes: emulator.publishes().length,
    endedBefore: (one, other) => endedBefore(one, other, schedule, emulator),
    sleepers,
  };
}

function optionsOf(schedule: Schedule, clock: ModelClock, onAnswer: () => void): ProductIngestionOptions {
  const { behaviour, faults, happenings } = schedule;
  const own: ProductPlan = { offerId: OFFER.offerId, ...schedule.product };
  const other: ProductPlan = { offerId: OTHER_OFFER, state: "ready" };
  const products = schedule.isSecondProduct ? [other, own] : [own, other];
  return { clock: clock.service, tokens: { [GRAPH_TOKEN]: {} }, products, behaviour, faults, happenings, onAnswer };
}

async function runOnce(
  nth: number,
  schedule: Schedule,
  emulator: ProductIngestion,
  clock: ModelClock,
  cancel: ReturnType<typeof createCancel>,
): Promise<Ended> {
  const elapsedMs = (): number => clock.now() - START_MS;
  const beganAtMs = elapsedMs();
  const times: { sentAtMs?: number; followedAtMs?: number } = {};
  const sightings = createSightings();
  let lookedAt = sightings.last();
  const inputs = inputsOf(schedule, emulator.url);
  const runner = createRecordingRunner(inputs, schedule.hasBrokenSummary, (name) => {
    if (name === "operationLocation") times.followedAtMs ??= elapsedMs();
  });
  const world = {
    runner,
    environment: {},
    clock: clock.action,
    random: randomFrom(schedule.chance + nth),
    signal: cancel.signal,
    openTransport: openTransport(clock, cancel, {
      headers: { [RUN_HEADER]: String(nth) },
      sending({ method, url }) {
        if (times.sentAtMs !== undefined || method !== "POST" || !url.pathname.endsWith("/configure")) return;
        times.sentAtMs = elapsedMs();
        lookedAt = sightings.last();
      },
      answered: sightings.see,
    }),
  } satisfies World;
  const exitCode = await main(world);
  const place = placeOf(runner.outputs["operationLocation"]);
  return {
    nth,
    world,
    runner,
    exitCode,
    beganAtMs,
    endedAtMs: elapsedMs(),
    sentAtMs: times.sentAtMs,
    followedAtMs: times.followedAtMs,
    cancelledAtMs: cancel.atMs,
    lookedAt,
    place,
    wasLive: place.submission !== undefined && emulator.hasGoneLive(place.submission),
    jobState: place.jobId === undefined ? undefined : stateOf(place.jobId, emulator),
  };
}

/** The post phase of a run that was cancelled; what it has let people read. */
async function runPost({ world, cancelledAtMs }: Ended, schedule: Schedule, { url }: ProductIngestion) {
  if (cancelledAtMs() === undefined) return [];
  const runner = createRecordingRunner(inputsOf(schedule, url), false, () => {}, world.runner.states);
  await post({ ...world, runner, signal: new AbortController().signal });
  await settle();
  return runner.texts;
}

function inputsOf(schedule: Schedule, endpoint: string): Readonly<Record<string, string>> {
  const { wait, timeoutMinutes, pollIntervalSeconds, ifRunning, onCancel, pinned, namesProduct } = schedule.inputs;
  return {
    ...OFFER,
    api: "productIngestion",
    token: GRAPH_TOKEN,
    endpoint,
    wait: String(wait),
    timeoutMinutes: String(timeoutMinutes),
    pollIntervalSeconds: String(pollIntervalSeconds),
    ifRunning,
    onCancel,
    operationLocation: locationOf(schedule, endpoint),
    ...(pinned === undefined
      ? {}
      : {
          submissionId: pinned.isWhole
            ? pinnedText(schedule, pinned.later)
            : numberOf(readyNth(schedule) + pinned.later),
        }),
    ...(namesProduct ? { productId: productGuid(schedule) } : {}),
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
      return `${job}#${submission}`;
    case "submission":
      return `${root}/${submission}`;
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

function placeOf(location: string | undefined): Place {
  const [, jobId] = /\/configure\/([^/?#]+)\/status/.exec(location ?? "") ?? [];
  const [submission] = /submission\/[0-9a-f-]{36}\/\d+/i.exec(location ?? "") ?? [];
  return { jobId: jobId?.toLowerCase(), submission: submission?.toLowerCase() };
}

function stateOf(jobId: string, emulator: ProductIngestion): JobState | undefined {
  try {
    return emulator.jobState(jobId);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether submissions show the end of a push before it has truly come. */
function showsEarly({ behaviour }: Schedule): boolean {
  return (behaviour.endShowsMs ?? 0) < 0;
}

/** Whether a push may have come of one of these requests. */
function isOf({ atMs }: AcceptedJob, requests: readonly RecordedRequest<Route>[], schedule: Schedule): boolean {
  const { clockOffsetMs = 0 } = schedule.behaviour;
  const delaysMs = [0, ...schedule.faults.map(({ carriedOutAfterMs = 0 }) => carriedOutAfterMs)];
  return requests.some(
    (request) =>
      request.route === "configure" &&
      delaysMs.some((delayMs) => Math.abs(request.atMs + clockOffsetMs + delayMs - atMs) < 0.05),
  );
}

/** Whether a push had truly ended, without having gone live for good, when the other was accepted. */
function endedBefore(
  one: AcceptedJob,
  other: AcceptedJob,
  { product, behaviour }: Schedule,
  emulator: ProductIngestion,
) {
  const state = emulator.jobState(one.jobId);
  // It may have been cancelled before its time.
  const plannedMs = state === "cancelled" ? 0 : (behaviour.notStartedMs ?? 0) + (product.push.durationMs ?? 0);
  const isNew = one.submissionId !== other.submissionId || state !== "succeeded";
  return ["succeeded", "failed", "cancelled"].includes(state) && one.atMs + plannedMs <= other.atMs && isNew;
}
