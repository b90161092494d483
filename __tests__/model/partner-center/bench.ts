import type { AcceptedPromote } from "../../../emulator/partner-center/account.ts";
import {
  type PartnerCenter,
  type PartnerCenterOptions,
  startPartnerCenter,
} from "../../../emulator/partner-center/partner-center.ts";
import type { ProductPlan } from "../../../emulator/partner-center/plan.ts";
import type { Route, Stage } from "../../../emulator/partner-center/vocabulary.ts";
import type { RecordedRequest } from "../../../emulator/wire/journal.ts";
import { main } from "../../../src/main.ts";
import { post } from "../../../src/post.ts";
import type { World } from "../../../src/world.ts";
import type { Bench, ModelTrial } from "../model.ts";
import { createModelClock, type ModelClock } from "../model-clock.ts";
import { createRecordingRunner, type RecordingRunner } from "../recording-runner.ts";
import {
  AFTERMATH_MS,
  type Cancel,
  createCancel,
  DAY_MS,
  openTransport,
  randomFrom,
  settle,
  START_MS,
} from "../setting.ts";
import type { ToldRun } from "../told.ts";
import { CENTER_TOKEN } from "../token.ts";
import { OFFER_ID } from "./offer-id.ts";
import { inputsOf } from "./run-inputs.ts";
import type { Schedule } from "./schedule.ts";
import { createSightings, type Sighting } from "./sighting.ts";

/** What became of one run. All times in milliseconds since it began. */
export interface Trial extends ModelTrial, ToldRun {
  readonly endedAtMs: number;
  readonly followedAtMs: number | undefined;
  /** What the service got, of the post phase too. */
  readonly requests: readonly RecordedRequest<Route>[];
  /** What the last look before the first sending had shown. */
  readonly lookedAt: Sighting;
  /** The product and the number of the submission that its location names. */
  readonly product: string | undefined;
  readonly followed: string | undefined;
  /** Where that one truly stood when the run ended; undefined when the service has no such submission. */
  readonly stage: Stage | undefined;
  /** The promotes of ours that the service has accepted, however late. */
  readonly promotes: readonly AcceptedPromote[];
  /** Timers that the action has left behind. */
  readonly sleepers: number;
}

/** A bench with one emulator for all its runs. */
export async function openBench(): Promise<Bench<Schedule, Trial>> {
  const emulator = await startPartnerCenter();
  return { run: (schedule) => runSchedule(schedule, emulator), close: () => emulator.close() };
}

async function runSchedule(schedule: Schedule, emulator: PartnerCenter): Promise<Trial> {
  const clock = createModelClock(START_MS, 30 * DAY_MS);
  const cancel = createCancel(schedule.cut, clock);
  let decisions = 0;
  emulator.reset(optionsOf(schedule, clock, () => cancel.passes("decision", (decisions += 1))));
  const { world, ...run } = await Promise.race([runOnce(schedule, emulator, clock, cancel), clock.hang]);
  await settle();
  // A request that was given up takes its timer along a few turns later.
  const { sleepers } = clock;
  const cancelledAtMs = cancel.atMs();
  const postTexts = cancelledAtMs === undefined ? [] : await runPost(world, schedule, emulator);
  const { requests } = emulator;
  const asked = requests.map(({ method, route }) => `${method} ${route}`);
  clock.skip(AFTERMATH_MS + Math.max(0, ...schedule.faults.map(({ carriedOutAfterMs = 0 }) => carriedOutAfterMs)));
  return { ...run, cancelledAtMs, postTexts, requests, asked, sleepers, promotes: emulator.promotes() };
}

function optionsOf(schedule: Schedule, clock: ModelClock, onAnswer: () => void): PartnerCenterOptions {
  const { behaviour, faults, happenings } = schedule;
  const own: ProductPlan = { offerId: OFFER_ID, ...schedule.product };
  const submissions = [{ stage: schedule.otherStage }, { stage: "ready" }] as const;
  const other: ProductPlan = { offerId: "contoso-other", submissions };
  const both = schedule.isSecondProduct ? [other, own] : [own, other];
  const products = schedule.isAbsent ? [other] : both;
  return { clock: clock.service, tokens: { [CENTER_TOKEN]: {} }, products, behaviour, faults, happenings, onAnswer };
}

async function runOnce(schedule: Schedule, emulator: PartnerCenter, clock: ModelClock, cancel: Cancel) {
  const elapsedMs = (): number => clock.now() - START_MS;
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
    random: randomFrom(schedule.chance),
    signal: cancel.signal,
    openTransport: openTransport(clock, cancel, {
      sending({ method }) {
        if (times.sentAtMs !== undefined || method === "GET") return;
        times.sentAtMs = elapsedMs();
        lookedAt = sightings.last();
      },
      answered: sightings.see,
    }),
  } satisfies World;
  const exitCode = await main(world);
  const location = runner.outputs["operationLocation"] ?? "";
  const [, product, followed] = /\/products\/([^/]+)\/submissions\/(\d+)$/.exec(location) ?? [];
  return {
    ...{ world, runner, exitCode, lookedAt, product, followed },
    endedAtMs: elapsedMs(),
    sentAtMs: times.sentAtMs,
    followedAtMs: times.followedAtMs,
    stage: followed === undefined ? undefined : stageOf(followed, emulator),
  };
}

function stageOf(submission: string, emulator: PartnerCenter): Stage | undefined {
  try {
    return emulator.stageOf(submission);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The post phase of a run that was cancelled; what it has let people read. */
async function runPost(
  world: World & { readonly runner: RecordingRunner },
  schedule: Schedule,
  { url }: PartnerCenter,
) {
  const runner = createRecordingRunner(inputsOf(schedule, url), false, () => {}, world.runner.states);
  await post({ ...world, runner, signal: new AbortController().signal });
  await settle();
  return runner.texts;
}
