import { setImmediate as nextTurn } from "node:timers/promises";
import { type Answer, createTransport, type Request } from "../../src/http/transport.ts";
import type { World } from "../../src/world.ts";
import type { ModelClock } from "./model-clock.ts";
import type { Cut } from "./schedule.ts";

/** When a run begins, in milliseconds since the epoch. */
export const START_MS = Date.UTC(2026, 0, 1);
export const DAY_MS = 86_400_000;
/** Late effects of a request that was given up long ago have happened by then. */
export const AFTERMATH_MS = 600_000;

/** The moment at which a run is cancelled. */
export interface Cancel {
  readonly signal: AbortSignal;
  readonly atMs: () => number | undefined;
  readonly passes: (point: Exclude<Cut["at"], "time">, count: number) => void;
}

/** The cancel of a run that begins at `START_MS`. */
export function createCancel(cut: Cut | undefined, clock: ModelClock): Cancel {
  const cancelled = new AbortController();
  let atMs: number | undefined;
  const abort = (): void => {
    atMs ??= clock.now() - START_MS;
    cancelled.abort();
  };
  if (cut?.at === "time") clock.at(START_MS + cut.afterMs, abort);
  return {
    signal: cancelled.signal,
    atMs: () => atMs,
    passes(point, count) {
      if (cut?.at === point && cut.nth === count) abort();
    },
  };
}

/** Told of what a run sends, and of what comes back. */
export interface WireObserver {
  readonly sending?: (request: Request) => void;
  readonly answered?: (request: Request, answer: Answer) => void;
  /** Headers that tell the runs apart where several go on at once. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The action's own transport; the clock is told of each request, and the run can be cancelled on either side of it. */
export function openTransport(clock: ModelClock, cancel: Cancel, observer: WireObserver): World["openTransport"] {
  return (proxy) => {
    const { send, close } = createTransport({ clock: clock.action, proxy });
    let count = 0;
    return {
      close,
      async send(request) {
        count += 1;
        const nth = count;
        clock.requestBegins();
        cancel.passes("sending", nth);
        observer.sending?.(request);
        try {
          const answer = await send({ ...request, headers: { ...request.headers, ...observer.headers } });
          observer.answered?.(request, answer);
          return answer;
        } finally {
          clock.requestEnds();
          cancel.passes("answer", nth);
        }
      },
    };
  };
}

/** What was on its way when the connections were given up is read now, not in the next run. */
export async function settle(): Promise<void> {
  for (let turns = 10; turns > 0; turns -= 1) await nextTurn();
}

/** Numbers from 0 to 1 that are the same for the same seed: https://en.wikipedia.org/wiki/Linear_congruential_generator */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
