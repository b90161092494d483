import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Answer, jsonContentType } from "./answer.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import type { EmulatorClock } from "./clock.ts";
import { deliver } from "./delivery.ts";
import { type Fault, FaultSchedule, effectAtMs } from "./fault.ts";
import { countedGuid } from "./guid.ts";
import { Journal, type RecordedRequest } from "./journal.ts";
import { type AcceptedGoLive, Marketplace } from "./marketplace.ts";
import { statusAt } from "./operation.ts";
import type { OfferPlan, TokenPlan } from "./plan.ts";
import type { ArrivedRequest } from "./request.ts";
import { matchRoute } from "./route-table.ts";
import { type Service, answerRequest } from "./service.ts";
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
    const marketplace = new Marketplace(offers, behaviour, clock.now());
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
    this.#service.marketplace.settle(this.#clock.now());
    return this.#service.marketplace.goLives;
  }

  /**
   * The true status of an operation now.
   * @throws RangeError when there is no such operation.
   */
  operationStatus(id: string): OperationStatus {
    const nowMs = this.#clock.now();
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
    const nowMs = this.#clock.now();
    const match = matchRoute(request.method, request.target);
    const fault = this.#faults.next(match.route);
    const faultKind = fault === undefined ? {} : { fault: fault.act.kind };
    const record = this.#journal.add(request, { atMs: nowMs, route: match.route, ...faultKind });
    this.#service.marketplace.settle(nowMs);
    const moment = { nowMs, effectAtMs: effectAtMs(fault, nowMs) };
    const truth = this.#sign(answerRequest(this.#service, request, match, moment));
    this.#unanswered.add(socket);
    await deliver(truth, fault?.act, { response, socket, clock: this.#clock, record });
    this.#unanswered.delete(socket);
  }

  /** Adds what every answer carries; the ids count the requests. */
  #sign(answer: Answer): Answer {
    const count = this.#journal.requests.length;
    const headers = {
      "content-type": jsonContentType,
      "x-ms-request-id": countedGuid("request", count),
      "x-ms-correlation-request-id": countedGuid("correlation", count),
      ...answer.headers,
    };
    return { ...answer, headers };
  }
}
