import * as fc from "fast-check";
import type { Behaviour, Fault, Route } from "../../emulator/emulator.ts";
import type { Fault as WireFault } from "../../emulator/wire/fault.ts";
import { type ActScope, actArbitrary, isRefusal, mayPassTruthOn, silenceArbitrary, timesOut } from "./act-arbitrary.ts";
import { hasBlindList, LONGEST_LAG_MS } from "./behaviour-arbitrary.ts";
import { TOKEN } from "./token.ts";

/** Which requests of an API things go wrong with. */
export interface FaultScope<R extends string> extends ActScope {
  /** The request that starts something. */
  readonly start: R;
  /** Where it is looked for. */
  readonly list: R;
  /** What is asked otherwise. */
  readonly questions: readonly R[];
  /** Where a refusal may be a stray one. */
  readonly strays: readonly R[];
  /** How long after its arrival a start may take effect, in milliseconds. */
  readonly effectsMs: readonly number[];
}

const REQUEST_LIMIT_MS = 30_000;

/** The Cloud Partner Portal API's. */
export const PORTAL_FAULTS: FaultScope<Route> = {
  start: "goLive",
  list: "list",
  questions: ["list", "operation", "status"],
  strays: ["operation", "operation", "list", "status"],
  effectsMs: [100, 4_000, 28_000, 80_000, LONGEST_LAG_MS],
  limitMs: REQUEST_LIMIT_MS,
  durationsMs: [200, 2_000, 6_000, 14_000, 29_000, 31_000, 90_000],
  token: TOKEN,
};

const STRAY_STATUSES = [400, 401, 403, 404, 409, 410, 423, 425, 499];

/** Several things that go wrong in one run: anywhere, or where it hurts most, and then anywhere. */
export function faultsArbitrary<R extends string>(scope: FaultScope<R>): fc.Arbitrary<readonly WireFault<R>[]> {
  const anywhere = fc.array(faultArbitrary(scope), { maxLength: 6 });
  return fc.oneof(
    { weight: 2, arbitrary: anywhere },
    { weight: 1, arbitrary: fc.tuple(doubtArbitrary(scope), anywhere).map((parts) => parts.flat()) },
    { weight: 1, arbitrary: doubtArbitrary(scope) },
    { weight: 1, arbitrary: fc.array(strayArbitrary(scope), { minLength: 1, maxLength: 3 }) },
  );
}

/** One or two refusals where nobody has refused anything. */
function strayArbitrary<R extends string>({ strays }: FaultScope<R>): fc.Arbitrary<WireFault<R>> {
  return fc.record({
    on: fc.constantFrom(...strays),
    nth: fc.record({ from: fc.integer({ min: 1, max: 9 }), length: fc.integer({ min: 1, max: 2 }) }).map(countsFrom),
    act: fc.constantFrom(...STRAY_STATUSES).map((status) => ({ kind: "status", status }) as const),
  });
}

/** Sendings without a clear answer, and looks after them that are not answered either. */
function doubtArbitrary<R extends string>(scope: FaultScope<R>): fc.Arbitrary<readonly WireFault<R>[]> {
  const sendings = fc
    .record({ from: fc.constantFrom(1, 1, 2), length: fc.integer({ min: 1, max: 2 }) })
    .map(countsFrom);
  const looks = fc.record({ from: fc.integer({ min: 2, max: 12 }), length: fc.constantFrom(0, 0, 0, 1, 2, 4, 8, 12) });
  return fc.tuple(
    fc.record(
      { on: fc.constant(scope.start), nth: sendings, ...effectOf(scope), act: silenceArbitrary(scope) },
      { requiredKeys: ["on", "nth", "act", "carriedOut"] },
    ),
    fc.record({ on: fc.constant(scope.list), nth: looks.map(countsFrom), act: actArbitrary(scope) }),
  );
}

function faultArbitrary<R extends string>(scope: FaultScope<R>): fc.Arbitrary<WireFault<R>> {
  const on: fc.Arbitrary<R | "any"> = fc.oneof(
    { weight: 4, arbitrary: fc.constant(scope.start) },
    { weight: 3, arbitrary: fc.constantFrom(...scope.questions) },
    { weight: 1, arbitrary: fc.constant("any" as const) },
  );
  const act = actArbitrary(scope);
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record(
        { on, nth: nthArbitrary(), ...effectOf(scope), act },
        { requiredKeys: ["on", "nth", "act"] },
      ),
    },
    { weight: 1, arbitrary: fc.record({ on, ...effectOf(scope), act }, { requiredKeys: ["on", "act"] }) },
  );
}

function nthArbitrary(): fc.Arbitrary<number | readonly number[]> {
  const outage = fc.record({ from: fc.integer({ min: 1, max: 8 }), length: fc.integer({ min: 2, max: 12 }) });
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }) },
    { weight: 2, arbitrary: outage.map(countsFrom) },
  );
}

function countsFrom({ from, length }: { readonly from: number; readonly length: number }): readonly number[] {
  return Array.from({ length }, (_, index) => from + index);
}

function effectOf({ effectsMs }: FaultScope<string>) {
  return { carriedOut: fc.boolean(), carriedOutAfterMs: fc.constantFrom(...effectsMs) };
}

/** The fault as far as it stays within what is assumed of the service (see the schedule). */
export function honest(fault: Fault, behaviour: Partial<Behaviour>): Fault {
  if (fault.on !== "goLive" && fault.on !== "any") return fault;
  const { act, carriedOutAfterMs, carriedOut: _, ...rest } = fault;
  if (isRefusal(act)) return { ...rest, act, carriedOut: false };
  if (mayPassTruthOn(act, REQUEST_LIMIT_MS)) return { ...rest, act, carriedOut: true };
  if (carriedOutAfterMs === undefined) return fault;
  const { listLagMs = 0, statusLagMs = 0 } = behaviour;
  const shownMs = LONGEST_LAG_MS + (timesOut(act, REQUEST_LIMIT_MS) ? REQUEST_LIMIT_MS : 0);
  const lagMs = hasBlindList(behaviour) ? statusLagMs : listLagMs;
  return { ...fault, carriedOutAfterMs: Math.min(carriedOutAfterMs, shownMs - lagMs) };
}
