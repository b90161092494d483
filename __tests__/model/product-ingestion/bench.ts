import {
  type ProductIngestion,
  type ProductIngestionOptions,
  startProductIngestion,
} from "../../../emulator/product-ingestion/product-ingestion.ts";
import type { AcceptedJob, ProductPlan } from "../../../emulator/product-ingestion/plan.ts";
import type { JobState, Route } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { RecordedRequest } from "../../../emulator/wire/journal.ts";
import { main } from "../../../src/main.ts";
import { post } from "../../../src/post.ts";
import type { World } from "../../../src/world.ts";
import type { Bench, ModelTrial } from "../model.ts";
import { createModelClock, type ModelClock } from "../model-clock.ts";
import { createRecordingRunner, type RecordingRunner } from "../recording-runner.ts";
import { AFTERMATH_MS, createCancel, DAY_MS, openTransport, randomFrom, settle, START_MS } from "../setting.ts";
import { GRAPH_TOKEN } from "../token.ts";
import { inputsOf, OFFER } from "./run-inputs.ts";
import { createSightings, type Sighting } from "./sighting.ts";
import type { Schedule } from "./schedule.ts";
import { endedBefore, isOf, type Place, placeOf, showsEarly, stateOf } from "./what-is-true.ts";

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
  /** Whether the preview that it names has truly been made, and whether it stood there at the end of the run. */
  readonly isMade: boolean;
  readonly isNewest: boolean;
  /** The pushes that the service has accepted of it, however late; of two runs at once perhaps the other's. */
  readonly accepted: readonly AcceptedJob[];
  /** What the post phase of a cancelled run has let people read. */
  readonly postTexts: readonly string[];
}

/** What became of one run, or of two at once; as a whole it is told as the first. */
export interface Trial extends ModelTrial {
  readonly runs: readonly RunTrial[];
  /** All pushes of ours that the service has accepted, however late; where the runs are to publish, all publishes. */
  readonly pushes: readonly AcceptedJob[];
  /** How many of the other kind. */
  readonly others: number;
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
  const kinds = [emulator.pushes(), emulator.publishes()] as const;
  const [pushes, others] = schedule.target === "preview" ? [kinds[1], kinds[0]] : kinds;
  const tell = tellRun(schedule, emulator, { requests, pushes });
  const runs = ended.map((run, index) => tell(run, postTexts[index] ?? []));
  const [first] = ended;
  if (first === undefined) throw new Error("no run at all");
  return {
    runner: first.runner,
    asked,
    runs,
    pushes,
    others: others.length,
    endedBefore: (one, other) => endedBefore(one, other, schedule, emulator),
    sleepers,
  };
}

/** Holds a run against what is true by now. */
function tellRun(
  schedule: Schedule,
  emulator: ProductIngestion,
  { requests, pushes }: Pick<ProductIngestion, "requests"> & Pick<Trial, "pushes">,
): (run: Ended, postTexts: readonly string[]) => RunTrial {
  return (run, postTexts) => {
    const own = requests.filter(({ headers }) => headers[RUN_HEADER] === String(run.nth));
    const { submission } = run.place;
    return {
      ...run,
      postTexts,
      requests: own,
      isLive: run.wasLive || (showsEarly(schedule) && submission !== undefined && emulator.hasGoneLive(submission)),
      accepted: pushes.filter((push) => isOf(push, own, schedule)),
      cancelledAtMs: run.cancelledAtMs(),
    };
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
    isMade: emulator.hasBeenMade(runner.outputs["submissionId"] ?? ""),
    isNewest: emulator.previewSubmission(OFFER.offerId) === runner.outputs["submissionId"]?.toLowerCase(),
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
