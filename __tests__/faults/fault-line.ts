import type { FaultKind } from "./fault.ts";
import type { AnyCase, Cell, Named, SenselessCase } from "./fault-case.ts";

/** One line of a table. */
export interface FaultLine<Case extends AnyCase = AnyCase> {
  readonly fault: Pick<FaultKind, "title"> & Partial<FaultKind>;
  readonly entry: Case | SenselessCase;
}

/** One case with all that is needed to run it. */
export type RunOf<Case extends AnyCase, Request extends string> = Omit<Case, "act" | "reason"> & {
  readonly title: string;
  readonly request: Request;
  readonly act: FaultKind["act"] | undefined;
  readonly reason: string | null;
};

/** The lines of a request's table: the faults in their order, then the cases of its own. */
export function linesOf<Case extends AnyCase>(
  faults: Readonly<Record<string, FaultKind>>,
  cells: Readonly<Record<string, Cell<Case>>>,
  named: readonly (Case & Named)[],
): readonly FaultLine<Case>[] {
  return [
    ...Object.entries(faults).flatMap(([name, fault]) => (cells[name] ?? []).map((entry) => ({ fault, entry }))),
    ...named.map((entry) => ({ fault: { title: entry.title }, entry })),
  ];
}

/** Every case among the lines of a request that can be run. */
export function runsOf<Case extends AnyCase, Request extends string>(
  request: Request,
  lines: readonly FaultLine<Case>[],
): readonly RunOf<Case, Request>[] {
  return lines.flatMap(({ fault, entry }): readonly RunOf<Case, Request>[] => {
    if ("senseless" in entry) return [];
    const { act, reason = null } = fault;
    return [{ act, reason, ...entry, request, title: `${request}: ${fault.title}, ${caseText(entry)}` }];
  });
}

/** A case in words: how often, whether the request took effect, and the fault's form. */
export function caseText({ times, form, isCarriedOut }: AnyCase): string {
  const effect = isCarriedOut === undefined ? [] : [isCarriedOut ? "carried out" : "not carried out"];
  return [times, ...effect, form].filter((text) => text !== undefined).join(", ");
}
