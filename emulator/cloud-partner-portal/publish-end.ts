import type { ResolvedBehaviour } from "./behaviour.ts";
import { type Offer, offerStateAt } from "./offer.ts";
import { type Operation, statusAt } from "./operation.ts";
import { type StepBody, describeStep } from "./step.ts";
import { signOffStep } from "./step-table.ts";

const WAITING = "waitingForPublisherReview";

/** The service's word for an operation's status at that time, as the offer's publishes show that their preview waits. */
export function wordAt(operation: Operation, offer: Offer, nowMs: number, behaviour: ResolvedBehaviour): string {
  if (!isOpen(operation, offer, nowMs, behaviour)) return behaviour.words[statusAt(operation, nowMs)];
  return behaviour.publishAtEnd === "statusWaits" ? WAITING : behaviour.words.running;
}

/** The step for the sign-off, where the operation shows one of its own. */
export function signOffAt(
  operation: Operation,
  offer: Offer,
  nowMs: number,
  behaviour: ResolvedBehaviour,
): readonly StepBody[] {
  if (behaviour.publishAtEnd !== "stepWaits" || operation.slot !== "staging") return [];
  const isWaiting = isOpen(operation, offer, nowMs, behaviour);
  const isDone = !isWaiting && statusAt(operation, nowMs) === "succeeded";
  const status = isWaiting ? WAITING : isDone ? "complete" : "notStarted";
  return [{ ...describeStep(signOffStep), status, progressPercentage: isDone ? 100 : 0, messages: [] }];
}

/** Whether a publish has made its preview and goes on until the publisher signs that off. */
function isOpen(operation: Operation, offer: Offer, nowMs: number, { publishAtEnd }: ResolvedBehaviour): boolean {
  const newest = offer.operations.findLast(({ slot }) => slot === "staging");
  const hasMade = operation === newest && statusAt(operation, nowMs) === "succeeded";
  return publishAtEnd !== "completed" && hasMade && offerStateAt(offer, nowMs) === "readyForGoLive";
}
