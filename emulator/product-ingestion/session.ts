import { type Answer, type Headers, jsonContentType } from "../wire/answer.ts";
import type { EmulatorClock } from "../wire/clock.ts";
import type { Fault } from "../wire/fault.ts";
import { countedGuid } from "../wire/guid.ts";
import type { RecordedRequest } from "../wire/journal.ts";
import { Reception } from "../wire/reception.ts";
import type { ArrivedRequest } from "../wire/request.ts";
import type { AccessRules } from "./access.ts";
import { Account } from "./account.ts";
import type { Behaviour } from "./behaviour.ts";
import { Happenings } from "./happenings.ts";
import type { Happening, ProductPlan } from "./plan.ts";
import type { RequestIds } from "./refusal.ts";
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

  constructor({ clock, products, behaviour, happenings, faults, onAnswer, ...rules }: SessionOptions) {
    const { clockOffsetMs } = behaviour;
    const startMs = clock.now() + clockOffsetMs;
    const account = new Account(products, behaviour, startMs);
    const others = new Happenings(happenings, account, startMs);
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
        const ids = requestIds(request, count);
        others.before(match.route, moment.nowMs);
        const answer = answerRequest({ service: { rules, behaviour, account }, request, match, moment, ids });
        others.after(match.route, moment.nowMs);
        return sign(answer, behaviour, ids);
      },
    });
  }

  /** The account as it truly is now. */
  get account(): Account {
    this.#account.effects.settle(this.reception.serviceTimeMs);
    return this.#account;
  }
}

/** The ids count the requests; a client may give one of its own. */
function requestIds({ headers }: ArrivedRequest, count: number): RequestIds {
  const requestId = countedGuid("request", count);
  return { requestId, clientRequestId: headers["client-request-id"] ?? requestId };
}

/** Adds what every answer carries. */
function sign(answer: Answer, behaviour: Behaviour, ids: RequestIds): Answer {
  const headers = { "content-type": jsonContentType, ...idHeaders(behaviour, ids), ...answer.headers };
  return { ...answer, headers, body: behaviour.idCase === "upper" ? withUpperIds(answer.body) : answer.body };
}

function idHeaders({ requestIds: shown }: Behaviour, { requestId, clientRequestId }: RequestIds): Headers {
  switch (shown) {
    case "both":
      return { "request-id": requestId, "client-request-id": clientRequestId };
    case "requestIdOnly":
      return { "request-id": requestId };
    case "none":
      return {};
  }
}

function withUpperIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (guid) => guid.toUpperCase());
}
