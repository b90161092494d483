import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Answer, type Headers, jsonContentType } from "../wire/answer.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import type { EmulatorClock } from "../wire/clock.ts";
import { deliver } from "../wire/delivery.ts";
import { type Fault, FaultSchedule, effectAtMs } from "../wire/fault.ts";
import { countedGuid } from "../wire/guid.ts";
import { Journal, type RecordedRequest } from "../wire/journal.ts";
import { type AcceptedGoLive, Marketplace } from "./marketplace.ts";
import { statusAt } from "./operation.ts";
import type { Service } from "./offer-request.ts";
import type { OfferPlan, TokenPlan } from "./plan.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import { matchRoute } from "./route-table.ts";
import { answerRequest } from "./service.ts";
import type { OperationStatus } from "./vocabulary.ts";

/** Everything that lasts from one reset to the next. */
export interface SessionOptions {
  readonly clock: EmulatorClock;
  readonly tokens: ReadonlyMap<string, TokenPlan>;
  readonly tokenCheck: (token: string) => TokenPlan | undefined;
  readonly offers: readonly OfferPlan[];
  readonly behaviour: ResolvedBehaviour;
  readonly faults: readonly Fault[];
  readonly apiVersions: readonly string[];
  readonly onAnswer: (request: RecordedRequest) => void;
}

/** The life of an emulator from its start, or a reset, to the next. */
export class Session {
  readonly #clock: EmulatorClock;
  readonly #service: Service;
  readonly #journal: Journal;
  readonly #unanswered = new Set<Socket>();
  #faults: FaultSchedule;

  constructor({ clock, tokens, tokenCheck, apiVersions, behaviour, offers, faults, onAnswer }: SessionOptions) {
    this.#clock = clock;
    const marketplace = new Marketplace(offers, behaviour, clock.now() + behaviour.clockOffsetMs);
    this.#service = { access: { tokens, tokenCheck, apiVersions }, behaviour, marketplace };
    this.#journal = new Journal(onAnswer);
    this.#faults = new FaultSchedule(faults);
  }

  /** The requests so far, in order of arrival. */
  get requests(): readonly RecordedRequest[] {
    return this.#journal.requests;
  }

  /** The go-lives accepted by now, in that order. */
  get goLives(): readonly AcceptedGoLive[] {
    this.#service.marketplace.settle(this.#serviceTimeMs());
    return this.#service.marketplace.goLives;
  }

  /**
   * The true status of an operation now.
   * @throws RangeError when there is no such operation.
   */
  operationStatus(id: string): OperationStatus {
    const nowMs = this.#serviceTimeMs();
    this.#service.marketplace.settle(nowMs);
    const operation = this.#service.marketplace.findOperation(id);
    if (operation === undefined) throw new RangeError(`The emulator has no operation "${id}".`);
    return statusAt(operation, nowMs);
  }

  /** Replaces the faults and counts requests from 1 again. */
  setFaults(faults: readonly Fault[]): void {
    this.#faults = new FaultSchedule(faults);
  }

  /** Cuts off the requests that still wait for their answer. */
  end(): void {
    for (const socket of this.#unanswered) socket.destroy();
  }

  /** Answers a request. Resolves when nothing more will be sent. */
  async serve(request: ArrivedRequest, response: ServerResponse, socket: Socket): Promise<void> {
    const nowMs = this.#serviceTimeMs();
    const match = matchRoute(request.method, request.target);
    const fault = this.#faults.next(match.route);
    const faultKind = fault === undefined ? {} : { fault: fault.act.kind };
    const record = this.#journal.add(request, { atMs: this.#clock.now(), route: match.route, ...faultKind });
    this.#service.marketplace.settle(nowMs);
    const moment = { nowMs, effectAtMs: effectAtMs(fault, nowMs) };
    const truth = this.#sign(answerRequest(this.#service, request, match, moment));
    // Every answer tells the service's time, one that a fault puts in its place too.
    response.setHeader("date", new Date(nowMs).toUTCString());
    this.#unanswered.add(socket);
    await deliver(truth, fault?.act, { response, socket, clock: this.#clock, record });
    this.#unanswered.delete(socket);
  }

  /** By the service's own clock, in milliseconds since the epoch. */
  #serviceTimeMs(): number {
    return this.#clock.now() + this.#service.behaviour.clockOffsetMs;
  }

  /** Adds what every answer carries. */
  #sign(answer: Answer): Answer {
    const headers = { "content-type": jsonContentType, ...this.#requestIds(), ...answer.headers };
    return { ...answer, headers };
  }

  /** The ids count the requests. */
  #requestIds(): Headers {
    const count = this.#journal.requests.length;
    const correlation = { "x-ms-correlation-request-id": countedGuid("correlation", count) };
    switch (this.#service.behaviour.requestIds) {
      case "both":
        return { "x-ms-request-id": countedGuid("request", count), ...correlation };
      case "correlationOnly":
        return correlation;
      case "none":
        return {};
    }
  }
}
