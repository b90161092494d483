import { CANCEL_CELLS } from "./cancel-cells.ts";
import { FAULTS, type FaultKind, type FaultName } from "./fault.ts";
import { END_CASES } from "./end-cases.ts";
import type { Cell, FaultCase, NamedCase, SenselessCase } from "./fault-case.ts";
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

/** One line of a table. */
export interface FaultLine {
  readonly fault: Pick<FaultKind, "title"> & Partial<FaultKind>;
  readonly entry: FaultCase | SenselessCase;
}

/** One case with all that is needed to run it. */
export interface FaultRun extends Omit<FaultCase, "act" | "reason"> {
  readonly title: string;
  readonly request: FaultedRequest;
  readonly act: FaultKind["act"] | undefined;
  readonly reason: string | null;
}

/** The lines of a request's table: the faults in their order, then the cases of its own. */
export function faultLines(request: FaultedRequest): readonly FaultLine[] {
  const tables: Readonly<Partial<Record<FaultedRequest, Readonly<Record<string, Cell>>>>> = FAULT_TABLES;
  const cells = tables[request] ?? {};
  const named: readonly NamedCase[] = NAMED_CASES[request];
  return [
    ...Object.entries(FAULTS).flatMap(([name, fault]) => (cells[name] ?? []).map((entry) => ({ fault, entry }))),
    ...named.map((entry) => ({ fault: { title: entry.title }, entry })),
  ];
}

/** Every case of a request that can be run. */
export function faultRuns(request: FaultedRequest): readonly FaultRun[] {
  return faultLines(request).flatMap(({ fault, entry }): readonly FaultRun[] => {
    if ("senseless" in entry) return [];
    const { act, reason = null } = fault;
    return [{ act, reason, ...entry, request, title: `${request}: ${fault.title}, ${caseText(entry)}` }];
  });
}

/** A case in words: how often, whether the request took effect, and the fault's form. */
export function caseText({ times, form, isCarriedOut }: FaultCase): string {
  const effect = isCarriedOut === undefined ? [] : [isCarriedOut ? "carried out" : "not carried out"];
  return [times, ...effect, form].filter((text) => text !== undefined).join(", ");
}
