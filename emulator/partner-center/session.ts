import { type Answer, type Headers, jsonContentType } from "../wire/answer.ts";
import type { EmulatorClock } from "../wire/clock.ts";
import type { Fault } from "../wire/fault.ts";
import { countedGuid } from "../wire/guid.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import { Reception } from "../wire/reception.ts";
import type { AccessRules } from "./access.ts";
import { Account } from "./account.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Service } from "./center-request.ts";
import { Happenings } from "./happenings.ts";
import type { Happening, ProductPlan } from "./plan.ts";
import { matchRoute } from "./route-table.ts";
import { answerRequest } from "./service.ts";
import type { Route } from "./vocabulary.ts";

/** Everything that lasts from one reset to the next. */
export interface SessionOptions extends AccessRules {
  readonly clock: EmulatorClock;
  readonly products: readonly ProductPlan[];
  readonly behaviour: Behaviour;
  readonly happenings: readonly Happening[];
  readonly faults: readonly Fault<Route>[];
  readonly onAnswer: (request: RecordedRequest<Route>) => void;
}

/** The life of the service from its start, or a reset, to the next. */
export class Session {
  readonly reception: Reception<Route>;
  readonly #account: Account;

  /** @throws TypeError or RangeError when a fault has a header or status that Node would not send. */
  constructor({ clock, products, behaviour, happenings, faults, onAnswer, ...access }: SessionOptions) {
    const { clockOffsetMs } = behaviour;
    const startMs = clock.now() + clockOffsetMs;
    const account = new Account(products, behaviour, startMs);
    const others = new Happenings(happenings, account, startMs);
    const service: Service = { access, behaviour, account };
    this.#account = account;
    this.reception = new Reception({
      clock,
      clockOffsetMs,
      faults,
      onAnswer,
      routeOf: ({ method, target }) => matchRoute(method, target).route,
      answer(request, moment, count) {
        account.effects.settle(moment.nowMs);
        const match = matchRoute(request.method, request.target);
        others.before(match.route, moment.nowMs);
        const answer = answerRequest(service, request, match, moment);
        others.after(match.route, moment.nowMs);
        return sign(answer, behaviour, count);
      },
    });
  }

  /** The account as it truly is now. */
  get account(): Account {
    this.#account.effects.settle(this.reception.serviceTimeMs);
    return this.#account;
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
