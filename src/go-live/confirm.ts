import { answerOrError, isPassing, type RequestError } from "../bearer/request-error.ts";
import { type Contradiction, findContradiction } from "./contradiction.ts";
import type { LookOptions } from "./look.ts";
import type { Standing } from "../marketplace/marketplace.ts";
import type { Operation } from "../marketplace/operation.ts";
import type { Followed } from "./outcome.ts";
import { QUESTION_PAUSES_MS, retry } from "./retry.ts";

/** What came of asking the rest of the service about an end. */
export type Verdict =
  /** Nothing speaks against it, as it was last read: only later looks may show all of it. */
  | { readonly kind: "agreed"; readonly operation: Operation }
  /** What was read at a shared place is not the end of the followed go-live, as far as the list shows. */
  | { readonly kind: "earlier"; readonly contradiction: Contradiction }
  /** The operation says something else by now. */
  | { readonly kind: "changed"; readonly operation: Operation }
  | { readonly kind: "contradicted"; readonly contradiction: Contradiction }
  | { readonly kind: "interrupted" };

/** When to look, in milliseconds: lists and statuses were seen to lag by two minutes. */
const LOOKS_MS = [0, 5_000, 15_000, 30_000, 60_000, 120_000, 185_000] as const;

/**
 * Asks how the offer stands, whether the end that an operation names can be true: again while it contradicts it, for its
 * list and its status may lag, and while it cannot be asked. What cannot be had in the end is no evidence, neither for the
 * end nor against it. Throws only bugs.
 */
export async function confirm(followed: Followed, operation: Operation, options: LookOptions): Promise<Verdict> {
  const { clock, signal, observe } = options;
  const startMs = clock.now();
  let current = operation;
  let known: Standing | undefined;
  let contradiction: Contradiction | undefined;
  for (const offsetMs of LOOKS_MS) {
    await clock.sleep(startMs + offsetMs - clock.now(), signal);
    if (signal.aborted) return { kind: "interrupted" };
    if (contradiction !== undefined) current = (await readAgain(followed, options)) ?? current;
    if (current.status !== operation.status) return { kind: "changed", operation: current };
    const standing = await askShortly(() => options.marketplace.look(signal), options);
    if (signal.aborted) return { kind: "interrupted" };
    known = withKnown(standing, known);
    contradiction = findContradiction(current, known, followed, options.goal);
    if (contradiction === undefined && isTold(standing)) return { kind: "agreed", operation: current };
    if (contradiction === undefined) continue;
    if (isOther(contradiction, followed)) return { kind: "earlier", contradiction };
    observe({ kind: "doubted", contradiction });
  }
  return contradiction === undefined ? { kind: "agreed", operation: current } : { kind: "contradicted", contradiction };
}

/** What is known of the offer after a look: what this one could not tell is as an earlier one told it. */
function withKnown(standing: Standing | RequestError, known: Standing | undefined): Standing | undefined {
  if (standing instanceof Error) return known;
  return standing.readiness.live.kind === "notTold" ? { ...standing, objection: known?.objection } : standing;
}

/** Whether asking again would tell no more. */
function isTold(standing: Standing | RequestError): boolean {
  if (standing instanceof Error) return !isPassing(standing);
  const { live } = standing.readiness;
  return live.kind !== "notTold" || !isPassing(live.error);
}

/** At a shared place the list decides whether it is this go-live's end at all. */
function isOther({ kind }: Contradiction, { reference }: Followed): boolean {
  return reference.isShared === true && (kind === "notListed" || kind === "listedOtherwise");
}

async function readAgain({ reference }: Followed, options: LookOptions): Promise<Operation | undefined> {
  const { marketplace, signal } = options;
  const answer = await askShortly(() => marketplace.operation(reference, signal), options);
  return answer instanceof Error ? undefined : answer.operation;
}

/** The answer to a question, or the error when it cannot be had within some seconds. */
function askShortly<T>(ask: () => Promise<T>, options: LookOptions): Promise<T | RequestError> {
  const { clock, signal } = options;
  const deadlineMs = clock.now() + 60_000;
  return answerOrError(retry(ask, { clock, signal, deadlineMs, pausesMs: QUESTION_PAUSES_MS, onRetry: () => {} }));
}
