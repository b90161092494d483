import type { Cell } from "../fault-case.ts";
import { type FaultLine, linesOf, type RunOf, runsOf } from "../fault-line.ts";
import { CANCEL_CASES, CANCEL_CELLS } from "./cancel-cells.ts";
import { CONFIGURE_CASES } from "./configure-cases.ts";
import { CONFIGURE_CELLS } from "./configure-cells.ts";
import { INGESTION_FAULTS, type IngestionFaultName } from "./fault.ts";
import type { IngestionCase, NamedIngestionCase } from "./fault-case.ts";
import { JOB_CASES } from "./job-cases.ts";
import { JOB_CELLS } from "./job-cells.ts";
import { PRODUCT_CASES, SUBMISSIONS_CASES } from "./look-cases.ts";
import { PRODUCT_CELLS, SUBMISSIONS_CELLS } from "./look-cells.ts";

interface Table {
  readonly cells: Readonly<Record<IngestionFaultName, Cell<IngestionCase>>>;
  readonly named: readonly NamedIngestionCase[];
}

/** The requests that every fault is tried on, with what can happen there besides: a table of the page each. */
const TABLES = {
  product: { cells: PRODUCT_CELLS, named: PRODUCT_CASES },
  submissions: { cells: SUBMISSIONS_CELLS, named: SUBMISSIONS_CASES },
  configure: { cells: CONFIGURE_CELLS, named: CONFIGURE_CASES },
  job: { cells: JOB_CELLS, named: JOB_CASES },
  cancel: { cells: CANCEL_CELLS, named: CANCEL_CASES },
} as const satisfies Record<string, Table>;

export type IngestionRequest = keyof typeof TABLES;

export const INGESTION_REQUESTS = Object.keys(TABLES) as readonly IngestionRequest[];

/** One case with all that is needed to run it. */
export type IngestionRun = RunOf<IngestionCase, IngestionRequest>;

/** The lines of a request's table: the faults in their order, then the cases of its own. */
export function ingestionLines(request: IngestionRequest): readonly FaultLine<IngestionCase>[] {
  const { cells, named }: Table = TABLES[request];
  return linesOf<IngestionCase>(INGESTION_FAULTS, cells, named);
}

/** Every case of a request that can be run. */
export function ingestionRuns(request: IngestionRequest): readonly IngestionRun[] {
  return runsOf(request, ingestionLines(request));
}
