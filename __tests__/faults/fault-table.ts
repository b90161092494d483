import { CANCEL_CELLS } from "./cancel-cells.ts";
import { FAULTS, type FaultName } from "./fault.ts";
import { END_CASES } from "./end-cases.ts";
import type { Cell, FaultCase, NamedCase } from "./fault-case.ts";
import { type FaultLine, linesOf, type RunOf, runsOf } from "./fault-line.ts";
import { GLANCE_CASES } from "./glance-cases.ts";
import { LOOK_CASES } from "./look-cases.ts";
import { LOOK_CELLS } from "./look-cells.ts";
import { POLL_CASES } from "./poll-cases.ts";
import { POLL_CELLS } from "./poll-cells.ts";
import { START_CASES } from "./start-cases.ts";
import { START_CELLS } from "./start-cells.ts";

/** The requests that every fault is tried on. */
export const FAULT_TABLES = {
  look: LOOK_CELLS,
  start: START_CELLS,
  poll: POLL_CELLS,
  cancel: CANCEL_CELLS,
} as const satisfies Record<string, Readonly<Record<FaultName, Cell>>>;

/** The parts of a run, with what can happen there besides: each has a table of its own on the page. */
const NAMED_CASES = {
  look: LOOK_CASES,
  start: START_CASES,
  poll: POLL_CASES,
  end: END_CASES,
  glance: GLANCE_CASES,
  cancel: [],
} as const satisfies Record<string, readonly NamedCase[]>;

export type FaultedRequest = keyof typeof NAMED_CASES;

export const FAULTED_REQUESTS = Object.keys(NAMED_CASES) as readonly FaultedRequest[];

/** One case with all that is needed to run it. */
export type FaultRun = RunOf<FaultCase, FaultedRequest>;

/** The lines of a request's table: the faults in their order, then the cases of its own. */
export function faultLines(request: FaultedRequest): readonly FaultLine<FaultCase>[] {
  const tables: Readonly<Partial<Record<FaultedRequest, Readonly<Record<string, Cell>>>>> = FAULT_TABLES;
  const named: readonly NamedCase[] = NAMED_CASES[request];
  return linesOf<FaultCase>(FAULTS, tables[request] ?? {}, named);
}

/** Every case of a request that can be run. */
export function faultRuns(request: FaultedRequest): readonly FaultRun[] {
  return runsOf(request, faultLines(request));
}
