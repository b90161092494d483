import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Answer } from "./answer.ts";
import type { EmulatorClock } from "./clock.ts";
import type { Moment } from "./delayed-effects.ts";
import { deliver } from "./delivery.ts";
import { type Fault, FaultSchedule, effectAtMs } from "./fault.ts";
import { Journal, type RecordedRequest } from "./journal.ts";
import type { ArrivedRequest } from "./request.ts";
import { type ServerOptions, readRequest, startServer } from "./server.ts";

/** How a service answers, whichever API it plays; `Route` are that API's names for what can be asked. */
export interface ReceptionOptions<Route extends string> {
  readonly clock: EmulatorClock;
  /** How far the service's own clock is ahead, in milliseconds. */
  readonly clockOffsetMs: number;
  readonly faults: readonly Fault<Route>[];
  /** Called when it is decided what a request is answered, before it is. */
  readonly onAnswer: (request: RecordedRequest<Route>) => void;
  readonly routeOf: (request: ArrivedRequest) => Route;
  /** The true answer, with all that every answer carries. `count` numbers the requests from 1. */
  readonly answer: (request: ArrivedRequest, moment: Moment, count: number) => Answer;
}

/** Takes the requests of a service: writes them down, finds their faults, has them answered. */
export class Reception<Route extends string> {
  readonly #options: ReceptionOptions<Route>;
  readonly #journal: Journal<Route>;
  readonly #unanswered = new Set<Socket>();
  #faults: FaultSchedule<Route>;

  /** @throws TypeError or RangeError when a fault has a header or status that Node would not send. */
  constructor(options: ReceptionOptions<Route>) {
    this.#options = options;
    this.#journal = new Journal(options.onAnswer);
    this.#faults = new FaultSchedule(options.faults);
  }

  /** The requests so far, in order of arrival. */
  get requests(): readonly RecordedRequest<Route>[] {
    return this.#journal.requests;
  }

  /** The time by the service's own clock, in milliseconds since the epoch. */
  get serviceTimeMs(): number {
    return this.#options.clock.now() + this.#options.clockOffsetMs;
  }

  /**
   * Replaces the faults and counts requests from 1 again.
   * @throws TypeError or RangeError when a fault has a header or status that Node would not send.
   */
  setFaults(faults: readonly Fault<Route>[]): void {
    this.#faults = new FaultSchedule(faults);
  }

  /** Cuts off the requests that still wait for their answer. */
  end(): void {
    for (const socket of this.#unanswered) socket.destroy();
  }

  /** Answers a request. Resolves when nothing more will be sent. */
  async serve(request: ArrivedRequest, response: ServerResponse, socket: Socket): Promise<void> {
    const { clock, routeOf, answer } = this.#options;
    const nowMs = this.serviceTimeMs;
    const route = routeOf(request);
    const fault = this.#faults.next(route);
    const faultKind = fault === undefined ? {} : { fault: fault.act.kind };
    const record = this.#journal.add(request, { atMs: clock.now(), route, ...faultKind });
    const truth = answer(request, { nowMs, effectAtMs: effectAtMs(fault, nowMs) }, this.#journal.requests.length);
    // Every answer tells the service's time, one that a fault puts in its place too.
    response.setHeader("date", new Date(nowMs).toUTCString());
    this.#unanswered.add(socket);
    await deliver(truth, fault?.act, { response, socket, clock, record });
    this.#unanswered.delete(socket);
  }
}

/** Who takes the requests of a server. */
export type Receiver = Pick<Reception<never>, "serve" | "end">;

/** A service that listens. */
export interface RunningService {
  /** Without a slash at its end. */
  readonly url: string;
  /** Lets another take the requests from now on; those that still wait for their answer are cut off. */
  replace(receiver: Receiver): void;
  /** Stops listening and destroys all open connections. */
  close(): Promise<void>;
}

/** Lets a service listen. Rejects when it cannot listen there. */
export async function startService(options: ServerOptions, first: Receiver): Promise<RunningService> {
  let receiver = first;
  const server = await startServer(options, (message, response) => void serve(message, response));

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message, options.tls !== undefined);
    const socket = server.connectionOf(message);
    if (request !== undefined && socket !== undefined) await receiver.serve(request, response, socket);
  }

  return {
    url: server.url,
    replace(next) {
      const former = receiver;
      receiver = next;
      former.end();
    },
    close: () => server.close(),
  };
}
