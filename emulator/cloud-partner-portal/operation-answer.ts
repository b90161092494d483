import { retryAfter } from "./acceptance.ts";
import { type Answer, jsonAnswer, refusal } from "../wire/answer.ts";
import type { ResolvedBehaviour } from "./behaviour.ts";
import { countedGuid } from "../wire/guid.ts";
import type { Offer } from "./offer.ts";
import type { OfferRequest } from "./offer-request.ts";
import { operationBody } from "./operation-body.ts";
import { type Operation, isActiveAt } from "./operation.ts";
import type { RouteMatch } from "./route-table.ts";

/** The answer to `GET {operation}`. */
export function answerOperation({ service, moment, offer }: OfferRequest, match: RouteMatch): Answer {
  const { behaviour } = service;
  const operation = match.isPreviewId
    ? findShared(offer, moment.nowMs, behaviour)
    : offer.operations.find((each) => each.id === match.operationId.toLowerCase());
  if (operation === undefined || moment.nowMs < operation.readableAtMs) {
    return refusal(404, "NotFound", `There is no operation '${match.operationId}'.`);
  }
  const shown = behaviour.operationId === "other" ? otherThan(operation, offer) : operation;
  const body = operationBody(shown, offer, moment.nowMs, behaviour);
  const headers = isActiveAt(shown, moment.nowMs) ? retryAfter(behaviour) : {};
  return jsonAnswer(200, behaviour.body === "array" ? [body] : body, headers);
}

/** What is found at the address that names the offer: its newest go-live or accepted publish, or the preview while the service lags. */
function findShared(
  { operations, openingLength }: Offer,
  nowMs: number,
  behaviour: ResolvedBehaviour,
): Operation | undefined {
  const newest = operations.slice(openingLength).at(-1);
  if (newest?.slot === "staging") return newest;
  const goLive = operations.findLast(({ slot }) => slot === "production");
  const previewUntilMs = (goLive?.acceptedAtMs ?? nowMs) + behaviour.sharedShowsPreviewMs;
  return nowMs < previewUntilMs ? operations.findLast(({ slot }) => slot === "staging") : goLive;
}

function otherThan(operation: Operation, { operations }: Offer): Operation {
  const before = operations[operations.indexOf(operation) - 1];
  return before ?? { ...operation, id: countedGuid("otherOperation", 1) };
}
