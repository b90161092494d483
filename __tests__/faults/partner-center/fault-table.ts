import type { Cell } from "../fault-case.ts";
import { type FaultLine, linesOf, type RunOf, runsOf } from "../fault-line.ts";
import { CENTER_FAULTS, type CenterFaultName } from "./fault.ts";
import type { CenterCase, NamedCenterCase } from "./fault-case.ts";
import { PRODUCTS_CASES, SUBMISSIONS_CASES } from "./look-cases.ts";
import { PRODUCTS_CELLS, SUBMISSIONS_CELLS } from "./look-cells.ts";
import { PROMOTE_CASES } from "./promote-cases.ts";
import { PROMOTE_CELLS } from "./promote-cells.ts";
import { SUBMISSION_CASES } from "./submission-cases.ts";
import { SUBMISSION_CELLS } from "./submission-cells.ts";

interface Table {
  readonly cells: Readonly<Record<CenterFaultName, Cell<CenterCase>>>;
  readonly named: readonly NamedCenterCase[];
}

/** The requests that every fault is tried on, with what can happen there besides: a table of the page each. */
const TABLES = {
  products: { cells: PRODUCTS_CELLS, named: PRODUCTS_CASES },
  submissions: { cells: SUBMISSIONS_CELLS, named: SUBMISSIONS_CASES },
  promote: { cells: PROMOTE_CELLS, named: PROMOTE_CASES },
  submission: { cells: SUBMISSION_CELLS, named: SUBMISSION_CASES },
} as const satisfies Record<string, Table>;

export type CenterRequest = keyof typeof TABLES;

export const CENTER_REQUESTS = Object.keys(TABLES) as readonly CenterRequest[];

/** One case with all that is needed to run it. */
export type CenterRun = RunOf<CenterCase, CenterRequest>;

/** The lines of a request's table: the faults in their order, then the cases of its own. */
export function centerLines(request: CenterRequest): readonly FaultLine<CenterCase>[] {
  const { cells, named }: Table = TABLES[request];
  return linesOf<CenterCase>(CENTER_FAULTS, cells, named);
}

/** Every case of a request that can be run. */
export function centerRuns(request: CenterRequest): readonly CenterRun[] {
  return runsOf(request, centerLines(request));
}
