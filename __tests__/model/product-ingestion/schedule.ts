import * as fc from "fast-check";
import type { Behaviour } from "../../../emulator/product-ingestion/behaviour.ts";
import {
  type Happening,
  happenings,
  type HappeningTime,
  type ProductPlan,
} from "../../../emulator/product-ingestion/plan.ts";
import type { Route } from "../../../emulator/product-ingestion/vocabulary.ts";
import type { Fault } from "../../../emulator/wire/fault.ts";
import { isRefusal, mayPassTruthOn } from "../act-arbitrary.ts";
import { faultsArbitrary, type FaultScope } from "../fault-arbitrary.ts";
import { type Cut, cutArbitrary, sometimes } from "../schedule.ts";
import { GRAPH_TOKEN } from "../token.ts";
import { behaviourArbitrary } from "./behaviour-arbitrary.ts";

/** What is watched instead of starting something, by its place among the emulator's jobs and submissions. */
export interface Watched {
  readonly as: "job" | "jobOfSubmission" | "submission";
  readonly job: number;
  readonly submission: number;
}

/** Everything that happens to one run, or to two at once. */
export interface Schedule {
  /** What the runs are to reach. Default: a go-live. */
  readonly target?: "preview";
  /** Without publisherId, offerId, api, token and endpoint, which never change. */
  readonly inputs: {
    readonly wait: boolean;
    readonly timeoutMinutes: number;
    readonly pollIntervalSeconds: number;
    readonly ifRunning: "attach" | "fail";
    readonly onCancel: "leave" | "cancel";
    /**
     * The submission that may go live, by how many later it was made than the one that stands in preview at the start,
     * and how it is written; undefined: not named.
     */
    readonly pinned: { readonly later: number; readonly isWhole: boolean } | undefined;
    /** Whose product is named; another offer's is the first of two. Undefined: none is. */
    readonly namedProduct: "own" | "other" | undefined;
    readonly watched: Watched | undefined;
  };
  readonly product: Required<Pick<ProductPlan, "state" | "wasLive" | "push" | "publish">>;
  /** Whether another offer's product comes first. */
  readonly isSecondProduct: boolean;
  readonly behaviour: Partial<Behaviour>;
  readonly happenings: readonly Happening[];
  readonly faults: readonly Fault<Route>[];
  /** When the run, of two the first, is cancelled. */
  readonly cut: Cut | undefined;
  /** How long after the first a second run of the same inputs begins, in milliseconds; undefined: there is one alone. */
  readonly secondAfterMs: number | undefined;
  readonly hasBrokenSummary: boolean;
  readonly chance: number;
}

export const START_LIMIT_MS = 120_000;

const FAULTS: FaultScope<Route> = {
  start: "configure",
  list: "submissions",
  questions: ["submissions", "submissions", "job", "job", "product", "resourceTree", "cancel"],
  strays: ["job", "job", "submissions", "product"],
  effectsMs: [100, 4_000, 58_000, 118_000, 400_000, 1_800_000],
  limitMs: START_LIMIT_MS,
  durationsMs: [200, 6_000, 29_000, 59_000, 61_000, 119_000, 121_000, 400_000],
  bodies: ['{"value":[]}', '{"jobStatus":"completed","jobResult":"succeeded"}', '{"jobStatus":"Sleeping"}'],
  token: GRAPH_TOKEN,
};

/** Another preview is ready before anybody looks, beside a go-live that may run. */
const REPLACED_BEFORE: Happening = {
  what: "previewReplaced",
  when: { before: "submissions" },
  offerId: "contoso-vm",
};

/**
 * Schedules within what the promise can be kept for. It is assumed of the service that
 *  - a refusal is true: a 401, a 429, a redirect but 303 and 304, and a 4xx but 408 that carries a code mean that this
 *    sending started nothing;
 *  - a 2xx that names a job is kept;
 *  - an entry that says that a submission is live is right; everything else of entries and jobs may be late, lost or wrong;
 *  - of two runs that look at the same moment it turns one away.
 * That a push which was sent shows after some time is not assumed: then nothing is sent again, and nobody can tell.
 */
export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc
  .record({
    inputs: inputsArbitrary(),
    product: productArbitrary(),
    isSecondProduct: fc.constantFrom(false, false, true),
    behaviour: behaviourArbitrary,
    happenings: fc.oneof(
      { weight: 5, arbitrary: fc.constant<readonly Happening[]>([]) },
      { weight: 1, arbitrary: fc.constant([REPLACED_BEFORE]) },
      { weight: 4, arbitrary: fc.array(happeningArbitrary(), { minLength: 1, maxLength: 3 }) },
    ),
    faults: fc.oneof(
      { weight: 1, arbitrary: fc.constant<readonly Fault<Route>[]>([]) },
      { weight: 3, arbitrary: faultsArbitrary(FAULTS) },
    ),
    cut: sometimes(cutArbitrary(), 4),
    secondAfterMs: sometimes(
      fc.constantFrom(0.137, 0.137, 7.137, 1_013.137, 30_000.137, 300_000.137, 3_600_000.137),
      6,
    ),
    hasBrokenSummary: fc.constantFrom(false, false, false, false, true),
    chance: fc.nat(0xffff),
  })
  .map((schedule) => ({
    ...schedule,
    behaviour: honestBehaviour(schedule),
    faults: schedule.faults.map(honest),
  }));

/** Two that look at the same moment can be told apart by the service alone. */
function honestBehaviour({ behaviour, secondAfterMs, happenings: others }: Schedule): Partial<Behaviour> {
  const { endShowsMs = 0 } = behaviour;
  const mayBeUndone = secondAfterMs !== undefined || others.some(({ what }) => what === "jobCancelled");
  return {
    ...behaviour,
    ...(secondAfterMs === undefined ? {} : { secondPush: "refused" }),
    // What its entry has called live is not cancelled any more.
    ...(endShowsMs < 0 && mayBeUndone ? { endShowsMs: 0 } : {}),
  };
}

function honest(fault: Fault<Route>): Fault<Route> {
  if (fault.on !== "configure" && fault.on !== "any") return fault;
  const { act, carriedOutAfterMs: _, carriedOut: __, ...rest } = fault;
  const isDoor = act.kind === "status" && [401, 429].includes(act.status);
  const saysNothing = act.kind === "status" && (act.status === 304 || (act.status >= 400 && act.body !== undefined));
  if (isDoor || (isRefusal(act) && !saysNothing)) return { ...rest, act, carriedOut: false };
  return mayPassTruthOn(act, START_LIMIT_MS) ? { ...rest, act, carriedOut: true } : fault;
}

function inputsArbitrary(): fc.Arbitrary<Schedule["inputs"]> {
  const nth = fc.integer({ min: 1, max: 3 });
  return fc
    .record({
      wait: fc.constantFrom(true, true, true, false),
      timeoutMinutes: fc.constantFrom(0.05, 0.5, 0.5, 2, 2, 20, 300),
      pollIntervalSeconds: fc.constantFrom(0.5, 5, 20, 60, 600),
      ifRunning: fc.constantFrom("attach", "attach", "fail"),
      onCancel: fc.constantFrom("leave", "cancel"),
      pinned: sometimes(fc.record({ later: fc.constantFrom(0, 0, 0, 1, -1), isWhole: fc.boolean() }), 6),
      namedProduct: sometimes(fc.constantFrom("own", "other"), 3),
      watched: sometimes(
        fc.record({
          as: fc.constantFrom("job", "jobOfSubmission", "submission"),
          job: fc.integer({ min: 1, max: 4 }),
          submission: nth,
        }),
        8,
      ),
    })
    .map((inputs) => ({
      ...inputs,
      // No more than a few dozen questions: what they show, hundreds show too, but slowly.
      pollIntervalSeconds: Math.max(inputs.pollIntervalSeconds, inputs.timeoutMinutes * 6),
    }));
}

function productArbitrary(): fc.Arbitrary<Schedule["product"]> {
  const words = ["succeeded", "failed", "cancelled"] as const;
  const durationMs = fc.constantFrom(0, 3_000, 20_000, 90_000, 90_000, 400_000, 7_200_000, Infinity);
  const outcome = fc.constantFrom("succeeded", "succeeded", "succeeded", "failed", "cancelled");
  const lie = fc.oneof(
    fc.record({ jobSays: fc.constant("succeeded" as const), outcome: fc.constantFrom("failed", "cancelled") }),
    fc.record(
      { jobSays: fc.constantFrom(...words), entrySays: fc.constantFrom("failed", "cancelled") },
      { requiredKeys: [] },
    ),
  );
  const plan = fc
    .record({ how: fc.record({ durationMs, outcome }), lies: sometimes(lie, 5) })
    .map(({ how, lies }) => ({ ...how, ...lies }));
  return fc.record({
    state: fc.oneof(
      { weight: 7, arbitrary: fc.constant("ready") },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          ...([
            "goingLive",
            "goingLive",
            "goingLive",
            "publishing",
            "publishFailed",
            "goLiveFailed",
            "live",
            "twoReady",
          ] as const),
          "neverPublished",
        ),
      },
    ),
    wasLive: fc.boolean(),
    push: plan,
    publish: plan,
  });
}

function happeningArbitrary(): fc.Arbitrary<Happening> {
  const nth = fc.constantFrom(1, 1, 1, 2, 3, 5);
  const route = fc.constantFrom("configure", "configure", "submissions", "submissions", "job");
  const when: fc.Arbitrary<HappeningTime> = fc.oneof(
    { weight: 1, arbitrary: fc.record({ afterMs: fc.constantFrom(100, 5_000, 60_000, 400_000) }) },
    { weight: 2, arbitrary: fc.record({ before: route, nth }) },
    { weight: 2, arbitrary: fc.record({ after: route, nth }) },
  );
  return fc.record({
    what: fc.constantFrom("previewReplaced", "previewReplaced", ...happenings),
    when,
    offerId: fc.constant("contoso-vm"),
  });
}
