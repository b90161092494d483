import * as fc from "fast-check";
import type { Behaviour } from "../../../emulator/partner-center/behaviour.ts";
import {
  type GoLivePlan,
  type Happening,
  happenings,
  type HappeningTime,
  type ProductPlan,
} from "../../../emulator/partner-center/plan.ts";
import type { Route } from "../../../emulator/partner-center/vocabulary.ts";
import type { Fault } from "../../../emulator/wire/fault.ts";
import { mayPassTruthOn } from "../act-arbitrary.ts";
import { faultsArbitrary, type FaultScope } from "../fault-arbitrary.ts";
import { type Cut, cutArbitrary, sometimes } from "../schedule.ts";
import { CENTER_TOKEN } from "../token.ts";
import { behaviourArbitrary } from "./behaviour-arbitrary.ts";
import { OFFER_ID } from "./offer-id.ts";
import { endingArbitrary, replacementArbitrary } from "./particular-arbitrary.ts";
import { refusalArbitrary } from "./refusal-arbitrary.ts";

/** Everything that happens to one run. */
export interface Schedule {
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
    /** Which product is named instead of being looked up. */
    readonly namedProduct: "none" | "own" | "other";
    /**
     * The submission that is watched instead of starting something: one of the offer's, by its place among the emulator's,
     * or one of another's.
     */
    readonly watched: number | "other" | undefined;
  };
  readonly product: Required<Pick<ProductPlan, "state" | "wasLive" | "type" | "goLive" | "running">>;
  /** Whether another offer's product comes first. */
  readonly isSecondProduct: boolean;
  /** Whether the account shows that one alone. */
  readonly isAbsent: boolean;
  /** Where the older one of its two submissions stands; the other one is ready. */
  readonly otherStage: "live" | "publishing" | "failed";
  readonly behaviour: Partial<Behaviour>;
  readonly happenings: readonly Happening[];
  readonly faults: readonly Fault<Route>[];
  /** When the run is cancelled. */
  readonly cut: Cut | undefined;
  readonly hasBrokenSummary: boolean;
  readonly chance: number;
}

export const START_LIMIT_MS = 120_000;

const FAULTS: FaultScope<Route> = {
  start: "promote",
  list: "submissions",
  questions: [
    ...(["submissions", "submissions", "submission", "submission", "products", "product"] as const),
    ...(["workflowDetails", "validations", "reports"] as const),
  ],
  strays: ["submission", "submission", "submissions", "products", "product"],
  effectsMs: [100, 4_000, 58_000, 118_000, 400_000, 1_800_000],
  limitMs: START_LIMIT_MS,
  durationsMs: [200, 6_000, 29_000, 59_000, 61_000, 119_000, 121_000, 400_000],
  bodies: [
    '{"value":[]}',
    '{"state":"Published","substate":"Sleeping"}',
    '{"value":[{"resourceType":"Submission","id":"1152921505690000222"}]}',
    JSON.stringify('ICH50400 - Unable to complete request. {"faultCode":50400}'),
  ],
  token: CENTER_TOKEN,
};

const PAGE = "<!doctype html><html><head><title>Sign in</title></head></html>";

/** Another preview is ready before anybody looks, beside a go-live that may run. */
const REPLACED_BEFORE: Happening = {
  what: "previewReplaced",
  when: { before: "submissions" },
  offerId: OFFER_ID,
};

/**
 * Schedules within what the promise can be kept for. It is assumed of the service that
 *  - a 401 and a 429 mean that this sending started nothing;
 *  - the other refusals (400, 403, 404, 405, 409, 422) mean it, too, unless the submissions, where they can be read, show
 *    within a minute that it moved;
 *  - a 2xx of its own is kept;
 *  - what can be read of products and submissions was so, however late it shows.
 * That a promote which was sent shows after some time is not assumed: then nobody can tell, and nothing is sent again.
 */
export const scheduleArbitrary: fc.Arbitrary<Schedule> = fc.oneof(
  { weight: 12, arbitrary: anyScheduleArbitrary().map(honestSchedule) },
  { weight: 1, arbitrary: anyScheduleArbitrary().chain(refusalArbitrary) },
  { weight: 1, arbitrary: anyScheduleArbitrary().chain(endingArbitrary) },
  { weight: 1, arbitrary: anyScheduleArbitrary().chain(replacementArbitrary) },
);

function anyScheduleArbitrary(): fc.Arbitrary<Schedule> {
  return fc.record({
    inputs: inputsArbitrary(),
    product: productArbitrary(),
    isSecondProduct: fc.constantFrom(false, false, true),
    isAbsent: sometimes(fc.constant(true), 20).map((isAbsent) => isAbsent === true),
    otherStage: fc.constantFrom("live", "live", "publishing", "failed"),
    behaviour: behaviourArbitrary,
    happenings: fc.oneof(
      { weight: 5, arbitrary: fc.constant<readonly Happening[]>([]) },
      { weight: 1, arbitrary: fc.constant([REPLACED_BEFORE]) },
      { weight: 4, arbitrary: fc.array(happeningArbitrary(), { minLength: 1, maxLength: 3 }) },
    ),
    faults: fc.oneof(
      { weight: 4, arbitrary: fc.constant<readonly Fault<Route>[]>([]) },
      { weight: 6, arbitrary: faultsArbitrary(FAULTS) },
      { weight: 1, arbitrary: fc.tuple(doorArbitrary(), faultsArbitrary(FAULTS)).map((parts) => parts.flat()) },
      { weight: 1, arbitrary: fc.tuple(pageArbitrary(), faultsArbitrary(FAULTS)).map((parts) => parts.flat()) },
    ),
    cut: sometimes(cutArbitrary(), 4),
    hasBrokenSummary: fc.constantFrom(false, false, false, false, true),
    chance: fc.nat(0xffff),
  });
}

function honestSchedule(schedule: Schedule): Schedule {
  return { ...schedule, faults: schedule.faults.map(honest) };
}

/** What means that a sending started nothing; every other status leaves it open. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 409, 422, 429]);

function honest(fault: Fault<Route>): Fault<Route> {
  if (fault.on !== "promote" && fault.on !== "any") return fault;
  const { act, carriedOutAfterMs: _, carriedOut: __, ...rest } = fault;
  if (act.kind === "status" && REFUSALS.has(act.status)) return { ...rest, act, carriedOut: false };
  return mayPassTruthOn(act, START_LIMIT_MS) ? { ...rest, act, carriedOut: true } : fault;
}

/** A door that stays closed for a while. */
function doorArbitrary(): fc.Arbitrary<Fault<Route>> {
  return fc.record({
    on: fc.constant("promote"),
    nth: fc.constantFrom([1], [1, 2], [1, 2, 3]),
    carriedOut: fc.constant(false),
    act: fc.constantFrom(401, 429).map((status) => ({ kind: "status", status }) as const),
  });
}

/** A page of something on the way in place of an acceptance, whether or not it says that it is one. */
function pageArbitrary(): fc.Arbitrary<Fault<Route>> {
  const told = { kind: "status", status: 200, headers: { "content-type": "text/html" }, body: PAGE } as const;
  const untold = { kind: "raw", bytes: `HTTP/1.1 200 OK\r\ncontent-length: ${PAGE.length}\r\n\r\n${PAGE}` } as const;
  return fc.record({
    on: fc.constant("promote"),
    nth: fc.constant(1),
    carriedOut: fc.boolean(),
    act: fc.constantFrom(told, untold),
  });
}

function inputsArbitrary(): fc.Arbitrary<Schedule["inputs"]> {
  return fc
    .record({
      wait: fc.constantFrom(true, true, true, false),
      timeoutMinutes: fc.constantFrom(0.05, 0.5, 2, 2, 20, 20, 300),
      pollIntervalSeconds: fc.constantFrom(0.5, 5, 20, 60, 600),
      ifRunning: fc.constantFrom("attach", "attach", "fail"),
      onCancel: fc.constantFrom("leave", "cancel"),
      pinned: sometimes(fc.record({ later: fc.constantFrom(0, 0, 0, 1, -1), isWhole: fc.boolean() }), 6),
      namedProduct: fc.oneof(
        { weight: 14, arbitrary: fc.constant("none") },
        { weight: 5, arbitrary: fc.constant("own") },
        { weight: 1, arbitrary: fc.constant("other") },
      ),
      watched: sometimes(fc.constantFrom(1, 2, 3, 4, "other" as const), 8),
    })
    .map((inputs) => ({
      ...inputs,
      // No more than a few dozen questions: what they show, hundreds show too, but slowly.
      pollIntervalSeconds: Math.max(inputs.pollIntervalSeconds, inputs.timeoutMinutes * 6),
    }));
}

function productArbitrary(): fc.Arbitrary<Schedule["product"]> {
  return fc.record({
    state: fc.oneof(
      { weight: 7, arbitrary: fc.constant("ready") },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          ...(["goingLive", "goingLive", "goingLive", "publishing", "publishFailed"] as const),
          ...(["goLiveFailed", "live", "twoReady", "neverPublished"] as const),
        ),
      },
    ),
    wasLive: fc.boolean(),
    type: fc.oneof(
      { weight: 12, arbitrary: fc.constant("AzureApplication") },
      {
        weight: 1,
        arbitrary: fc.constantFrom("AzureDynamics365BusinessCentral", "AzureThirdPartyVirtualMachine", "Sonnet"),
      },
    ),
    goLive: goLiveArbitrary(),
    running: goLiveArbitrary(),
  });
}

function goLiveArbitrary(): fc.Arbitrary<GoLivePlan> {
  const outcomes = [
    "failed",
    "failedInCertification",
    "canceled",
    "canceled",
    "updateFailed",
    "ready",
    "absent",
  ] as const;
  const failure = fc.record(
    {
      failureReason: fc.constant("Active validation errors"),
      validations: fc.constant([{ errorCode: "Resell-20007", message: "ResellerConfiguration module is missing.." }]),
      reports: fc.constant([{ status: "Failed" } as const]),
    },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      queuedMs: fc.constantFrom(0, 0, 0, 0, 5_000, 45_000, 300_000, 720_000, Infinity),
      durationMs: fc.constantFrom(0, 3_000, 20_000, 20_000, 90_000, 90_000, 400_000, 400_000, 7_200_000, Infinity),
      publishedMs: fc.constantFrom(0, 10_000, 60_000),
      outcome: fc.oneof(
        { weight: 3, arbitrary: fc.constant("live") },
        { weight: 2, arbitrary: fc.constantFrom(...outcomes) },
      ),
      failure,
    },
    { requiredKeys: ["queuedMs", "durationMs", "outcome"] },
  );
}

function happeningArbitrary(): fc.Arbitrary<Happening> {
  const nth = fc.constantFrom(1, 1, 1, 2, 3, 5);
  const route = fc.constantFrom("promote", "promote", "submissions", "submissions", "submission");
  const when: fc.Arbitrary<HappeningTime> = fc.oneof(
    { weight: 1, arbitrary: fc.record({ afterMs: fc.constantFrom(100, 5_000, 60_000, 400_000) }) },
    { weight: 2, arbitrary: fc.record({ before: route, nth }) },
    { weight: 2, arbitrary: fc.record({ after: route, nth }) },
  );
  return fc.record({
    what: fc.constantFrom("previewReplaced", "previewReplaced", ...happenings),
    when,
    offerId: fc.constant(OFFER_ID),
  });
}
