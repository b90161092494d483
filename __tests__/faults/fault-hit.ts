import type { EmulatorClock } from "../../emulator/emulator.ts";
import type { StepResult } from "../../emulator/step/runner.ts";
import type { Fault } from "../../emulator/wire/fault.ts";
import type { RecordedRequest } from "../../emulator/wire/journal.ts";
import type { OperationStatus } from "../../src/marketplace/operation.ts";
import type { AnyCase } from "./fault-case.ts";
import type { RunOf } from "./fault-line.ts";

/** What a case came to. */
export interface FaultResult {
  readonly step: StepResult;
  /** In order, such as `GET list`. */
  readonly sent: readonly string[];
  /** How many requests reached the other origin. */
  readonly sentElsewhere: number;
  readonly accepted: number;
  readonly truth: OperationStatus | undefined;
  /** How long the step took, on its own clock. */
  readonly tookMs: number;
  /** The pause before the second request of the kind that was hit, on the step's clock. */
  readonly pauseMs: number | undefined;
}

/** The fault of a case on the requests of a route; none where the case has no fault. */
export function hitOf<Route extends string>(
  { act, times, isCarriedOut }: RunOf<AnyCase, string>,
  route: Route,
  { elsewhere, clock }: { readonly elsewhere: string; readonly clock: EmulatorClock },
): readonly Fault<Route>[] {
  if (act === undefined) return [];
  const dateIn = (durationMs: number): string => {
    // A date has no milliseconds: rounded up, so that the pause is not too short.
    return new Date(Math.ceil((clock.now() + durationMs) / 1_000) * 1_000).toUTCString();
  };
  return [
    {
      on: route,
      ...(times === "once" ? { nth: 1 } : {}),
      ...(isCarriedOut === undefined ? {} : { carriedOut: isCarriedOut }),
      act: act({ elsewhere, dateIn }),
    },
  ];
}

/** The pause before the second request of a route, in milliseconds; undefined when there was none. */
export function pauseBeforeSecond<Route extends string>(
  requests: readonly RecordedRequest<Route>[],
  route: Route,
): number | undefined {
  const second = requests.filter((request) => request.route === route)[1];
  if (second === undefined) return undefined;
  const previous = requests[requests.indexOf(second) - 1];
  return previous === undefined ? undefined : second.atMs - previous.atMs;
}
