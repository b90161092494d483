import { type Answer, type Headers, jsonContentType } from "../wire/answer.ts";
import type { TokenRules } from "../wire/bearer.ts";
import type { EmulatorClock } from "../wire/clock.ts";
import type { Fault } from "../wire/fault.ts";
import { countedGuid } from "../wire/guid.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import { Reception } from "../wire/reception.ts";
import { type AcceptedGoLive, Account } from "./account.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Service } from "./center-request.ts";
import type { ProductPlan } from "./plan.ts";
import { matchRoute } from "./route-table.ts";
import { answerRequest } from "./service.ts";
import { stageAt } from "./submission.ts";
import type { Route, Stage } from "./vocabulary.ts";

/** Everything that lasts from one reset to the next. */
export interface SessionOptions extends TokenRules {
  readonly clock: EmulatorClock;
  readonly audiences: readonly string[];
  readonly products: readonly ProductPlan[];
  readonly behaviour: Behaviour;
  readonly faults: readonly Fault<Route>[];
  readonly onAnswer: (request: RecordedRequest<Route>) => void;
}

/** The life of an emulator from its start, or a reset, to the next. */
export class Session {
  readonly reception: Reception<Route>;
  readonly #account: Account;

  /** @throws TypeError or RangeError when a fault has a header or status that Node would not send. */
  constructor({ clock, tokens, tokenCheck, audiences, behaviour, products, faults, onAnswer }: SessionOptions) {
    const { clockOffsetMs } = behaviour;
    const account = new Account(products, behaviour, clock.now() + clockOffsetMs);
    const service: Service = { access: { tokens, tokenCheck, audiences }, behaviour, account };
    this.#account = account;
    this.reception = new Reception({
      clock,
      clockOffsetMs,
      faults,
      onAnswer,
      routeOf: ({ method, target }) => matchRoute(method, target).route,
      answer(request, moment, count) {
        account.settle(moment.nowMs);
        const match = matchRoute(request.method, request.target);
        return sign(answerRequest(service, request, match, moment), behaviour, count);
      },
    });
  }

  /** The promotes accepted by now, in that order. */
  get goLives(): readonly AcceptedGoLive[] {
    this.#account.settle(this.reception.serviceTimeMs);
    return this.#account.goLives;
  }

  /** The requests whose method is DELETE, whatever they asked for and were answered, in order of arrival. */
  get deletes(): readonly RecordedRequest<Route>[] {
    return this.reception.requests.filter(({ method }) => method === "DELETE");
  }

  /**
   * Where a submission truly stands now.
   * @throws RangeError when there is no such submission.
   */
  stageOf(submissionId: string): Stage {
    const nowMs = this.reception.serviceTimeMs;
    this.#account.settle(nowMs);
    const { submission } = this.#account.get(submissionId);
    return stageAt(submission, nowMs);
  }

  /**
   * Moves a submission, as Microsoft or the publisher would, now; what was planned for it is off.
   * @throws RangeError when there is no such submission.
   */
  move(submissionId: string, stage: Stage): void {
    const nowMs = this.reception.serviceTimeMs;
    this.#account.settle(nowMs);
    this.#account.move(submissionId, stage, nowMs);
  }
}

/** Adds what every answer carries. */
function sign(answer: Answer, behaviour: Behaviour, count: number): Answer {
  const headers = { "content-type": jsonContentType, ...requestIds(behaviour, count), ...answer.headers };
  return { ...answer, headers };
}

/** The ids count the requests. */
function requestIds({ requestIds: kind }: Behaviour, count: number): Headers {
  const id = { "request-id": countedGuid("request", count) };
  switch (kind) {
    case "both":
      return { ...id, "x-azure-ref": `20260309T103737Z-${count.toString(16).padStart(12, "0")}` };
    case "requestIdOnly":
      return id;
    case "none":
      return {};
  }
}
