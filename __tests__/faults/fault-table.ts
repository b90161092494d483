import { CANCEL_CELLS } from "./cancel-cells.ts";
import { FAULTS, type FaultKind, type FaultName } from "./fault.ts";
import type { Cell, FaultCase, SenselessCase } from "./fault-case.ts";
import { LOOK_CELLS } from "./look-cells.ts";
import { POLL_CELLS } from "./poll-cells.ts";
import { START_CELLS } from "./start-cells.ts";

/** The requests of the action: each has a table of its own. */
export const FAULT_TABLES = {
  look: LOOK_CELLS,
  start: START_CELLS,
  poll: POLL_CELLS,
  cancel: CANCEL_CELLS,
} as const satisfies Record<string, Readonly<Record<FaultName, Cell>>>;

export type FaultedRequest = keyof typeof FAULT_TABLES;

/** One line of a table. */
export interface FaultLine {
  readonly fault: FaultKind;
  readonly entry: FaultCase | SenselessCase;
}

/** One case with all that is needed to run it. */
export interface FaultRun extends FaultCase {
  readonly title: string;
  readonly request: FaultedRequest;
  readonly act: FaultKind["act"];
  readonly reason: string | null;
}

/** The lines of a request's table, in the order of the faults. */
export function faultLines(request: FaultedRequest): readonly FaultLine[] {
  const cells: Readonly<Record<string, Cell>> = FAULT_TABLES[request];
  return Object.entries(FAULTS).flatMap(([name, fault]) => (cells[name] ?? []).map((entry) => ({ fault, entry })));
}

/** Every case of a request that can be run. */
export function faultRuns(request: FaultedRequest): readonly FaultRun[] {
  return faultLines(request).flatMap(({ fault, entry }): readonly FaultRun[] => {
    if ("senseless" in entry) return [];
    const title = `${request}: ${fault.title}, ${caseText(entry)}`;
    return [{ title, request, act: fault.act, reason: fault.reason, ...entry }];
  });
}

/** A case in words: how often, whether the request took effect, and the fault's form. */
export function caseText({ times, form, isCarriedOut }: FaultCase): string {
  const effect = isCarriedOut === undefined ? [] : [isCarriedOut ? "carried out" : "not carried out"];
  return [times, ...effect, ...(form === undefined ? [] : [form])].join(", ");
}
